/**
 * Builds the site into web/dist: `node web/build.mjs`.
 * Everything under /assets/ has a hash in its name and may be cached for ever; all else must be asked for again.
 */

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { report, weigh } from "./builder/budget.mjs";
import { catalogsPlugin, differences, languagesIn, readCatalog } from "./builder/catalogs.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const catalogs = join(here, "catalogs");

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

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
cpSync(join(here, "static"), dist, { recursive: true });

const styles = await build({ ...common, entryPoints: readdirSync(join(here, "styles"), { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(here, "styles", entry.name)) });
const early = await build({ ...common, entryPoints: [join(here, "src/early.ts")], format: "iife" });
const app = await build({
  ...common,
  entryPoints: [join(here, "src/app.ts")],
  format: "esm",
  splitting: true,
  plugins: [catalogsPlugin(catalogs), stylesPlugin()],
});

const outputs = { ...styles.metafile.outputs, ...early.metafile.outputs, ...app.metafile.outputs };
const made = (source) => Object.keys(outputs).find((file) => outputs[file].entryPoint === `web/${source}`);
const address = (file) => `/${relative(dist, join(root, file))}`;
const assets = { app: address(made("src/app.ts")), early: address(made("src/early.ts")), style: address(made("styles/site.css")) };

await writeDocuments();
await writeServiceWorker();
keepBudget();

/** `built:styles`: the addresses of style sheets that parts of the site bring themselves. */
function stylesPlugin() {
  return {
    name: "styles",
    setup(plugin) {
      plugin.onResolve({ filter: /^built:styles$/ }, () => ({ path: "styles", namespace: "built" }));
      plugin.onLoad({ filter: /^styles$/, namespace: "built" }, () => {
        const found = Object.entries(styles.metafile.outputs).map(([file, { entryPoint }]) => [
          entryPoint.replace(/^.*\/|\.css$/g, ""), `/assets/${file.replace(/^.*\//, "")}`]);
        return { contents: `export const styles = ${JSON.stringify(Object.fromEntries(found))};` };
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
  for (const [name, content] of Object.entries(documents(words, assets, helplines))) writeFileSync(join(dist, name), content);
}

async function writeServiceWorker() {
  const documents = readdirSync(dist).filter((name) => name.endsWith(".html") || name.endsWith(".svg")).map((name) => `/${name}`);
  const kept = [...documents, ...Object.keys(outputs).map(address)];
  const edition = createHash("sha256");
  for (const name of kept) edition.update(name).update(readFileSync(join(dist, name)));
  await build({
    ...common, entryPoints: [join(here, "src/sw.ts")], outdir: dist, entryNames: "[name]",
    define: { KEPT_OFFLINE: JSON.stringify(kept), EDITION: JSON.stringify(edition.digest("hex").slice(0, 12)) },
  });
}

function keepBudget() {
  const frame = ["src/app.ts", "src/early.ts", "styles/site.css", "catalogs/en/frame.json"].map(made);
  const pages = [
    ["public start page", 30_000, "src/home/page.ts", "catalogs/en/home.json"],
    ["registration", 30_000, "src/people/register.ts", "catalogs/en/people.json"],
    ["signed in: finding a counselor", 60_000, "src/booking/find.ts", "catalogs/en/booking.json"],
    ["signed in: appointments", 60_000, "src/booking/appointments.ts", "catalogs/en/booking.json"],
  ];
  const weights = pages.filter(([, , source]) => made(source)).map(([name, limit, ...sources]) => (
    { name, limit, bytes: weigh(outputs, root, [...frame, ...sources.map(made)]) }));
  const heavy = report(weights);
  if (heavy.length) fail("Over budget:", heavy.map(({ name }) => name));
}

function fail(title, lines) {
  console.error([title, ...lines.map((line) => `  ${line}`)].join("\n"));
  process.exit(1);
}
