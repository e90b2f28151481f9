/** The other's picture in a little window above everything else, where the browser has such windows. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Inset implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    for (const event of ["enterpictureinpicture", "leavepictureinpicture"]) this.host.addEventListener(event, this.#changed, true);
  }

  hostDisconnected(): void {
    for (const event of ["enterpictureinpicture", "leavepictureinpicture"]) this.host.removeEventListener(event, this.#changed, true);
    if (document.pictureInPictureElement) void document.exitPictureInPicture().catch(() => {});
  }

  get possible(): boolean {
    return document.pictureInPictureEnabled === true && this.#face !== null;
  }

  get open(): boolean {
    return document.pictureInPictureElement != null;
  }

  async turn(): Promise<void> {
    if (this.open) await document.exitPictureInPicture().catch(() => {});
    else await this.#face?.requestPictureInPicture().catch(() => {});
    this.host.requestUpdate();
  }

  get #face(): HTMLVideoElement | null {
    return this.host.querySelector<HTMLVideoElement>("video.screen, video.face:not(.off)");
  }

  readonly #changed = (): void => this.host.requestUpdate();
}
