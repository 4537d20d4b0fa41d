import type { Disclosure } from "./disclose.ts";
import { cutToBytes } from "./internal/clean-text.ts";
import { utf8Length } from "./internal/globals.ts";
import { type Phrases, phrasesIn } from "./phrases.ts";

/** Default limit of `extraText`: with a name, an SOA and the OPT it stays inside a 512-byte message for most names. */
export const EXTRA_TEXT_BYTES = 320;

/**
 * The EXTRA-TEXT of an Extended DNS Error: one sentence, at most `maxBytes` bytes of UTF-8.
 *
 * When it does not fit, the remedy's address goes first, then the end, the citations, the authority; rule and
 * reference stay as long as they fit. Source: RFC 8914 §2 (UTF-8, no terminating zero).
 */
export function extraText(disclosure: Disclosure, maxBytes: number = EXTRA_TEXT_BYTES): string {
  const phrases = phrasesIn(disclosure.language);
  let text = "";
  for (let level = 0; level <= 4; level++) {
    text = sentence(disclosure, phrases, level);
    if (utf8Length(text) <= maxBytes) return text;
  }
  return cutToBytes(text, Math.max(0, maxBytes));
}

function sentence(disclosure: Disclosure, phrases: Phrases, level: number): string {
  const { basis, rule, remedy, reference } = disclosure;
  const parts: string[] = [];
  let head = `${openingOf(disclosure, phrases)} ${phrases.by} ${kindOf(disclosure, phrases)}`;
  const source = level < 4 && basis !== null ? [basis.authority] : [];
  if (level < 3 && basis !== null) {
    if (basis.withheld === null) source.push(...basis.citations.slice(0, 2).map((citation) => citation.text));
    else source.push(`${phrases.withheld} ${day(basis.withheld.until)}`);
  }
  if (source.length > 0) head += ` (${source.join(", ")})`;
  if (rule !== null) head += `, ${phrases.rule} ${rule.id}`;
  if (level < 2) head += endOf(disclosure, phrases);
  parts.push(head);
  if (level < 1 && remedy !== null) parts.push(`${phrases.appeal} ${remedy.url ?? remedy.body}`);
  if (reference !== null) parts.push(`${phrases.ref} ${reference}`);
  return parts.join("; ");
}

function openingOf({ effect }: Disclosure, phrases: Phrases): string {
  if (effect.action === "gate") {
    return `${phrases.gated} (${effect.minimumAge === null ? effect.condition : phrases.age(effect.minimumAge)})`;
  }
  if (effect.action === "route") {
    const allowed = `${phrases.egress}: ${effect.egress.join(" ")}`;
    return `${phrases.routed} (${effect.hostKnown ? allowed : `${allowed}; ${phrases.hostUnknown}`})`;
  }
  return phrases.blocked;
}

/** The legal basis in words: `court order`. */
export function kindOf({ basis }: Disclosure, phrases: Phrases): string {
  if (basis === null) return phrases.operatorDefault;
  return phrases.kind[basis.kind] ?? phrases.otherKind;
}

function endOf(disclosure: Disclosure, phrases: Phrases): string {
  if (disclosure.until !== null) return ` ${phrases.until} ${day(disclosure.until)}`;
  if (disclosure.reviewBy !== null) return `, ${phrases.reviewBy} ${day(disclosure.reviewBy)}`;
  return "";
}

/** Date of an RFC 3339 instant at midnight UTC, else the instant to the minute. */
export function day(instant: string): string {
  return instant.replace(/T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)$/i, "");
}
