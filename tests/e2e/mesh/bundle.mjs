/** Bundles a page of these tests as the site is bundled, and prints it: `node bundle.mjs page.mjs`, or a style sheet. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { catalogsPlugin } from "../../../web/builder/catalogs.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { outputFiles } = await build({
  entryPoints: [join(here, process.argv[2])],
  bundle: true, format: "iife", write: false, logLevel: "error", outdir: here,
  tsconfig: join(here, "../../../web/tsconfig.json"),
  plugins: [catalogsPlugin(join(here, "../../../web/catalogs"))],
  define: { ORGANISATION: '"Hearthline"' },
});
process.stdout.write(outputFiles[0].text);
