/** The number of the message that an address is about ("#message-41"), or 0. */
export function messageInAddress(): number {
  return Number(/^#message-(\d+)$/.exec(location.hash)?.[1] ?? 0);
}
