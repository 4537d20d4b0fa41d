// What an image blocks at one place and instant, in entries of a list; and what of it no list can say, with the reason.
import { formatList, type ListEntry, type WritableFormat } from "@demarc/lists";
import type { PolicyImage, Request } from "@demarc/matcher";
import { kindOf } from "../list-output.ts";
import { blockedNames } from "./blocked-names.ts";
import { BlockedPart } from "./blocked-part.ts";
import {
  blockedPrefixes,
  liftingAddresses,
  type Stretch,
  stretchAt,
  stretchesOf,
} from "./blocked-prefixes.ts";
import type { MentionedUrl, Mentions } from "./mentions.ts";
import { type Context, Prober, type Standpoint } from "./prober.ts";

/** Something that is blocked, or done otherwise, and not written. */
export interface LeftOut {
  readonly what: string;
  /** Ids of the rules that do it. */
  readonly rules: readonly string[];
  readonly why: string;
}

/** A list for one place and instant. */
export interface BlockedList {
  readonly entries: readonly ListEntry[];
  readonly exceptions: readonly ListEntry[];
  readonly leftOut: readonly LeftOut[];
  /** Ids of the rules whose blocks are written. */
  readonly rules: readonly string[];
  /** When the first of those rules ends or is in another state; null where none says so. */
  readonly until: number | null;
}

/**
 * The blocks that a format can say exactly. Asked about any name or address, the image blocks what the entries match and the exceptions
 * do not, and what is in `leftOut`. What is written it blocks also where one port, label, address, name or URL that the policies mention is
 * beside it; of two at once, that are excepted from two blocks, nothing is known.
 */
export function blockedList(
  image: PolicyImage,
  mentions: Mentions,
  standpoint: Standpoint,
  format: WritableFormat,
): BlockedList {
  const prober = new Prober(image, standpoint, mentions.excepting);
  const leftOut: LeftOut[] = [];
  const others: Context[] = [];
  for (const mentioned of mentions.others) {
    const answer = prober.ask(mentioned.facts);
    const context = prober.contextOf(mentioned, answer);
    if (context !== null) others.push(context);
    if (answer.isBlocked && answer.rule !== null)
      leftOut.push({
        what: mentioned.what,
        rules: [answer.rule.id],
        why: "a list has names, prefixes and URLs alone",
      });
  }
  const stretches = stretchesOf(mentions, prober);
  const names = blockedNames(mentions, prober, [...others, ...liftingAddresses(stretches, mentions, prober)]);
  const { elsewhere } = names;
  if (elsewhere.isBlocked)
    return nothing({
      what: "everything",
      rules: elsewhere.rule === null ? [] : [elsewhere.rule.id],
      why: `what no rule names is refused there and then${elsewhere.rule === null ? ", by the set's default" : ""}`,
    });
  const urls = blockedUrls(mentions.urls, prober, stretches, names.partOf, others);
  const prefixes = blockedPrefixes(stretches, prober, [...others, ...names.lifting]);
  const written: BlockedPart[] = [];
  for (const part of [...names.parts, ...prefixes, ...urls]) {
    const why = reasonsAgainst(part, format);
    if (why === null) written.push(part);
    else leftOut.push({ what: part.what, rules: [...part.rules], why });
  }
  for (const [rule, why] of prober.unsaid) leftOut.push({ what: "the rule", rules: [rule], why });
  const ends = written.flatMap(({ until }) => (until === null ? [] : [until]));
  return {
    entries: written.flatMap(({ entries }) => entries),
    exceptions: written.flatMap(({ exceptions }) => exceptions),
    leftOut,
    rules: [...new Set(written.flatMap(({ rules }) => [...rules]))].toSorted(),
    until: ends.length === 0 ? null : ends.reduce((first, end) => Math.min(first, end)),
  };
}

// A URL under a block that lifts it is a problem of that block; one that is blocked alone is an entry of its own.
function blockedUrls(
  urls: readonly MentionedUrl[],
  prober: Prober,
  stretches: readonly Stretch[],
  partOf: (name: string) => BlockedPart | null,
  contexts: readonly Context[],
): readonly BlockedPart[] {
  const parts: BlockedPart[] = [];
  for (const { href, match, host, address } of urls) {
    const place: Partial<Request> = address === null ? { name: host } : { address };
    const stretch = address === null ? null : stretchAt(stretches, address);
    const isHostBlocked = prober.ask(place).isBlocked;
    const below = match === "prefix" ? [`${href.replace(/\/$/, "")}/q/q`] : [];
    for (const url of [href, ...below]) {
      const answer = prober.ask({ ...place, url });
      if (isHostBlocked && !answer.isBlocked) {
        const why = `${href} is not blocked${answer.rule === null ? "" : ` (${answer.rule.id})`}`;
        partOf(host)?.problem(why);
        if (stretch !== null) stretch.lift ??= why;
      } else if (!isHostBlocked && answer.isBlocked && url === href) {
        const part = new BlockedPart(match === "exact" ? href : `${href} and all below`);
        part.entries.push({ type: "url", value: href, match });
        part.takes(answer, prober, prober.liftOf(answer, contexts));
        parts.push(part);
      }
    }
  }
  return parts;
}

function reasonsAgainst(part: BlockedPart, format: WritableFormat): string | null {
  const { entries, exceptions, problems } = part;
  if (problems.length > 0) return problems.join("; ");
  const written = formatList(format, entries, { exceptions });
  if (written.ok) return null;
  const omitted = new Set(written.omitted);
  const kinds = new Set(entries.filter((entry) => omitted.has(entry)).map(kindOf));
  const excepted = exceptions.filter((exception) => omitted.has(exception)).map(({ value }) => value);
  const [first, ...more] = excepted;
  const shown =
    first === undefined
      ? []
      : [`the exception ${first}${more.length === 0 ? "" : ` and ${more.length} more`}`];
  return `${format} can not say ${[...kinds, ...shown].join(", nor ")}`;
}

function nothing(why: LeftOut): BlockedList {
  return { entries: [], exceptions: [], leftOut: [why], rules: [], until: null };
}
