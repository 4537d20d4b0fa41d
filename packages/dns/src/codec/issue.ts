import type { Issue } from "@demarc/net";

/** Why bytes are not a DNS message, or a message can not be written. `offset` is the byte where it was seen. */
export interface DnsIssue extends Issue {
  readonly code:
    | "dns/short-message"
    | "dns/name-overrun"
    | "dns/name-too-long"
    | "dns/label-type"
    | "dns/pointer-forward"
    | "dns/name-syntax"
    | "dns/record-overrun"
    | "dns/rdata-malformed"
    | "dns/opt-malformed"
    | "dns/opt-repeated"
    | "dns/trailing-bytes"
    | "dns/message-too-long";
}

/** A refused message. */
export function failure(
  code: DnsIssue["code"],
  message: string,
  offset?: number,
): { readonly ok: false; readonly issue: DnsIssue } {
  return { ok: false, issue: { code, message, offset } };
}
