/** Every address of the site, as data. A page is loaded when someone goes there. */

import type { Part } from "../words/language.ts";

export interface Route {
  /** ":name" stands for one piece of the path and reaches the page as `params.name`. */
  readonly path: string;
  /** The element that is the page. Routes of one element share one instance: a flow keeps what was typed. */
  readonly tag: string;
  readonly load: () => Promise<unknown>;
  readonly words: readonly Part[];
  /** Who the page is for. A "stranger" page sends people on who are signed in. */
  readonly who?: "client" | "staff" | "stranger";
}

export const routes: readonly Route[] = [
  { path: "/", tag: "home-page", load: () => import("../home/page.ts"), words: ["home"] },
];
