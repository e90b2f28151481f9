/**
 * A short text that somebody else reads: why a message is removed, what was done about a concern.
 * The dialog stays, with what was typed, until the work is done: nothing written is lost to a bad connection.
 */

import { html, nothing, render } from "lit";
import { inWords } from "../../api/problem.ts";
import { textArea, typed } from "../../parts/field.ts";
import { t } from "../../words/language.ts";

interface TextAsked {
  readonly heading: string;
  readonly text?: string;
  /** The words that this is about, if there are any. */
  readonly quote?: string;
  readonly label: string;
  readonly hint: string;
  readonly yes: string;
  readonly longest: number;
  readonly optional?: boolean;
  /** True where it cannot be taken back. */
  readonly grave?: boolean;
}

/** Answers whether the work was done; false when the person thought better of it. */
export function asked(of: TextAsked, work: (text: string) => Promise<void>): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "asked-heading");
  let busy = false;
  let fault = "";
  let failure = "";
  let done = false;

  const draw = (): unknown => render(html`<form novalidate @submit=${submit}>
    <h2 id="asked-heading" tabindex="-1" autofocus>${of.heading}</h2>
    ${of.text ? html`<p>${of.text}</p>` : nothing}
    ${of.quote ? html`<blockquote class="said-there" dir="auto">${of.quote}</blockquote>` : nothing}
    ${failure ? html`<p class="fault" role="alert">${failure}</p>` : nothing}
    ${textArea({ id: "asked-text", label: of.label, hint: of.hint, fault, maxLength: of.longest, optional: of.optional ?? false })}
    <p class="actions">
      <button class="button ${of.grave ? "grave" : ""}" aria-disabled=${busy}>${of.yes}</button>
      <button type="button" class="button quiet" @click=${() => dialog.close()}>${t("cancel")}</button>
    </p>
  </form>`, dialog);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const text = typed(event.currentTarget as HTMLFormElement)["asked-text"] ?? "";
    fault = text || of.optional ? "" : t("staff.ask.missing");
    failure = "";
    busy = !fault;
    draw();
    if (fault) return dialog.querySelector("textarea")?.focus();
    try {
      await work(text);
      done = true;
      dialog.close();
    } catch (trouble) {
      failure = inWords(trouble);
      busy = false;
      draw();
    }
  };

  draw();
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
  });
}
