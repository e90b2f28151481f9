/** Two short tones, made here, to try the speaker with. To be called from a tap. */

const TONES_HZ = [523.25, 659.25];
const EACH_S = 0.35;
const LOUDNESS = 0.2;

/** Over when they have been played. `speaker` is a device's id; empty is the system's own. */
export async function playTones(speaker: string): Promise<void> {
  const context = new AudioContext();
  const element: HTMLAudioElement & { setSinkId?(id: string): Promise<void> } = document.createElement("audio");
  try {
    await context.resume();
    const { stream } = planned(context);
    // A speaker that is gone leaves the system's own.
    if (speaker) await element.setSinkId?.(speaker).catch(() => {});
    element.srcObject = stream;
    await Promise.all([element.play(), ended(context, TONES_HZ.length * EACH_S)]);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function planned(context: AudioContext): MediaStreamAudioDestinationNode {
  const destination = context.createMediaStreamDestination();
  for (const [at, frequency] of TONES_HZ.entries()) {
    const begin = context.currentTime + at * EACH_S;
    const volume = context.createGain();
    // A tone that begins or ends at once clicks.
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.03);
    volume.gain.setValueAtTime(LOUDNESS, begin + EACH_S - 0.08);
    volume.gain.linearRampToValueAtTime(0, begin + EACH_S);
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(volume).connect(destination);
    tone.start(begin);
    tone.stop(begin + EACH_S);
  }
  return destination;
}

function ended(context: AudioContext, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const last = new ConstantSourceNode(context, { offset: 0 });
    last.onended = () => resolve();
    last.connect(context.destination);
    last.start();
    last.stop(context.currentTime + seconds);
  });
}
