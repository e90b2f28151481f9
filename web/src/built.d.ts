/** What the build makes out of files: see builder/ for each. */

declare module "built:catalogs" {
  type Part = import("./words/language.ts").Part;
  type Loader = () => Promise<{ default: import("./words/message.ts").Catalog }>;
  export const catalogs: Readonly<Record<string, Readonly<Record<Part, Loader>>>>;
}

declare module "built:styles" {
  /** The address of each style sheet, by name. */
  export const styles: Readonly<Record<string, string>>;
}

/** The name the build was given; config.json has the same. */
declare const ORGANISATION: string;

/** Every address the service worker keeps for when there is no network; the first letters of a hash of them all. */
declare const KEPT_OFFLINE: readonly string[];
declare const EDITION: string;
