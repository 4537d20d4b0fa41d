// Keys lie in flat memory: copied or left where they were found, kept or used up by the writing, they make the same image.
import { describe, expect, test, vi } from "vitest";
import { encodeImage, type ImageParts, KeyCollector, PrefixCollector } from "../src/format.ts";
import { bucketOf } from "../src/internal/fill-blocks.ts";
import { filterBits, filterWord } from "../src/internal/key-hash.ts";
import { KeyTexts } from "../src/internal/key-texts.ts";
import { blocksFor, placeKeys } from "../src/internal/place-keys.ts";
import * as KEY_BLOCK from "../src/layout/key-block.ts";
import * as KEY_SET from "../src/layout/key-set.ts";
import { parts } from "./support/parts.ts";

const COUNT = 120_000;
const ATOMS = 6;

// Names of many lengths, in no order; and URLs, some of them longer than a byte can say.
const names = Array.from(
  { length: COUNT },
  (_, index) => `${((index * 7919) % COUNT).toString(36)}${"-long".repeat(index % 5)}.example`,
);
const urls = Array.from(
  { length: 3000 },
  (_, index) => `https://a.example/${"x".repeat(index % 700)}${index}`,
);
// More groups than a byte can number.
const posting = (index: number) => ({ atom: index % ATOMS, excluded: index % 11 === 0 });
const columns = [0, 1, 2] as const;

function inText(keys: readonly string[]): KeyCollector {
  const collector = new KeyCollector();
  for (const [index, key] of keys.entries())
    for (let each = 0; each < 1 + (index % 4); each += 1)
      collector.add(key, columns[(index + each) % 3] ?? 0, posting(index + each * each));
  return collector;
}

/** From the last to the first, out of one memory that is large enough to be kept, or of one for each. */
function inBytes(keys: readonly string[], how: "together" | "apart"): KeyCollector {
  const collector = new KeyCollector();
  const together = new TextEncoder().encode(keys.join(" "));
  let end = together.length;
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const { length } = keys[index] as string;
    const from = end - length;
    const bytes = how === "together" ? together : together.slice(from, end);
    for (let each = 0; each < 1 + (index % 4); each += 1) {
      const column = columns[(index + each) % 3] ?? 0;
      const [start, stop] = how === "together" ? [from, end] : [0, length];
      collector.addBytes(bytes, start, stop, column, posting(index + each * each));
    }
    end = from - 1;
  }
  return collector;
}

// Each with prefixes of its own, since these are used up too.
const encode = (keys: Pick<ImageParts, "names" | "urls">, useUp = false): Uint8Array => {
  const prefix = { address: Uint8Array.of(192, 0, 2, 0), length: 24 };
  const prefixes = new PrefixCollector().add(prefix, { atom: 3, excluded: false });
  const { bytes } = encodeImage({ ...parts, ...keys, prefixes }, { useUp });
  expect(prefixes.size).toBe(useUp ? 0 : 1);
  return bytes;
};

describe("keys", () => {
  const expected = encode({ names: inText(names), urls: inText(urls) });

  test.each(["together", "apart"] as const)("in bytes %s make the image of the same in text", (how) => {
    const keys = { names: inBytes(names, how), urls: inBytes(urls, how) };
    expect(keys.names.size).toBe(COUNT);
    expect(keys.names.postingCount).toBe(inText(names).postingCount);
    expect(Buffer.compare(encode(keys), expected)).toBe(0);
    // They are there still.
    expect(Buffer.compare(encode(keys, true), expected)).toBe(0);
    expect([keys.names.size, keys.names.postingCount, keys.urls.size]).toEqual([0, 0, 0]);
    keys.names.add("a.example", 0, { atom: 0, excluded: false });
    expect(keys.names.size).toBe(1);
  });

  test("make the same image where buffers can not be resized, as before ES2024", () => {
    const Resizable = ArrayBuffer;
    let refused = 0;
    const fixed = new Proxy(Resizable, {
      construct(target, [bytes, options]: [number, unknown]) {
        if (options !== undefined) {
          refused += 1;
          throw new RangeError("no room for so many addresses");
        }
        return new target(bytes);
      },
    });
    vi.stubGlobal("ArrayBuffer", fixed);
    try {
      expect(Buffer.compare(encode({ names: inText(names), urls: inText(urls) }, true), expected)).toBe(0);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(refused).toBeGreaterThan(10);
  });

  test("that are there already change nothing", () => {
    const collector = inBytes(names, "together");
    const before = [collector.size, collector.postingCount];
    const bytes = new TextEncoder().encode(`${names[1]} `.repeat(1 << 16));
    collector.addBytes(bytes, 0, (names[1] as string).length, 1, posting(1));
    collector.add(names[1] as string, 1, posting(1));
    expect([collector.size, collector.postingCount]).toEqual(before);
  });

  test("that are no ASCII, or too long, are refused", () => {
    const collector = new KeyCollector();
    expect(() => collector.add("ü.example", 0, posting(1))).toThrow(RangeError);
    expect(() => collector.add("x".repeat(0x1_0000), 0, posting(1))).toThrow(RangeError);
    const long = new Uint8Array(1 << 20).fill(0x61);
    expect(() => collector.addBytes(long, 1, 0x1_0001, 0, posting(1))).toThrow(RangeError);
    expect(() => collector.addBytes(Uint8Array.of(0xc3, 0xbc), 0, 2, 0, posting(1))).toThrow(RangeError);
    expect(() => collector.addBytes(long.fill(0x80, 9, 10), 0, 20, 0, posting(1))).toThrow(RangeError);
    expect(collector.size).toBe(0);
    collector.addBytes(long, 10, 0x1_0009, 0, posting(1));
    expect(collector.size).toBe(1);
  });
});

test("keys that one hash puts too close are placed by another", () => {
  const many = 300;
  const blocks = blocksFor(many);
  const texts = new KeyTexts();
  // A fifth of all in the last block, which has room for one of ten.
  const probe = new KeyTexts();
  for (let index = 0, [last, others] = [0, 0]; last + others < many; index += 1) {
    const name = `name-${index}.example`;
    const hash = probe.hashesFor("names", 0)[probe.add(name)] as number;
    const isLast = bucketOf(hash, blocks * KEY_BLOCK.buckets) >= (blocks - 1) * KEY_BLOCK.buckets;
    if (isLast ? last === many / 5 : others === (many * 4) / 5) continue;
    if (isLast) last += 1;
    else others += 1;
    texts.add(name);
  }
  const { seed, keys } = placeKeys(texts, "names");
  expect(seed).toBe(1);
  expect([...keys].toSorted((a, b) => a - b)).toEqual(Array.from({ length: many }, (_, key) => key));
});

test("a filter has two bits for each key, and turns most others away", () => {
  const many = 20_000;
  const texts = new KeyTexts();
  for (let index = 0; index < many; index += 1) texts.add(`name-${index}.example`);
  // placeKeys gives the hashes of its keys up.
  const hashes = Int32Array.from(texts.hashesFor("names", 0));
  const { seed, blockCount, filters } = placeKeys(texts, "names");
  expect(seed).toBe(0);
  const isSet = (hash: number): boolean => {
    const block = bucketOf(hash, blockCount - 1);
    return (~(filters[block * KEY_SET.filterWords + filterWord(hash)] as number) & filterBits(hash)) === 0;
  };
  expect(hashes.subarray(0, many).every(isSet)).toBe(true);

  const others = new KeyTexts();
  for (let index = 0; index < many; index += 1) others.add(`other-${index}.example`);
  const passing = others.hashesFor("names", 0).subarray(0, many).filter(isSet);

  expect(passing.length / many).toBeLessThan(0.09);
});
