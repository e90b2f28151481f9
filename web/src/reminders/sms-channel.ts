/** `<sms-channel api="/api">`: notices by text message. */

import { settings } from "../frame/settings.ts";
import { wholeNumber } from "../meetings/phone-number.ts";
import { AddressChannel, type Kind } from "./address-channel.ts";

const SMS: Kind = {
  channel: "sms",
  field: { type: "tel", autocomplete: "tel" },
  read: (typed) => wholeNumber(typed, settings().countries),
};

class SmsChannel extends AddressChannel {
  protected override readonly kind = SMS;
}

customElements.define("sms-channel", SmsChannel);
