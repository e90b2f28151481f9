/** Style sheets that only some pages need. A page is shown when its own is there. */

import { styles } from "built:styles";

const loaded = new Map<string, Promise<void>>();

export async function needStyles(names: readonly string[] = []): Promise<void> {
  await Promise.all(names.map((name) => {
    const found = loaded.get(name) ?? load(styles[name] ?? "");
    loaded.set(name, found);
    return found.catch((failure: unknown) => {
      loaded.delete(name);
      throw failure;
    });
  }));
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`${address} did not load`));
    };
    document.head.append(link);
  });
}
