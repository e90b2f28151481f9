/** Showing the own screen to the others. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Call } from "./call.ts";

export class ScreenShare implements ReactiveController {
  #stream: MediaStream | null = null;

  constructor(private readonly host: ReactiveControllerHost, private readonly call: () => Call | null) {
    host.addController(this);
  }

  hostConnected(): void {}

  get possible(): boolean {
    return typeof navigator.mediaDevices?.getDisplayMedia === "function";
  }

  get on(): boolean {
    return this.#stream !== null;
  }

  async turn(): Promise<void> {
    if (this.#stream) return this.stop();
    // Whoever closes the browser's own question shares nothing, and needs no word about it.
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false }).catch(() => null);
    const call = this.call();
    if (!stream || !call) return stream?.getTracks().forEach((track) => track.stop());
    this.#stream = stream;
    stream.getVideoTracks()[0]?.addEventListener("ended", () => stream === this.#stream && this.stop());
    await call.share(stream);
    this.host.requestUpdate();
  }

  stop(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
    if (this.#stream) void this.call()?.share(null);
    this.#stream = null;
    this.host.requestUpdate();
  }
}
