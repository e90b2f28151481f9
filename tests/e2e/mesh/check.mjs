/** A page with nothing but the check before a call in it, in the language and with what the test says. */

import "../../../web/src/meetings/check.ts";
import { needWords, speak } from "../../../web/src/words/language.ts";

globalThis.check = {
  fired: [],
  async show(language, properties) {
    await needWords(["frame", "meetings"]);
    await speak(language);
    const element = Object.assign(document.createElement("device-check"), properties);
    for (const name of ["check-join", "check-write"]) element.addEventListener(name, ({ detail }) => check.fired.push([name, detail]));
    document.querySelector("main").append(element);
    await element.updateComplete;
  },
  /** Which of its own devices are at work. */
  running: () => document.querySelector("device-check").media.stream.getTracks().filter(({ readyState, enabled }) => readyState === "live" && enabled).map(({ kind }) => kind).sort(),
};
