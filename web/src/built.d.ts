/** What the build makes out of files: see builder/ for each. */

declare module "built:catalogs" {
  type Part = "frame" | "home" | "people" | "booking" | "staff";
  type Loader = () => Promise<{ default: import("./words/message.ts").Catalog }>;
  export const catalogs: Readonly<Record<string, Readonly<Record<Part, Loader>>>>;
}

declare module "built:styles" {
  /** Address of each style sheet that is not part of the first load, by name. */
  export const styles: Readonly<Record<string, string>>;
}

/** Every address the service worker keeps for when there is no network; the first letters of a hash of them all. */
declare const KEPT_OFFLINE: readonly string[];
declare const EDITION: string;
