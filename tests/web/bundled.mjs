/** Loads a TypeScript module of the site into Node, as the build does for the pages that need no script. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { catalogsPlugin } from "../../web/builder/catalogs.mjs";

const site = join(dirname(fileURLToPath(import.meta.url)), "../../web");
export const catalogs = join(site, "catalogs");

/** `source` is a path under web/src. */
export async function bundled(source) {
  const { outputFiles } = await build({
    entryPoints: [join(site, "src", source)],
    bundle: true, format: "esm", platform: "node", write: false, logLevel: "error",
    plugins: [catalogsPlugin(catalogs)],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
