/** How many bytes a first visit costs, compressed as CloudFront does, and the limit it must keep. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** The files, and whatever they import at once. `outputs` is esbuild's metafile. */
export function together(outputs, files) {
  const wanted = new Set();
  const add = (file) => {
    if (wanted.has(file)) return;
    wanted.add(file);
    for (const next of outputs[file]?.imports ?? []) if (next.kind === "import-statement") add(next.path);
  };
  files.forEach(add);
  return [...wanted];
}

/** `there`: what the browser has already, with whatever it imports. */
export function weigh(outputs, root, files, there = []) {
  const already = new Set(together(outputs, there));
  return together(outputs, files).filter((file) => !already.has(file)).reduce((sum, file) => sum + gzipSync(readFileSync(`${root}/${file}`), { level: 9 }).length, 0);
}

/** The files that something of this package was built into; `part` is a piece of the paths of its modules. */
export function carriers(outputs, part) {
  return Object.keys(outputs).filter((file) => Object.keys(outputs[file].inputs ?? {}).some((input) => input.includes(part)));
}

/** One line per page; answers those over their limit. */
export function report(weights) {
  for (const { name, bytes, limit } of weights) {
    console.log(`  ${name.padEnd(34)} ${(bytes / 1000).toFixed(1).padStart(6)} kB gzip   (limit ${limit / 1000} kB)`);
  }
  return weights.filter(({ bytes, limit }) => bytes > limit);
}
