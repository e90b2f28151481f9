/**
 * Builds the site into web/dist: `node web/build.mjs`.
 * Everything under /assets/ has a hash in its name and may be cached for ever; all else must be asked for again.
 */

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { carriers, report, together, weigh } from "./builder/budget.mjs";
import { catalogsPlugin, differences, languagesIn, readCatalog } from "./builder/catalogs.mjs";
import { chimePlugin } from "./builder/chime.mjs";
import { organisationIn } from "./builder/organisation.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const catalogs = join(here, "catalogs");
/** Amazon's SDK comes with this module and with nothing else. */
const CHIME_CALL = "src/meetings/chime-call.ts";

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  outdir: join(dist, "assets"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  target: ["chrome99", "safari15.4", "firefox93"],
  legalComments: "none",
  logLevel: "warning",
};

const wrong = differences(catalogs);
if (wrong.length) fail("The catalogs do not agree:", wrong);
const organisation = whose();

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
cpSync(join(here, "static"), dist, { recursive: true });

const sheets = readdirSync(join(here, "styles")).filter((name) => name.endsWith(".css"));
const styles = await build({ ...common, entryPoints: sheets.map((name) => join(here, "styles", name)) });
const early = await build({ ...common, entryPoints: [join(here, "src/early.ts")], format: "iife" });
const chime = await build({ ...common, entryPoints: [join(here, CHIME_CALL)], format: "esm", plugins: [chimePlugin()] });
const later = await loadedLater();
const app = await build({ ...ofApp(), metafile: true });

const outputs = { ...styles.metafile.outputs, ...early.metafile.outputs, ...chime.metafile.outputs, ...app.metafile.outputs };
const made = (source) => Object.keys(outputs).find((file) => outputs[file].entryPoint === `web/${source}`);
const address = (file) => `/${relative(dist, join(root, file))}`;
const assets = { app: address(made("src/app.ts")), ahead: together(outputs, [made("src/app.ts")]).slice(1).map(address), early: address(made("src/early.ts")), styles: styleAddresses() };

await writeDocuments();
await writeServiceWorker();
keepBudget();

function styleAddresses() {
  return Object.fromEntries(Object.entries(styles.metafile.outputs).map(([file, { entryPoint }]) => [
    entryPoint.replace(/^.*\/|\.css$/g, ""), `/${relative(dist, join(root, file))}`]));
}

/** `built:styles`: the addresses of style sheets that parts of the site bring themselves. */
function stylesPlugin() {
  return {
    name: "styles",
    setup(plugin) {
      plugin.onResolve({ filter: /^built:styles$/ }, () => ({ path: "styles", namespace: "built" }));
      plugin.onLoad({ filter: /^styles$/, namespace: "built" }, () => {
        return { contents: `export const styles = ${JSON.stringify(styleAddresses())};` };
      });
    },
  };
}

function ofApp(standingOnApp = new Set(later)) {
  return {
    ...common,
    entryPoints: [join(here, "src/app.ts")],
    format: "esm",
    splitting: true,
    define: { ORGANISATION: JSON.stringify(organisation.name) },
    plugins: [catalogsPlugin(catalogs), stylesPlugin(), sourcesPlugin(standingOnApp), chimeApartPlugin()],
  };
}

/** Amazon's SDK is CommonJS: built together with the site, the helpers for that would be on every page. */
function chimeApartPlugin() {
  const [file] = Object.keys(chime.metafile.outputs);
  return {
    name: "chime-apart",
    setup(plugin) {
      plugin.onResolve({ filter: /\/chime-call\.ts$/ }, () => ({ path: `/${relative(dist, join(root, file))}`, external: true }));
    },
  };
}

/** The modules that the browser loads only when they are needed. */
async function loadedLater() {
  const { metafile } = await build({ ...ofApp(new Set()), write: false, metafile: true });
  return Object.values(metafile.outputs).map(({ entryPoint }) => entryPoint ?? "").filter((path) => path.endsWith(".ts") && path !== "web/src/app.ts");
}

/**
 * What is loaded later says that it stands on the app: esbuild then keeps the frame in one file, where it would make one
 * for each set of pages that use the same pieces of it, and each costs a phone a request.
 * Markup in templates is indented for people; browsers need not download that. Line breaks stay, so no code changes.
 */
function sourcesPlugin(standingOnApp) {
  return {
    name: "sources",
    setup(plugin) {
      plugin.onLoad({ filter: /web\/src\/.*\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8").replace(/\n\s+/g, "\n");
        const stand = standingOnApp.has(relative(root, path)) ? `import ${JSON.stringify(join(here, "src/app.ts"))};\n` : "";
        return { contents: stand + source, loader: "ts" };
      });
    },
  };
}

/** The templates are TypeScript shared with the browser: bundle them for Node and call them. */
async function writeDocuments() {
  const { outputFiles } = await build({
    ...common, entryPoints: [join(here, "src/static/site.ts")], format: "esm", platform: "node", write: false, metafile: false,
  });
  const { documents } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  const languages = languagesIn(catalogs);
  const words = Object.fromEntries(languages.map((language) => [language, readCatalog(catalogs, language)]));
  const helplines = JSON.parse(readFileSync(join(here, "helplines.json"), "utf8"));
  const without = organisation.countries.filter((code) => !helplines.countries.some(({ country }) => country === code));
  if (without.length) console.log(`  No help lines are known for ${without.join(", ")}: add them to web/helplines.json.`);
  for (const [name, content] of Object.entries(documents(words, assets, helplines, organisation))) writeFileSync(join(dist, name), content);
}

function whose() {
  try {
    return organisationIn(process.env);
  } catch (error) {
    return fail("The site cannot be built:", [error.message]);
  }
}

/** Help and the start page, in every language. Other pages are kept once they have been used: data costs money. */
async function writeServiceWorker() {
  const documents = readdirSync(dist).filter((name) => name.endsWith(".html") || name.endsWith(".svg")).map((name) => `/${name}`);
  const words = languagesIn(catalogs).flatMap((language) => ["frame", "home"].map((part) => `catalogs/${language}/${part}.json`));
  const sources = ["src/early.ts", "src/app.ts", "src/home/page.ts", "styles/site.css", "styles/help.css", ...words];
  const kept = [...documents, ...together(outputs, sources.map(made)).map(address)];
  const edition = createHash("sha256");
  for (const name of kept) edition.update(name).update(readFileSync(join(dist, name)));
  await build({
    ...common, entryPoints: [join(here, "src/sw.ts")], outdir: dist, entryNames: "[name]",
    define: { KEPT_OFFLINE: JSON.stringify(kept), EDITION: JSON.stringify(edition.digest("hex").slice(0, 12)) },
  });
}

function keepBudget() {
  const frame = ["src/app.ts", "src/early.ts", "styles/site.css"];
  const rooms = ["staff", "staff-nav", "staff-rooms", "staff-talk"];
  const talk = ["rooms", "staff-nav", "staff-talk"];
  const ofRooms = ["styles/staff.css", "styles/staff-rooms.css"];
  const pages = [
    ["start page", 30_000, ["home"], "src/home/page.ts"],
    ["registration", 30_000, ["people"], "src/people/register.ts"],
    ["finding a counselor", 60_000, ["booking", "waitlist"], "src/booking/find.ts", "styles/booking.css"],
    ["booking", 60_000, ["booking"], "src/booking/book.ts", "styles/booking.css"],
    ["appointments", 60_000, ["booking", "waitlist"], "src/booking/appointments.ts", "styles/booking.css"],
    ["waiting list", 60_000, ["booking", "waitlist", "zone"], "src/booking/wait.ts", "styles/booking.css"],
    ["a time that is held", 60_000, ["booking", "waitlist", "zone"], "src/booking/offer.ts", "styles/booking.css"],
    ["reminders", 60_000, ["reminders", "reminders-channels", "reminders-push"], "src/reminders/settings-page.ts", "styles/reminders.css"],
    ["notices", 60_000, ["reminders"], "src/reminders/notices-page.ts", "styles/reminders.css"],
    ["rooms", 60_000, ["booking", "rooms", "rooms-about"], "src/rooms/rooms.ts", "styles/booking.css", "styles/rooms.css"],
    ["about a room", 60_000, ["booking", "home", "rooms", "rooms-about"], "src/rooms/room.ts", "styles/booking.css", "styles/rooms.css"],
    ["conversation", 60_000, ["rooms"], "src/rooms/talk-page.ts", "styles/rooms.css"],
    ["meeting", 100_000, ["meetings"], "src/meetings/meet.ts", "src/meetings/peer-call.ts", "styles/meetings.css"],
    ["staff: meeting", 100_000, ["meetings", "staff", "staff-nav", "staff-meetings", "staff-ladder"], "src/staff/meetings/meet.ts", "src/meetings/peer-call.ts", "styles/staff.css", "styles/meetings.css", "styles/staff-meetings.css"],
    ["circle", 100_000, ["circles", "meetings", "rooms"], "src/meetings/circle.ts", "src/meetings/peer-call.ts", "styles/rooms.css", "styles/meetings.css", "styles/circles.css"],
    ["staff: circle", 100_000, ["circles", "meetings", "staff-circles", "staff-meetings", "staff", "staff-nav"], "src/staff/meetings/circle.ts", "src/meetings/peer-call.ts", "styles/staff.css", "styles/rooms.css", "styles/meetings.css", "styles/staff-meetings.css", "styles/circles.css"],
    ["staff: sign-in", 60_000, ["people", "account", "staff", "staff-nav"], "src/staff/sign-in.ts", "styles/staff.css"],
    ["staff: agenda", 60_000, ["booking", "zone", "staff", "staff-nav", "staff-waitlist"], "src/staff/agenda.ts", "styles/staff.css"],
    ["staff: an appointment", 60_000, ["booking", "staff-meetings", "staff-ladder", "staff", "staff-nav"], "src/staff/appointment.ts", "styles/staff.css", "styles/staff-meetings.css"],
    ["staff: emergency procedure", 60_000, ["staff-meetings", "staff-ladder", "staff", "staff-nav"], "src/staff/meetings/procedure-page.ts", "styles/staff.css", "styles/staff-meetings.css"],
    ["staff: hours", 60_000, ["zone", "staff", "staff-nav"], "src/staff/hours.ts", "styles/staff.css"],
    ["staff: rooms", 60_000, rooms, "src/staff/rooms/list.ts", ...ofRooms],
    ["staff: new room", 60_000, ["booking", "staff-settings", ...rooms], "src/staff/rooms/new-room.ts", ...ofRooms],
    ["staff: settings of a room", 60_000, ["booking", "staff-settings", ...rooms], "src/staff/rooms/settings.ts", ...ofRooms],
    ["staff: conversation", 60_000, talk, "src/staff/rooms/talk-page.ts", "styles/rooms.css", "styles/staff-rooms.css"],
    ["staff: messages with a client", 60_000, ["staff-messages", ...talk], "src/staff/rooms/thread.ts", "styles/rooms.css", "styles/staff-rooms.css"],
    ["staff: members of a room", 60_000, rooms, "src/staff/rooms/members.ts", ...ofRooms],
    ["staff: a decision", 60_000, ["staff-meetings", ...rooms], "src/staff/rooms/decide.ts", ...ofRooms, "styles/staff-meetings.css"],
    ["staff: rota", 60_000, ["zone", "staff-rota", ...rooms], "src/staff/rooms/rota.ts", ...ofRooms],
    ["staff: gatherings", 60_000, ["zone", ...rooms], "src/staff/rooms/gatherings.ts", ...ofRooms],
    ["staff: moderation", 60_000, ["staff-moderation", "staff-ladder", ...rooms], "src/staff/rooms/moderation.ts", ...ofRooms],
    ["staff: phrases", 60_000, ["staff-moderation", ...rooms], "src/staff/rooms/phrases.ts", ...ofRooms],
    ["staff: messages", 60_000, ["staff-messages", "staff-moderation", "staff-ladder", ...rooms], "src/staff/rooms/threads.ts", ...ofRooms],
    ["staff: desk", 60_000, ["zone", "staff-messages", ...rooms], "src/staff/rooms/desk.ts", ...ofRooms],
  ];
  const weights = languagesIn(catalogs).flatMap((language) => pages.map(([name, limit, parts, ...sources]) => {
    const words = ["frame", ...parts].map((part) => `catalogs/${language}/${part}.json`);
    return { name: `${name} (${language})`, limit, bytes: weigh(outputs, root, [...frame, ...sources, ...words].map(made)) };
  }));
  weights.push({ name: "a Chime call, beside its page", limit: 230_000, bytes: weigh(outputs, root, [made(CHIME_CALL)], [made("src/app.ts")]) });
  const astray = carriers(outputs, "node_modules/amazon-chime-sdk-js/").filter((file) => file !== made(CHIME_CALL));
  if (astray.length) fail("Amazon's SDK is loaded without a Chime call:", astray);
  const heavy = report(weights);
  if (heavy.length) fail("Over budget:", heavy.map(({ name }) => name));
}

function fail(title, lines) {
  console.error([title, ...lines.map((line) => `  ${line}`)].join("\n"));
  process.exit(1);
}
