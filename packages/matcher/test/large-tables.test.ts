// Tables that are large enough for their fast forms, asked beside the plainest search there is.
import { expect, test } from "vitest";
import { KeyCollector } from "../src/format.ts";
import { encodeKeySet } from "../src/internal/encode-key-set.ts";
import { Chains, encodeRanges, type ListedPrefix } from "../src/internal/encode-ranges.ts";
import { laneA, laneB, stepA, stepB } from "../src/internal/key-hash.ts";
import { findGroup, findGroupOfBytes, listOf } from "../src/internal/key-set.ts";
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
  const prefixes = new Map<string, ListedPrefix>();
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
  const chains = new Chains();
  const kind = size === 4 ? SECTION.prefixes4 : SECTION.prefixes6;
  const encoded = encodeRanges([...prefixes.values()], size, chains);
  const table = readRanges(sectionOf(kind, encoded), kind, size);
  expect(table.direct.length).toBe(65_537);
  if (size === 16) expect(table.chains.length).toBeGreaterThan(0);
  expect(encodeRanges([...prefixes.values()].toReversed(), size, new Chains())).toEqual(encoded);
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
  const bytes = encodeKeySet(collector.keys, (group) => [0, group, 0], "names");
  const set = readKeySet(sectionOf(SECTION.names, bytes), SECTION.names);
  const ask = (text: string): number => {
    let a = laneA(set.seed);
    let b = laneB(set.seed);
    for (let index = text.length - 1; index >= 0; index -= 1) {
      a = stepA(a, text.charCodeAt(index));
      b = stepB(b, text.charCodeAt(index));
    }
    const group = findGroup(set, a, b, text, 0, text.length);
    const latin = Uint8Array.from(text, (each) => each.charCodeAt(0));
    expect(findGroupOfBytes(set, a, b, latin, 0, latin.length)).toBe(group);
    return group < 0 ? -1 : listOf(set, group, 1);
  };
  for (const key of keys) {
    expect(ask(key)).toBe(collector.keys.get(key));
    const other = `${key.slice(1)}x`;
    expect(ask(other)).toBe(collector.keys.get(other) ?? -1);
  }
  const reversed = new Map([...collector.keys].toReversed());
  expect(encodeKeySet(reversed, (group) => [0, group, 0], "names")).toEqual(bytes);
});
