// Tables that are large enough for their fast forms, asked beside the plainest search there is.
import { expect, test } from "vitest";
import { KeyCollector, PrefixCollector } from "../src/format.ts";
import { encodeKeySet } from "../src/internal/encode-key-set.ts";
import { Chains, encodeRanges } from "../src/internal/encode-ranges.ts";
import { hashStart, hashStep } from "../src/internal/key-hash.ts";
import { findGroup, listOf } from "../src/internal/key-set.ts";
import { findRange } from "../src/internal/range-table.ts";
import { Sections } from "../src/internal/read-sections.ts";
import { readKeySet, readRanges } from "../src/internal/read-tables.ts";
import { SECTION } from "../src/layout.ts";

// A generator with a seed (mulberry32).
let state = 7;
function random(below: number): number {
  state = (state + 0x6d2b_79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below;
}

const sectionOf = (kind: number, bytes: Uint8Array): Sections =>
  new Sections(bytes, new Map([[kind, { offset: 0, length: bytes.length }]]));

test.each([4, 16] as const)("ranges of addresses of %i bytes", (size) => {
  const prefixes = new Map<string, { address: Uint8Array; length: number; list: number }>();
  const depths = size === 4 ? [8, 12, 16, 17, 24, 31, 32] : [16, 20, 32, 40, 48, 49, 64, 127, 128];
  const addressNear = (): Uint8Array => {
    // Few values in most bytes, so that prefixes nest.
    const address = Uint8Array.from({ length: size }, (_, index) =>
      index < 2 ? 64 + random(4) : random(size === 4 ? 48 : 8),
    );
    if (random(4) < 1) address.fill(255, Math.floor(random(size)));
    return address;
  };
  for (let index = 0; index < 20_000; index += 1) {
    const length = depths[Math.floor(random(depths.length))] as number;
    const address = addressNear().map(
      (byte, at) => byte & ((0xff << (8 - Math.min(8, Math.max(0, length - at * 8)))) & 0xff),
    );
    prefixes.set(`${address.join()}/${length}`, { address, length, list: Math.floor(random(50)) });
  }
  const encode = (each: Iterable<{ address: Uint8Array; length: number; list: number }>, into: Chains) => {
    const collector = new PrefixCollector();
    for (const prefix of each) collector.add(prefix, { atom: prefix.list, excluded: false });
    const copied = encodeRanges(collector.table(size), (list) => list[0]?.atom ?? -1, new Chains());
    const encoded = encodeRanges(collector.table(size, "all"), (list) => list[0]?.atom ?? -1, into);
    expect(copied).toEqual(encoded);
    expect([collector.size, collector.postingCount]).toEqual([0, 0]);
    return encoded;
  };
  const chains = new Chains();
  const kind = size === 4 ? SECTION.prefixes4 : SECTION.prefixes6;
  const encoded = encode(prefixes.values(), chains);
  const table = readRanges(sectionOf(kind, encoded), kind, size, Uint32Array.from(chains.words));
  expect(table.direct.length).toBe(65_537);
  if (size === 16) expect(table.startChains.length).toBeGreaterThan(0);
  if (size === 16) expect(table.fine.length).toBeGreaterThan(0);
  expect(encode([...prefixes.values()].toReversed(), new Chains())).toEqual(encoded);
  for (let index = 0; index < 5000; index += 1) {
    const address = addressNear();
    const found: string[] = [];
    for (let chain = findRange(table, address, 0); chain > 0; chain = chains.words[chain * 3 - 1] as number)
      found.push(`${chains.words[chain * 3 - 3]} ${chains.words[chain * 3 - 2]}`);
    const expected = Array.from({ length: size * 8 + 1 }, (_, length) => {
      const key = address.map(
        (byte, at) => byte & ((0xff << (8 - Math.min(8, Math.max(0, length - at * 8)))) & 0xff),
      );
      const prefix = prefixes.get(`${key.join()}/${length}`);
      return prefix === undefined ? [] : [`${length} ${prefix.list}`];
    }).flat();
    expect(found).toEqual(expected.toReversed());
  }
});

test("a key set with many keys and more groups than a slot can name", () => {
  const collector = new KeyCollector();
  const keys: string[] = [];
  for (let index = 0; index < 20_000; index += 1) {
    const key = `${Math.floor(random(36 ** 6)).toString(36)}${index % 97 === 0 ? "-".repeat(60) : ""}.${["com", "example", "test"][index % 3]}`;
    keys.push(key);
    collector.add(key, 1, { atom: index % 700, excluded: false });
  }
  const encode = (collected: KeyCollector): Uint8Array => {
    const keys = collected.take("copies");
    const lists = (group: number): readonly [number, number, number] => [
      0,
      keys.groups[group]?.[1][0]?.atom ?? -1,
      0,
    ];
    const parts = encodeKeySet(
      keys,
      { nameOf: (group) => String(lists(group)[1]).padStart(4, "0"), listsOf: lists },
      "names",
    );
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  };
  const bytes = encode(collector);
  const set = readKeySet(sectionOf(SECTION.names, bytes), SECTION.names);
  const ask = (text: string): number => {
    let hash = hashStart(set.seed);
    for (let index = text.length - 1; index >= 0; index -= 1) {
      hash = hashStep(hash, text.charCodeAt(index));
    }
    set.key.set(Uint8Array.from(text, (each) => each.charCodeAt(0)));
    const group = findGroup(set, hash, 0, text.length);
    return group < 0 ? -1 : listOf(set, group, 1);
  };
  const atoms = new Map(keys.map((key, index) => [key, index % 700]));
  for (const key of keys) {
    expect(ask(key)).toBe(atoms.get(key));
    const other = `${key.slice(1)}x`;
    expect(ask(other)).toBe(atoms.get(other) ?? -1);
  }
  const reversed = new KeyCollector();
  for (const [key, atom] of [...atoms].toReversed()) reversed.add(key, 1, { atom, excluded: false });
  expect(encode(reversed)).toEqual(bytes);
});

test("one more key leaves nearly all bytes of a key set as they are", () => {
  const encode = (count: number): Uint8Array => {
    const keys = new KeyCollector();
    for (let index = 0; index < count; index += 1)
      keys.add(`name-${index * 7919}.example`, 1, { atom: 0, excluded: false });
    const parts = encodeKeySet(keys.take("all"), { nameOf: String, listsOf: () => [0, 1, 0] }, "names");
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  };
  const [before, after] = [encode(20_000), encode(20_001)];
  const pieces = new Set<string>();
  for (let at = 0; at < before.length; at += 8) pieces.add(before.subarray(at, at + 8).join());
  let kept = 0;
  for (let at = 0; at < after.length; at += 1)
    if (pieces.has(after.subarray(at, at + 8).join())) {
      kept += 8;
      at += 7;
    }
  // Slots, records and pieces are; the rows say where they are, and most of those numbers change.
  expect(kept / after.length).toBeGreaterThan(0.9);
});
