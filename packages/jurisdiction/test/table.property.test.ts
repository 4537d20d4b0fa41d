// The table against the plainest reading of its input: the longest prefix around an address, the later of two equal ones.
import {
  type Address,
  formatAddress,
  type Prefix,
  parseAddress,
  parsePrefix,
  prefixContains,
} from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { masked } from "../src/evidence.ts";
import { compileTable, openTable, type TableEntry } from "../src/index.ts";
import { blockLength, blockLength32, blockLength64, decremented } from "../src/table/block-length.ts";
import { readWords, words } from "../src/table/parse-words.ts";

const TERRITORIES = ["DE", "FR", "AT", "CH", "x-it-campione"];
const record = (at: number): TableEntry["record"] => ({
  kind: "location",
  territory: TERRITORIES[at] ?? null,
  region: null,
  caveats: at === 4 ? ["relay", "hosting"] : [],
});
// Few bits differ, so that prefixes nest and touch.
const bytesV4 = fc.tuple(
  fc.constantFrom(9, 10, 255),
  fc.constantFrom(0, 1, 255),
  fc.constantFrom(0, 128),
  fc.nat(255),
);
const bytesV6 = fc
  .tuple(
    // Inside of 2000::/3, at its edges and outside: the index has slots for each.
    fc.constantFrom(0x1f, 0x20, 0x2a, 0x3f, 0x40, 0xff, 0),
    fc.constantFrom(0, 1, 255),
    fc.constantFrom(0, 0x10, 0x1f, 255),
    fc.constantFrom(0, 255),
    fc.constantFrom(0, 1, 255),
    fc.nat(3),
  )
  .map(([a, b, x, c, d, e]) => [a, b, x, c, 0, 0, d, e, e, 0, 0, d, 0, 0, 0, e]);
const address = fc.oneof(bytesV4, bytesV6).map((bytes) => Uint8Array.from(bytes));
const entry = fc
  .tuple(address, fc.nat(128), fc.nat(TERRITORIES.length - 1))
  .map(([bytes, length, at]): TableEntry => {
    const bits = Math.min(length, bytes.length * 8);
    return { prefix: { address: masked(bytes, bits), length: bits }, record: record(at) };
  });

function expected(entries: readonly TableEntry[], at: Address): TableEntry | null {
  let found: TableEntry | null = null;
  for (const each of entries)
    if (prefixContains(each.prefix, at) && each.prefix.length >= (found?.prefix.length ?? 0)) found = each;
  return found;
}

const opened = (entries: readonly TableEntry[], merge = false) => {
  const table = openTable(compileTable({ source: "test", dataDate: "2026-11-01", entries, merge }));
  if (!table.ok) throw new Error(table.issue.message);
  return table.value;
};
// The first and last addresses of every prefix, and their neighbours.
const edges = ({ address: first, length }: Prefix): Address[] => {
  const last = first.map((byte, at) => byte | (0xff >> Math.min(8, Math.max(0, length - at * 8))));
  const stepped = (from: Address, by: number): Address => {
    const result = Uint8Array.from(from);
    for (let at = result.length - 1; at >= 0; at -= 1) {
      const sum = (result[at] as number) + by;
      result[at] = sum;
      if (sum >= 0 && sum <= 255) break;
    }
    return result;
  };
  return [first, last, stepped(first, -1), stepped(last, 1)];
};
const mapped = (at: Address): boolean => at.length === 16 && formatAddress(at).startsWith("::ffff:");

test("how far an answer reaches is the same by words as by lists of them", () => {
  const word = fc.oneof(fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff), fc.nat(0xffff_ffff));
  fc.assert(
    fc.property(word, word, word, word, word, word, (a, b, c, d, e, f) => {
      const [start = 0, value = 0, after = 0] = [a, b, c].toSorted((x, y) => x - y);
      if (value < after)
        expect(blockLength32(value, start, after)).toBe(blockLength([value], decremented([start]), [after]));
      expect(blockLength32(value, start, -1)).toBe(blockLength([value], decremented([start]), null));
      const [low, middle, high] = [[a, d] as const, [b, e] as const, [c, f] as const].toSorted(
        (x, y) => x[0] - y[0] || x[1] - y[1],
      ) as [[number, number], [number, number], [number, number]];
      expect(blockLength64(...middle, ...low, -1, 0)).toBe(blockLength(middle, decremented(low), null));
      if (middle[0] !== high[0] || middle[1] !== high[1])
        expect(blockLength64(...middle, ...low, ...high)).toBe(blockLength(middle, decremented(low), high));
    }),
  );
});

describe.each([false, true])("merge %s", (merge) => {
  test("the record of the longest prefix, and that prefix", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 25 }),
        fc.array(address, { maxLength: 10 }),
        (entries, more) => {
          const table = opened(entries, merge);
          for (const at of [...more, ...entries.flatMap((each) => edges(each.prefix))].filter(
            (each) => !mapped(each),
          )) {
            const right = expected(entries, at);
            const found = table.lookup(formatAddress(at));
            if (!found.ok) throw new Error(found.issue.message);
            expect(found.value?.record.territory, formatAddress(at)).toBe(right?.record.territory);
            expect(table.recordOf(formatAddress(at))).toBe(found.value?.record ?? null);
            expect(table.recordOfAddress(at)).toBe(found.value?.record ?? null);
            const answer = table.find(at);
            if (!answer.ok) throw new Error(answer.issue.message);
            // Everything in the block that the answer reaches over gets the same.
            const block = { address: masked(at, answer.value.length), length: answer.value.length };
            for (const other of edges(block).slice(0, 2))
              expect(expected(entries, other)?.record.territory).toBe(right?.record.territory);
            if (right === null || found.value === null) continue;
            const prefix = parsePrefix(found.value.prefix);
            if (!prefix.ok) throw new Error(found.value.prefix);
            expect(found.value.length).toBe(prefix.value.length);
            if (!merge) expect(prefix.value).toEqual(right.prefix);
            else
              for (const other of edges(prefix.value).slice(0, 2))
                expect(expected(entries, other)?.record.territory).toBe(right.record.territory);
          }
        },
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 300) },
    );
  });
});

test("equal input gives equal bytes, and the digest holds", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
      const one = compileTable({ source: "a", dataDate: "unknown", entries });
      expect(one).toEqual(compileTable({ source: "a", dataDate: "unknown", entries }));
      expect(opened(entries).verify()).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("texts are read as parseAddress reads them, and no others", () => {
  const texts = fc.oneof(
    address.map(formatAddress),
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4().map((text) => `::ffff:${text}`),
    fc.ipV4().map((text) => `64:ff9b::${text}`),
    fc.stringMatching(/^[0-9a-fA-F:.]{0,24}$/),
    fc.stringMatching(/^[0-9]{1,4}(?:\.[0-9]{1,4}){2,4}$/),
    fc.stringMatching(/^(?:[0-9a-f]{0,4}:){2,9}[0-9a-f]{0,5}$/),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const right = parseAddress(text);
      const family = readWords(text);
      expect(family !== 0, text).toBe(right.ok);
      if (!right.ok) return;
      expect(family, text).toBe(right.value.length === 4 ? 4 : 6);
      const bytes = new Uint8Array(right.value.length).map(
        (_, at) => (words[at >> 2] as number) >>> (24 - (at & 3) * 8),
      );
      expect(bytes, text).toEqual(right.value);
    }),
    { numRuns: 5_000 },
  );
});

describe("hostile bytes are refused", () => {
  const good = compileTable({
    source: "test",
    dataDate: "2026-11-01",
    entries: [
      { prefix: { address: Uint8Array.of(9, 0, 0, 0), length: 8 }, record: record(0) },
      { prefix: { address: Uint8Array.of(9, 1, 0, 0), length: 16 }, record: record(4) },
      { prefix: { address: Uint8Array.of(32, ...new Uint8Array(15)), length: 16 }, record: record(1) },
      { prefix: { address: Uint8Array.of(32, ...new Uint8Array(14), 1), length: 128 }, record: record(2) },
    ],
  });
  const sealed = (bytes: Uint8Array): Uint8Array => {
    // A checksum that holds, as who forges a table would make it.
    const words32 = new Uint32Array(bytes.buffer, bytes.byteOffset + 20, (bytes.length - 20) >> 2);
    let hash = 0x811c9dc5;
    for (const word of words32) hash = Math.imul(hash ^ word, 0x01000193);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, hash >>> 0, true);
    return bytes;
  };

  test("cut anywhere, or longer", () => {
    for (let length = 0; length < good.length; length += 1)
      expect(openTable(good.slice(0, length))).toMatchObject({
        ok: false,
        issue: { code: expect.stringMatching(/^table\//) },
      });
    expect(openTable(Uint8Array.of(...good, 0, 0, 0, 0)).ok).toBe(false);
  });

  test("one bit changed", () => {
    for (let at = 0; at < good.length; at += 1) {
      const bytes = good.slice();
      bytes[at] = (bytes[at] as number) ^ (1 << (at & 7));
      expect(openTable(bytes).ok, `byte ${at}`).toBe(false);
    }
  });

  test("changed and sealed again: refused, or an answer from its own records", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 53), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (edits) => {
          const bytes = good.slice();
          for (const [at, to] of edits) bytes[52 + at] = to;
          const table = openTable(sealed(bytes));
          if (!table.ok) {
            expect(table.issue.code).toMatch(/^table\//);
            return;
          }
          for (const text of ["9.1.2.3", "255.255.255.255", "0.0.0.0", "2000::1", "2000::", "ffff::", "::"]) {
            const found = table.value.lookup(text);
            expect(found.ok).toBe(true);
            if (found.ok && found.value !== null) {
              expect(table.value.records).toContain(found.value.record);
              expect(parsePrefix(found.value.prefix).ok).toBe(true);
            }
            const at = parseAddress(text);
            if (at.ok) expect(table.value.find(at.value).ok).toBe(true);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("an unaligned view and shared memory are fine", () => {
    const larger = new Uint8Array(good.length + 1);
    larger.set(good, 1);
    const shared = new Uint8Array(new SharedArrayBuffer(good.length));
    shared.set(good);
    for (const bytes of [larger.subarray(1), shared]) {
      const table = openTable(bytes);
      if (!table.ok) throw new Error(table.issue.message);
      expect(table.value.lookup("9.1.2.3")).toMatchObject({ value: { prefix: "9.1.0.0/16" } });
    }
  });
});
