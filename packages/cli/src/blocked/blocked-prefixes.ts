// The addresses that are blocked, as the fewest prefixes.
import {
  type AddressBits,
  type AddressRange,
  addressOfNumber,
  formatPrefix,
  joinRanges,
  type Prefix,
  prefixesOfRange,
  rangeOfPrefix,
} from "@demarc/net";
import { BlockedPart } from "./blocked-part.ts";
import type { Mentions, Standing } from "./mentions.ts";
import type { Answer, Context, Prober } from "./prober.ts";

/** Addresses between two ends of mentioned prefixes: the same is said about all of them. */
export interface Stretch extends AddressRange {
  readonly bits: AddressBits;
  readonly answer: Answer;
  /** What a URL on such an address makes of the block. */
  lift: string | null;
}

/** Asks about every stretch of addresses that lies within mentioned prefixes. */
export function stretchesOf({ prefixes }: Mentions, prober: Prober): readonly Stretch[] {
  return ([32, 128] as const).flatMap((bits) => {
    const ranges = [...prefixes.keys()]
      .filter(({ address }) => address.length * 8 === bits)
      .map((prefix) => rangeOfPrefix(prefix));
    const ends = [...new Set(ranges.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) =>
      a < b ? -1 : 1,
    );
    const within = joinRanges(ranges);
    let at = 0;
    return ends.slice(0, -1).flatMap((start, index): Stretch[] => {
      const end = ends[index + 1] ?? start;
      while ((within[at]?.end ?? end) <= start) at += 1;
      if (start < (within[at]?.start ?? end)) return [];
      return [
        { start, end, bits, answer: prober.ask({ address: addressOfNumber(start, bits) }), lift: null },
      ];
    });
  });
}

/** The stretch that has the address. */
export function stretchAt(stretches: readonly Stretch[], address: Uint8Array): Stretch | null {
  const bits = address.length * 8;
  const { start: number } = rangeOfPrefix({ address, length: bits });
  return stretches.find((each) => each.bits === bits && each.start <= number && number < each.end) ?? null;
}

/** Addresses about which a rule says something that is no block, or that a rule excepts: one of each stretch. */
export function liftingAddresses(
  stretches: readonly Stretch[],
  { prefixes }: Mentions,
  prober: Prober,
): readonly Context[] {
  const excepted = [...prefixes].flatMap(([prefix, standing]) =>
    standing === "selector" ? [] : [{ ...rangeOfPrefix(prefix), bits: prefix.address.length * 8, standing }],
  );
  return stretches.flatMap(({ start, end, bits, answer }): readonly Context[] => {
    const found = excepted.filter((each) => each.bits === bits && each.start <= start && end <= each.end);
    const standing: Standing =
      found.find((each) => each.standing === "own exception")?.standing ?? found[0]?.standing ?? "selector";
    const facts = { address: addressOfNumber(start, bits) };
    const what = `an address of ${shown(start, end, bits)}`;
    const context = prober.contextOf({ what, facts, standing }, answer);
    return context === null ? [] : [context];
  });
}

/** Blocked stretches, joined where the same holds of neighbours. */
export function blockedPrefixes(
  stretches: readonly Stretch[],
  prober: Prober,
  contexts: readonly Context[],
): readonly BlockedPart[] {
  const whole: Stretch[] = [];
  const parts: BlockedPart[] = [];
  for (const stretch of stretches) {
    if (!stretch.answer.isBlocked) continue;
    const lift = stretch.lift ?? prober.liftOf(stretch.answer, contexts);
    const part = new BlockedPart(shown(stretch.start, stretch.end, stretch.bits));
    part.takes(stretch.answer, prober, lift);
    if (part.problems.length === 0) whole.push(stretch);
    else parts.push(part);
  }
  for (const bits of [32, 128] as const) {
    const own = whole.filter((stretch) => stretch.bits === bits);
    let at = 0;
    for (const range of joinRanges(own))
      for (const prefix of prefixesOfRange(range, bits)) {
        const part = partOfPrefix(prefix);
        const { start, end } = rangeOfPrefix(prefix);
        // Stretches and prefixes both go upwards; a stretch may go on in the next prefix.
        for (let each = own[at]; each !== undefined && each.start < end; each = own[at]) {
          if (each.end > start) part.takes(each.answer, prober, null);
          if (each.end > end) break;
          at += 1;
        }
        parts.push(part);
      }
  }
  return parts;
}

function partOfPrefix(prefix: Prefix): BlockedPart {
  const part = new BlockedPart(formatPrefix(prefix));
  part.entries.push({ type: "cidr", value: formatPrefix(prefix) });
  return part;
}

function shown(start: bigint, end: bigint, bits: AddressBits): string {
  const [first, ...more] = prefixesOfRange({ start, end }, bits);
  const text = first === undefined ? "" : formatPrefix(first);
  return more.length === 0 ? text : `${text} and ${more.length} more`;
}
