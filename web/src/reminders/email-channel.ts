/** `<email-channel api="/api">`: notices by e-mail. */

import { AddressChannel, type Kind } from "./address-channel.ts";

const EMAIL: Kind = {
  channel: "email",
  field: { type: "email", autocomplete: "email", inputmode: "email" },
  read: (typed) => (/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]{2,}$/.test(typed) ? typed : null),
};

class EmailChannel extends AddressChannel {
  protected override readonly kind = EMAIL;
}

customElements.define("email-channel", EmailChannel);
