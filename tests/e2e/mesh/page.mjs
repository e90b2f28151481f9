/** A page with nothing but a call in it. Its signals go through the test's bus; `mesh` is what the test holds. */

import { LocalMedia } from "../../../web/src/meetings/local-media.ts";
import { PeerCall } from "../../../web/src/meetings/peer-call.ts";
import { machinery } from "../../../web/src/meetings/peer-machinery.ts";

const connections = [];
const videos = new Map();
let own = null;

/** The bus keeps what it gets while no one listens, so nothing is lost before the line is open. */
function signalsOf(seat, device) {
  return {
    send: (to, body) => void fetch("/signals", { method: "POST", body: JSON.stringify({ sender: seat, device, to, body }) }),
    listen(listener) {
      const line = new EventSource(`/signals?seat=${seat}&device=${device}`);
      line.onmessage = ({ data }) => {
        const { sender, body } = JSON.parse(data);
        listener(sender, body);
      };
      return () => line.close();
    },
  };
}

function show(seats) {
  for (const { id } of seats) {
    for (const what of ["face", "screen"]) {
      const key = `${id} ${what}`;
      if (!videos.has(key)) videos.set(key, document.body.appendChild(document.createElement("video")));
      own.call.show(id, what, videos.get(key));
    }
  }
}

/** A picture that moves, as a screen would be. */
function screen() {
  const canvas = document.createElement("canvas");
  canvas.width = 800;
  canvas.height = 450;
  const context = canvas.getContext("2d");
  setInterval(() => {
    context.fillStyle = `hsl(${performance.now() % 360} 50% 50%)`;
    context.fillRect(0, 0, 800, 450);
  }, 100);
  return canvas.captureStream(10);
}

globalThis.mesh = {
  async join({ you, device, others, microphone = true, camera = true, hideAddress = false }) {
    const media = new LocalMedia();
    await media.start({ audio: microphone, video: camera });
    const call = new PeerCall({
      you, media, hideAddress,
      ticket: { provider: "peer", ice_servers: [], relay: false },
      signals: signalsOf(you.id, device),
      machinery: {
        ...machinery,
        connection(settings) {
          const connection = new RTCPeerConnection(settings);
          connections.push(connection);
          return connection;
        },
      },
    });
    own = { media, call };
    await call.start();
    mesh.know(others);
  },
  know(others) {
    own.call.know(others);
    show(others);
  },
  media: () => own.media,
  call: () => own.call,
  share: () => own.call.share(screen()),
  /** The browser gave up on the connections, and told nobody. */
  break: () => connections.forEach((connection) => connection.close()),
  settled: () => connections.every(({ signalingState }) => signalingState === "stable"),
  open: () => connections.filter(({ connectionState }) => connectionState !== "closed").length,
  others: () => Object.fromEntries(own.call.others),
  state: () => own.call.state,
  /** How many pictures of somebody have been shown. */
  frames: (seat, what = "face") => videos.get(`${seat} ${what}`)?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
  /** How loud everything was that was heard so far, and what is sent, over all open connections. */
  async counted() {
    const found = { energy: 0, packets: 0, heights: [], targets: [], candidates: [] };
    for (const connection of connections.filter(({ connectionState }) => connectionState === "connected")) {
      for (const one of (await connection.getStats()).values()) {
        if (one.type === "inbound-rtp" && one.kind === "audio") {
          found.energy += one.totalAudioEnergy;
          found.packets += one.packetsReceived;
        } else if (one.type === "outbound-rtp" && one.kind === "video" && one.frameHeight) {
          found.heights.push(one.frameHeight);
          found.targets.push(one.targetBitrate);
        } else if (one.type === "local-candidate") found.candidates.push(one.candidateType);
      }
    }
    return found;
  },
};
