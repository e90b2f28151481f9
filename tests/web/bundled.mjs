/** Loads a TypeScript module of the site into Node, as the build does for the pages that need no script. */

import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { catalogsPlugin } from "../../web/builder/catalogs.mjs";
import { chimePlugin } from "../../web/builder/chime.mjs";

const site = join(dirname(fileURLToPath(import.meta.url)), "../../web");
export const catalogs = join(site, "catalogs");

/** `source` is a path under web/src; `more` is code beside it, for what has to be the same instance. */
export async function bundled(source, more = "") {
  const { outputFiles } = await build({
    stdin: { contents: `export * from ${JSON.stringify(`./${basename(source)}`)};${more}`, resolveDir: join(site, "src", dirname(source)) },
    bundle: true, format: "esm", platform: "node", write: false, logLevel: "error",
    plugins: [catalogsPlugin(catalogs), chimePlugin()],
    define: { ORGANISATION: JSON.stringify("Hearthline") },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
