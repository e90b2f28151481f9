/** As much of an RTCPeerConnection as the rules of signalling touch. It never connects by itself: the test says what becomes of it. */

class Stream {
  constructor(tracks = []) {
    this.tracks = tracks;
  }
  getTracks() {
    return this.tracks;
  }
  getVideoTracks() {
    return this.tracks;
  }
}
globalThis.MediaStream = Stream;

export class Connection {
  static made = 0;

  constructor(settings) {
    this.settings = settings;
    this.name = `c${(Connection.made += 1)}`;
    this.connectionState = "new";
    this.signalingState = "stable";
    this.localDescription = this.remoteDescription = null;
    this.places = [];
    this.added = [];
    this.restarts = 0;
    this.described = 0;
    this.packets = 0;
  }

  addTransceiver(kind, { direction }) {
    const sender = { track: null, replaceTrack: async (track) => (sender.track = track), getParameters: () => ({ encodings: [{}] }), setParameters: async () => {} };
    this.places.push({ kind, direction, mid: null, sender, receiver: { track: { kind, muted: false, of: this.name } } });
    this.#needed();
    return this.places.at(-1);
  }

  getTransceivers() {
    return this.places;
  }

  async setLocalDescription() {
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
    this.described += 1;
    this.localDescription = { type, sdp: `v=0\r\ns=${this.name}.${this.described}\r\na=ice-ufrag:${this.name}\r\n` };
  }

  async setRemoteDescription({ type, sdp }) {
    if (type === "offer" && !this.places.length) for (const kind of ["audio", "video", "video"]) this.addTransceiver(kind, { direction: "recvonly" });
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    this.remoteDescription = { type, sdp };
  }

  async addIceCandidate(candidate) {
    this.added.push(candidate.candidate);
  }

  getConfiguration() {
    return this.settings;
  }

  setConfiguration(settings) {
    this.settings = settings;
  }

  restartIce() {
    this.restarts += 1;
    this.#needed();
  }

  async getStats() {
    return new Map([["sound", { type: "inbound-rtp", kind: "audio", packetsReceived: this.packets, totalAudioEnergy: 0 }]]);
  }

  close() {
    this.connectionState = "closed";
  }

  /** What the browser would say by itself. */
  becomes(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }

  finds(...candidates) {
    for (const candidate of candidates) this.onicecandidate({ candidate: { candidate, sdpMid: "0", sdpMLineIndex: 0 } });
  }

  #needed() {
    if (this.pending) return;
    this.pending = true;
    Promise.resolve().then(() => {
      this.pending = false;
      if (this.signalingState === "stable" && this.connectionState !== "closed") this.onnegotiationneeded();
    });
  }
}
