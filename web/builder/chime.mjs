/**
 * Builds amazon-chime-sdk-js in, module by module. Its package is CommonJS written by a compiler; four things stand in the way:
 *
 * - this repository says "type": "module", so esbuild would give us, as Node does, the whole `module.exports` as default;
 * - one task (promotion from a replica meeting, which nothing here asks for) imports the package's index, and so all of it:
 *   blur, voice focus, messaging, and the AWS SDK that messaging stands on. It gets the two names it uses;
 * - it calls the browser's global object `global`;
 * - `long`, which reads 64-bit numbers for it, tries WebAssembly when it is loaded, and goes without where there is none. Our policy
 *   forbids it, and browsers report every try.
 */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const OURS = "chime";
const here = dirname(fileURLToPath(import.meta.url));
const MODULE = /^amazon-chime-sdk-js\/build\//;
const STATUSES = ["MeetingSessionStatus", "MeetingSessionStatusCode"];

export function chimePlugin() {
  return {
    name: "chime",
    setup(plugin) {
      plugin.initialOptions.define = { ...plugin.initialOptions.define, global: "globalThis", WebAssembly: "undefined" };
      plugin.onResolve({ filter: MODULE }, ({ path, namespace }) => (namespace === OURS ? undefined : { path, namespace: OURS, sideEffects: false }));
      plugin.onResolve({ filter: /^\.\.$/ }, ({ importer }) =>
        (importer.endsWith("/task/PromoteToPrimaryMeetingTask.js") ? { path: "statuses", namespace: OURS } : undefined));
      plugin.onLoad({ filter: MODULE, namespace: OURS }, ({ path }) => ({
        contents: `export * from ${JSON.stringify(path)}; export { default } from ${JSON.stringify(path)};`, resolveDir: here,
      }));
      plugin.onLoad({ filter: /^statuses$/, namespace: OURS }, () => ({
        contents: STATUSES.map((name) => `export { default as ${name} } from "amazon-chime-sdk-js/build/meetingsession/${name}";`).join("\n"), resolveDir: here,
      }));
    },
  };
}
