/**
 * Members of a room, each with a socket and a page: their duties are those of web/src/rooms/conversation.ts, and what they
 * know of the log is kept by the site's own Timeline. Told in one argument what to do; prints what they saw, as JSON.
 */

import { connect } from "node:net";
import { createInterface } from "node:readline";
import { bundled } from "../../web/bundled.mjs";

const load = JSON.parse(process.argv[2]);
const { Timeline, NEWEST } = await bundled("rooms/timeline.ts");

const BACKOFF_MS = 1_000;
const later = (ms) => new Promise((done) => setTimeout(done, ms));
/** Seeded: mulberry32. */
const random = ((state) => () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
})(load.seed);

/** When each message was first sent, by client id. */
const sentAt = new Map();
const pushMs = [];
const shownMs = [];
const postMs = [];
const refused = {};

/** Lines of JSON over a connection. */
function lines(port, heard, ended = () => {}) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  createInterface({ input: socket, crlfDelay: Infinity }).on("line", (line) => heard(JSON.parse(line)));
  socket.on("error", () => {}).on("close", ended);
  return { say: (frame) => socket.write(`${JSON.stringify(frame)}\n`), end: () => socket.destroy() };
}

class Api {
  #waiting = new Map();
  #asked = 0;
  #line;

  constructor(port) {
    this.#line = lines(port, ({ n, ...answer }) => {
      this.#waiting.get(n)(answer);
      this.#waiting.delete(n);
    });
  }

  ask(wanted) {
    this.#asked += 1;
    this.#line.say({ n: this.#asked, ...wanted });
    return new Promise((done) => this.#waiting.set(this.#asked, done));
  }

  end() {
    this.#line.end();
  }
}

class Member {
  pulls = 0;
  reconnects = 0;
  /** Numbers that were news, as they came. */
  told = [];
  #shownUpTo = 0;
  #catching = null;
  #last = Promise.resolve();

  constructor(api, number, memberId) {
    this.api = api;
    this.number = number;
    this.timeline = new Timeline(memberId);
  }

  async begin() {
    await this.#open();
    await this.catchUp(true);
  }

  end() {
    this.ending = true;
    this.line.end();
  }

  /** One after the other, as an outbox does. */
  write(text, clientId, again) {
    this.#last = this.#last.then(() => this.#post(text, clientId, again));
    return this.#last;
  }

  catchUp(ask = false) {
    this.#catching ??= this.#catchUp(ask).finally(() => (this.#catching = null));
    return this.#catching;
  }

  /** Ends the pull that is under way, and has everything then. */
  async settle() {
    await this.opening;
    await this.#catching;
    await this.catchUp(true);
  }

  #open() {
    this.opening = new Promise((opened) => {
      void this.#ask("POST /api/live/tickets", {}).then(({ body: { ticket } }) => {
        this.line = lines(load.sockets, (frame) => this.#heard(frame, opened), () => void this.#closed());
        this.line.say({ member: this.number, protocols: `hearthline, ticket.${ticket}` });
      });
    });
    return this.opening;
  }

  async #closed() {
    if (this.ending) return;
    this.reconnects += 1;
    this.opening = later(random() * BACKOFF_MS).then(() => this.#open());
    await this.opening;
    await this.catchUp(true);
  }

  #heard(frame, opened) {
    if (frame.type === "open") return this.line.say({ type: "watch", room: load.room });
    if (frame.type === "problem") throw new Error(JSON.stringify(frame));
    if (frame.type === "watching") {
      this.timeline.hint(frame.tail);
      opened();
    } else if (frame.type === "hint") this.timeline.hint(frame.seq);
    else if (frame.type === "entry") {
      const { entry } = frame;
      if (entry.author.id !== this.timeline.self) pushMs.push(performance.now() - sentAt.get(entry.client_id));
      this.#tell(this.timeline.push(entry));
    }
    if (this.timeline.behind !== null) void this.catchUp();
  }

  async #catchUp(ask) {
    for (let wanted = ask; wanted || !this.timeline.started || this.timeline.behind !== null; wanted = false) {
      const { started, upTo } = this.timeline;
      await this.#pull(started ? { after: upTo } : NEWEST, started ? 100 : 50);
      if (started && this.timeline.upTo === upTo) break;
    }
  }

  async #pull(asked, limit) {
    this.pulls += 1;
    const knew = this.timeline.upTo;
    const query = new URLSearchParams({ ...asked, limit }).toString();
    const { body } = await this.#ask("GET /api/rooms/{room_id}/messages", { query });
    this.#tell(this.timeline.page(asked, body, knew));
  }

  /** `again`: the answer is lost on its way, and it is sent once more. */
  async #post(text, clientId, again) {
    const body = { text, after: this.timeline.upTo };
    const before = performance.now();
    sentAt.set(clientId, before);
    let answer = await this.#ask("POST /api/rooms/{room_id}/messages", { body, key: clientId });
    postMs.push(performance.now() - before);
    for (let left = Number(again); left || answer.status === 503; left = 0) {
      if (answer.status === 503) refused.busy = (refused.busy ?? 0) + 1;
      answer = await this.#ask("POST /api/rooms/{room_id}/messages", { body, key: clientId });
    }
    if (answer.status !== 201) return void (refused[answer.body.code] = (refused[answer.body.code] ?? 0) + 1);
    acknowledged[clientId] = answer.body.entry.seq;
    this.timeline.posted(answer.body.entry);
    this.#tell([]);
    if (this.timeline.behind !== null) void this.catchUp();
  }

  #tell(news) {
    this.told.push(...news.map(({ seq }) => seq));
    while (this.#shownUpTo < this.timeline.upTo) {
      this.#shownUpTo += 1;
      const message = this.timeline.message(this.#shownUpTo);
      if (message && !message.mine) shownMs.push(performance.now() - sentAt.get(message.client_id));
    }
  }

  async #ask(route, parts) {
    const path = route.includes("{room_id}") ? { room_id: load.room } : undefined;
    const answer = await this.api.ask({ member: this.number, route, path, ...parts });
    if (answer.status >= 400 && !route.startsWith("POST /api/rooms")) throw new Error(`${route}: ${JSON.stringify(answer)}`);
    return answer;
  }
}

const acknowledged = {};

async function inRoom() {
  const api = new Api(load.api);
  const members = load.members.map((memberId, number) => new Member(api, number, memberId));
  await Promise.all(members.map((member) => member.begin()));
  const began = performance.now();
  const half = Math.floor(load.messages / 2);
  await talk(async (n) => {
    if (n === half) await api.ask({ moment: "half-way" });
    const again = random() < load.repeated;
    await members[n % members.length].write(load.texts[n % load.texts.length], `${load.seed}-message-${String(n).padStart(6, "0")}`, again);
  });
  const seconds = (performance.now() - began) / 1000;
  const last = Math.max(...Object.values(acknowledged));
  const behind = members.filter(({ timeline }) => timeline.upTo < last).length;
  await Promise.all(members.map((member) => member.settle()));
  await api.ask({ moment: "caught up" });
  for (const member of members) member.end();
  api.end();
  return {
    seconds, behind, acknowledged, refused, pushMs, shownMs, postMs,
    members: members.map(({ timeline, told, pulls, reconnects }) => ({
      seen: timeline.messages().map(({ seq, client_id }) => [seq, client_id]), told, pulls, reconnects,
    })),
  };
}

/** The same frames through a relay that only passes them on. */
async function bare() {
  const padding = "x".repeat(load.frame);
  const opened = load.members.map((_, number) => lines(load.relay, ({ n, from }) => {
    if (from !== number) pushMs.push(performance.now() - sentAt.get(n));
  }));
  await later(500);
  await talk(async (n) => {
    const from = n % opened.length;
    sentAt.set(n, performance.now());
    opened[from].say({ n, from, padding });
  });
  await later(500);
  for (const line of opened) line.end();
  return { pushMs };
}

/** Messages at an even pace, or as fast as it goes with `load.atOnce` on their way. */
async function talk(one) {
  if (!load.perSecond) {
    let next = 0;
    return Promise.all(Array.from({ length: load.atOnce }, async () => {
      while (next < load.messages) await one(next++);
    }));
  }
  const began = performance.now();
  const all = [];
  for (let n = 0; n < load.messages; n += 1) {
    await later(Math.max(0, began + (n * 1000) / load.perSecond - performance.now()));
    all.push(one(n));
  }
  return Promise.all(all);
}

process.stdout.write(JSON.stringify(await (load.relay ? bare() : inRoom())));
