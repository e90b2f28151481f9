/** How loud a track is. The audio context is made when somebody asks, and only then. */

const FLOOR_DB = -60;

export class Level {
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #track: MediaStreamTrack | null = null;
  #samples = new Float32Array(0);

  /** 0 to 1, as loudness is heard: each step of 6 dB is a tenth. */
  of(track: MediaStreamTrack | null): number {
    if (track !== this.#track) this.#listenTo(track);
    if (!this.#analyser) return 0;
    if (this.#context?.state === "suspended") void this.#context.resume();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    return loudness(power);
  }

  close(): void {
    this.#listenTo(null);
    void this.#context?.close();
    this.#context = null;
  }

  #listenTo(track: MediaStreamTrack | null): void {
    this.#source?.disconnect();
    this.#source = this.#analyser = null;
    this.#track = track;
    if (!track) return;
    this.#context ??= new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }
}

/** From the mean square of samples between -1 and 1. */
export function loudness(power: number): number {
  const db = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}
