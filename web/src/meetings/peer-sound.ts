/** Plays somebody's sound. Browsers may refuse that until the person taps something, and phones stop it for a phone call. */

type WithSpeaker = HTMLAudioElement & { setSinkId?(id: string): Promise<void> };

export interface Sound {
  /** It should play, and the browser does not let it. */
  readonly blocked: boolean;
  play(track: MediaStreamTrack | null): void;
  /** To be called from a tap: begins anew. */
  again(): Promise<void>;
  through(speaker: string): void;
  close(): void;
}

export class PeerSound implements Sound {
  blocked = false;
  readonly #element: WithSpeaker = document.createElement("audio");
  #track: MediaStreamTrack | null = null;
  #speaker = "";

  constructor(private readonly changed: () => void) {
    this.#element.autoplay = true;
    this.#element.hidden = true;
    this.#element.addEventListener("pause", () => this.#block(this.#track !== null));
    this.#element.addEventListener("playing", () => this.#block(false));
    // Safari on iOS plays only what is part of the page.
    document.body.append(this.#element);
  }

  play(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    void this.#begin();
  }

  again(): Promise<void> {
    return this.#begin();
  }

  through(speaker: string): void {
    if (speaker === this.#speaker) return;
    this.#speaker = speaker;
    // A speaker that is gone leaves the system's own.
    void this.#element.setSinkId?.(speaker).catch(() => {});
  }

  close(): void {
    this.#track = null;
    this.#element.srcObject = null;
    this.#element.remove();
  }

  async #begin(): Promise<void> {
    const track = this.#track;
    this.#element.srcObject = track && new MediaStream([track]);
    if (!track) return this.#block(false);
    try {
      await this.#element.play();
      if (track === this.#track) this.#block(false);
    } catch (failure) {
      // Another beginning cuts this one short with an AbortError.
      if (track === this.#track && (failure as Error).name === "NotAllowedError") this.#block(true);
    }
  }

  #block(blocked: boolean): void {
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.changed();
  }
}
