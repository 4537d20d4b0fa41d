import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AddressBits,
  formatAddress,
  formatPrefix,
  joinRanges,
  parsePrefix,
  prefixesOfRange,
  rangeOfPrefix,
} from "./index.ts";
import { addressOfNumber } from "./range.ts";

const rangeOf = (text: string) => {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new Error(text);
  return rangeOfPrefix(prefix.value);
};

describe("ranges of addresses", () => {
  test.each<[string[], AddressBits, string[]]>([
    [["192.0.2.0/25", "192.0.2.128/25"], 32, ["192.0.2.0/24"]],
    [["192.0.2.0/24", "192.0.2.7/32"], 32, ["192.0.2.0/24"]],
    [["192.0.2.1/32", "192.0.2.2/32", "192.0.2.3/32"], 32, ["192.0.2.1/32", "192.0.2.2/31"]],
    [["0.0.0.0/1", "128.0.0.0/1"], 32, ["0.0.0.0/0"]],
    [["8000::/1", "::/1"], 128, ["::/0"]],
    [["2001:db8::/33", "2001:db8:8000::/33"], 128, ["2001:db8::/32"]],
    [[], 32, []],
  ])("%j in the fewest prefixes", (texts, bits, expected) => {
    const joined = joinRanges(texts.map(rangeOf));
    expect(joined.flatMap((range) => prefixesOfRange(range, bits)).map(formatPrefix)).toEqual(expected);
  });

  test("any range is told exactly, and no two of its prefixes are halves of one", () => {
    const number = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const range = a < b ? { start: a, end: b } : { start: b, end: a };
        const prefixes = prefixesOfRange(range, 32);
        let at = range.start;
        for (const prefix of prefixes) {
          const { start, end } = rangeOfPrefix(prefix);
          expect(start).toBe(at);
          at = end;
        }
        expect(at).toBe(range.end);
        const texts = new Set(prefixes.map(formatPrefix));
        for (const prefix of prefixes) {
          if (prefix.length === 0) continue;
          const { start } = rangeOfPrefix(prefix);
          const sibling = addressOfNumber(start ^ (1n << BigInt(32 - prefix.length)), 32);
          expect(texts.has(`${formatAddress(sibling)}/${prefix.length}`)).toBe(false);
        }
      }),
    );
  });
});
