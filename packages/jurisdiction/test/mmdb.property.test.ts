// Good files: the same answers as an unrelated reader. Broken bytes: a result, soon, never a throw.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatAddress } from "@demarc/net";
import * as fc from "fast-check";
import { Reader } from "mmdb-lib";
import { describe, expect, test } from "vitest";
import { openMmdb } from "../src/index.ts";
import { type Value, writeMmdb } from "./write-mmdb.ts";

const byte = fc.integer({ min: 0, max: 255 });
const addressV4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
const addressV6 = fc
  .tuple(fc.constantFrom([0x20, 0x01], [0x2a, 0x00]), fc.uint8Array({ minLength: 14, maxLength: 14 }))
  .map(([head, tail]) => Uint8Array.from([...head, ...tail]));
const prefixOf = (address: Uint8Array, length: number): string => {
  const masked = address.map(
    (each, index) => each & ((0xff << (8 - Math.min(8, Math.max(0, length - index * 8)))) & 0xff),
  );
  return `${formatAddress(masked)}/${length}`;
};
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.boolean(),
    fc.nat(),
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 5 }).filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
    fc.array(tie("value"), { maxLength: 4 }),
  ),
})).value;
const recordsV4 = fc.array(fc.tuple(addressV4, fc.integer({ min: 1, max: 32 }), value), {
  minLength: 1,
  maxLength: 12,
});
const recordsV6 = fc.array(fc.tuple(addressV6, fc.integer({ min: 8, max: 128 }), value), { maxLength: 8 });
const file = fc.record({
  v4: recordsV4,
  v6: recordsV6,
  ipVersion: fc.constantFrom(4 as const, 6 as const),
  recordSize: fc.constantFrom(24 as const, 28 as const, 32 as const),
  pointers: fc.boolean(),
});

function written(made: {
  v4: [Uint8Array, number, Value][];
  v6: [Uint8Array, number, Value][];
  ipVersion: 4 | 6;
  recordSize: 24 | 28 | 32;
  pointers: boolean;
}): Uint8Array {
  const all = made.ipVersion === 4 ? made.v4 : [...made.v4, ...made.v6];
  return writeMmdb(
    Object.fromEntries(all.map(([address, length, each]) => [prefixOf(address, length), each])),
    made,
  );
}

test("the same record and prefix length as mmdb-lib", () => {
  fc.assert(
    fc.property(file, fc.array(addressV4, { maxLength: 10 }), (made, probes) => {
      const bytes = written(made);
      const opened = openMmdb(bytes);
      if (!opened.ok) throw new Error(opened.issue.message);
      const peer = new Reader(Buffer.from(bytes));
      const all = made.ipVersion === 4 ? made.v4 : [...made.v4, ...made.v6];
      for (const address of [...probes, ...all.map(([each]) => each)]) {
        const found = opened.value.lookup(address);
        if (!found.ok) throw new Error(found.issue.message);
        const [theirs, length] = peer.getWithPrefixLength(formatAddress(address)) as [unknown, number];
        expect(found.value?.value ?? null).toEqual(theirs);
        // They count an IPv4 address in an IPv6 tree from bit 96, or from 0 when the tree ends above it.
        if (found.value !== null) expect(Number(found.value.prefix.split("/")[1])).toBe(length);
        if (found.value !== null) expect(opened.value.reach(address)).toBe(found.value.length);
        // Whatever follows the bits that were looked at, the answer is the same.
        const other = address.map((each, at) => (at * 8 >= opened.value.reach(address) ? each ^ 0xff : each));
        const same = opened.value.lookup(other);
        expect(same.ok && same.value?.value).toEqual(found.value?.value);
      }
    }),
    { numRuns: 150 },
  );
});

const probes = [
  new Uint8Array(4),
  new Uint8Array([1, 1, 1, 1]),
  new Uint8Array([255, 255, 255, 255]),
  new Uint8Array(16),
  new Uint8Array([0x20, 0x01, 0x48, 0x60, ...new Uint8Array(12)]),
];

function survives(bytes: Uint8Array): void {
  const start = performance.now();
  const opened = openMmdb(bytes);
  if (opened.ok)
    for (const probe of probes) {
      const found = opened.value.lookup(probe);
      if (!found.ok) expect(found.issue.code).toMatch(/^mmdb\//);
    }
  else expect(opened.issue.code).toMatch(/^mmdb\//);
  expect(performance.now() - start).toBeLessThan(2_000);
}

describe("no bytes throw or hang", () => {
  test("a good file with some bytes changed", () => {
    const edit = fc.record({ at: fc.nat(), to: byte });
    fc.assert(
      fc.property(file, fc.array(edit, { minLength: 1, maxLength: 8 }), (made, edits) => {
        const bytes = written(made);
        for (const { at, to } of edits) bytes[at % bytes.length] = to;
        survives(bytes);
      }),
      { numRuns: 400 },
    );
  });

  test("a good file cut at any place, or with a piece missing", () => {
    fc.assert(
      fc.property(file, fc.nat(), fc.nat({ max: 64 }), (made, at, count) => {
        const bytes = written(made);
        survives(bytes.slice(0, at % bytes.length));
        survives(
          Uint8Array.from([
            ...bytes.slice(0, at % bytes.length),
            ...bytes.slice((at % bytes.length) + count),
          ]),
        );
      }),
      { numRuns: 200 },
    );
  });

  // Real files reach what made ones do not. For long: FUZZ_RUNS=100000 npm test -- packages/jurisdiction/test/mmdb.property
  test("a published file with some bytes changed, looked up and walked", () => {
    const folder = join(import.meta.dirname, "maxmind");
    const files = globSync("{test-data,bad-data/*}/*.mmdb", { cwd: folder })
      .toSorted()
      .map((each) => new Uint8Array(readFileSync(join(folder, each))));
    const edit = fc.record({ at: fc.nat(), fromEnd: fc.boolean(), to: byte });
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        (original, edits) => {
          const bytes = original.slice();
          // Half of the edits near the end, where the metadata is.
          for (const { at, fromEnd, to } of edits)
            bytes[fromEnd ? bytes.length - 1 - (at % 400) : at % bytes.length] = to;
          survives(bytes);
          const opened = openMmdb(bytes);
          if (!opened.ok) return;
          const start = performance.now();
          for (const network of opened.value.networks())
            if (!network.ok) expect(network.issue.code).toBe("mmdb/corrupt");
          expect(performance.now() - start).toBeLessThan(5_000);
        },
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 500) },
    );
  }, 1_000_000);

  test("any bytes, also with a marker before them", () => {
    const marker = [0xab, 0xcd, 0xef, ...new TextEncoder().encode("MaxMind.com")];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (data, metadata) => {
        survives(data);
        survives(Uint8Array.from([...data, ...marker, ...metadata]));
      }),
      { numRuns: 400 },
    );
  });
});
