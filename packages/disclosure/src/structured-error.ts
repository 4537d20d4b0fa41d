import type { Disclosure } from "./disclose.ts";
import { extraText } from "./extra-text.ts";
import { utf8Length } from "./internal/globals.ts";

/** Sub-errors of the registry that the draft sets up. Codes 5 and 6 go with Blocked (15) only. */
const SUB_ERROR_BY_CATEGORY: Readonly<Record<string, number>> = {
  malware: 1,
  phishing: 2,
  spam: 3,
  spyware: 4,
};
const DNS_OPERATOR_POLICY = 6;

/**
 * EXTRA-TEXT for a client that asked for structured errors: one minified I-JSON object, or null when the answer carries
 * none (nothing to say, or not even the short form fits).
 *
 *   c  contact URIs (`mailto:`, `tel:`)      j  justification in words      s  sub-error, never with Censored (16)
 *   o  organisation that filters            l  language of `j` and `o`
 *   maxBytes  room in the answer; `j` and `o` are left out first, then all of it
 *
 * Source: draft-ietf-dnsop-structured-dns-error (EDNS option 26), RFC 7493.
 */
export function structuredError(disclosure: Disclosure, maxBytes = 4_096): string | null {
  const contact = disclosure.operator.contact;
  const subError = subErrorOf(disclosure);
  const short = {
    ...(contact === null ? {} : { c: [contact] }),
    ...(subError === null ? {} : { s: subError }),
  };
  const full = {
    ...(contact === null ? {} : { c: [contact] }),
    j: extraText(disclosure, 1_000),
    ...(subError === null ? {} : { s: subError }),
    ...(disclosure.operator.name === "" ? {} : { o: disclosure.operator.name }),
    l: disclosure.language,
  };
  const long = JSON.stringify(full);
  if (utf8Length(long) <= maxBytes) return long;
  if (contact === null && subError === null) return null;
  const brief = JSON.stringify(short);
  return utf8Length(brief) <= maxBytes ? brief : null;
}

function subErrorOf({ ede, rule }: Disclosure): number | null {
  if (ede !== 15 && ede !== 17) return null;
  const kind = rule === null ? undefined : SUB_ERROR_BY_CATEGORY[rule.category.toLowerCase()];
  return kind ?? (ede === 15 ? DNS_OPERATOR_POLICY : null);
}
