/** What the build makes out of files: see builder/ for each. */

declare module "built:catalogs" {
  export const catalogs: import("./words/language.ts").Catalogs;
}

declare module "built:staff-catalogs" {
  export const catalogs: import("./words/language.ts").Catalogs;
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
