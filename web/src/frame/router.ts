/** Takes the person from address to address without loading the document again. Links stay real links. */

import { member, staff } from "../api/sign-in.ts";
import { needWords } from "../words/language.ts";
import { isLeaving } from "./exit.ts";
import { match } from "./match.ts";
import type { Page, Params } from "./page.ts";
import { type Route, routes as ofClients } from "./routes.ts";
import { needStyles } from "./styles.ts";

type StaffRoutes = typeof import("../staff/routes.ts");

export class Router extends EventTarget {
  page: HTMLElement | null = null;
  /** Loaded with the first address under /staff. */
  staffRoutes: StaffRoutes | null = null;
  /** Where a person wanted to go when they were asked to sign in. */
  wanted = "";
  #turn = 0;
  #address = location.pathname;

  start(): void {
    addEventListener("popstate", () => void this.#back());
    addEventListener("beforeunload", (event) => {
      if (!isLeaving() && this.#guarded()) event.preventDefault();
    });
    document.addEventListener("click", (event) => this.#follow(event));
    for (const signIn of [member, staff]) signIn.addEventListener("change", () => this.#signedOut());
    void this.#show(location.pathname, "start");
  }

  /** Begins to load what an address needs. A failure shows when someone goes there. */
  async fetchAhead(path: string): Promise<void> {
    await this.#find(path).then(([route]) => fetched(route)).catch(() => {});
  }

  async go(address: string, how: "push" | "replace" = "push"): Promise<void> {
    if (!(await this.#mayLeave(new URL(address, location.href).pathname))) return;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    await this.#show(new URL(address, location.href).pathname, "forward");
  }

  /** On from a sign-in: to where the person wanted to go, else to the first page. */
  goOn(first: string): Promise<void> {
    const wanted = this.wanted || first;
    this.wanted = "";
    return this.go(wanted, "replace");
  }

  async #show(path: string, how: "start" | "forward" | "back"): Promise<void> {
    const turn = ++this.#turn;
    this.#address = path;
    this.dispatchEvent(new Event("loading"));
    let page: HTMLElement;
    try {
      const [route, params] = await this.#find(path);
      const elsewhere = await this.#detour(route, path);
      if (turn !== this.#turn) return;
      if (elsewhere) return void (await this.go(elsewhere, "replace"));
      await fetched(route);
      page = this.#make(route, params);
    } catch (failure) {
      console.error(failure);
      page = document.createElement("broken-page");
    }
    if (turn !== this.#turn) return;
    this.page = page;
    this.dispatchEvent(new Event("change"));
    (page as Partial<Page>).opened?.();
    await (page as Partial<Page>).updateComplete;
    if (how !== "start") arrive(page, how);
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }

  async #find(path: string): Promise<[Route, Params]> {
    if (path === "/staff" || path.startsWith("/staff/")) this.staffRoutes ??= await import("../staff/routes.ts");
    for (const route of [...ofClients, ...(this.staffRoutes?.routes ?? [])]) {
      const params = match(route.path, path);
      if (params) return [route, params];
    }
    return [{ path, tag: "missing-page", load: async () => {}, words: [] }, {}];
  }

  /** Where to go instead: to the sign-in, or past it. "" when the person may go where they want. */
  async #detour(route: Route, path: string): Promise<string> {
    const forStaff = path === "/staff" || path.startsWith("/staff/");
    const ofStaff = forStaff ? this.staffRoutes : null;
    if (!route.who) return "";
    const signedIn = await (forStaff ? staff : member).start();
    if (route.who === "stranger") return signedIn && !this.#guarded() ? (ofStaff?.firstPage(staff.person) ?? "/counselors") : "";
    if (signedIn) return "";
    this.wanted = path + location.search;
    return ofStaff?.SIGN_IN ?? "/sign-in";
  }

  #make(route: Route, params: Params): HTMLElement {
    const page = (this.page?.localName === route.tag ? this.page : document.createElement(route.tag)) as Page;
    page.params = params;
    return page;
  }

  /** A sign-in that ended by itself, or in another tab, must not leave a page with someone's appointments on the screen. */
  #signedOut(): void {
    this.dispatchEvent(new Event("change"));
    void this.#find(this.#address).then(([route]) => {
      const person = route.who === "staff" ? staff.person : route.who === "client" ? member.person : this;
      if (!person) void this.#show(this.#address, "forward");
    });
  }

  #guarded(): boolean {
    return (this.page as { unsaved?: boolean } | null)?.unsaved ?? false;
  }

  async #mayLeave(to: string): Promise<boolean> {
    return (await (this.page as Partial<Page> | null)?.mayLeave?.(to)) ?? true;
  }

  async #back(): Promise<void> {
    if (location.pathname === this.#address && location.hash) return;
    if (await this.#mayLeave(location.pathname)) return this.#show(location.pathname, "back");
    history.pushState(null, "", this.#address);
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || !link.href || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.includes(".") || link.pathname.startsWith("/api/")) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    void this.go(link.pathname + link.search + link.hash);
  }
}

export const router = new Router();

async function fetched(route: Route): Promise<void> {
  await Promise.all([route.load(), needWords(route.words), needStyles(route.styles)]);
}

/** A new page is read from its heading, which a screen reader then says. */
function arrive(page: HTMLElement, how: "forward" | "back"): void {
  if (how === "forward") scrollTo(0, 0);
  page.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}
