// Binary lists. The bytes of the vectors were made with another encoder (protobufjs), from the public schema.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ListEntry, type ListFormat, readList, streamList } from "../src/index.ts";
import { shortReading } from "./notation.ts";
import vectors from "./vectors/dat.json" with { type: "json" };

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const FORMATS = ["geosite-dat", "geoip-dat"] as const;

// What a program sees that is given the file in pieces of one size.
function inPieces(format: ListFormat, bytes: Uint8Array, code: string, size: number) {
  const entries: ListEntry[] = [];
  const offsets: (number | undefined)[] = [];
  const stream = streamList(
    format,
    {
      onEntry: (entry) => void entries.push(entry),
      onDiagnostic: ({ offset }) => void offsets.push(offset),
    },
    { code },
  );
  for (let from = 0; from < bytes.length; from += size) stream.push(bytes.subarray(from, from + size));
  return { entries, offsets, counts: stream.end() };
}

describe.each(FORMATS)("%s", (format) => {
  const own = vectors.filter((vector) => vector.format === format);

  test.each(own)("$why", ({ hex, code, entries = [], diagnostics = [] }) => {
    const reading = readList(format, bytesOf(hex), code === undefined ? {} : { code });
    expect(shortReading(reading).entries).toEqual(entries);
    expect(reading.diagnostics.map((each) => `${each.code} @${each.offset}`)).toEqual(diagnostics);
  });

  test("any cut of the file into pieces reads the same", () => {
    for (const { hex, code = "" } of own) {
      const bytes = bytesOf(hex);
      const whole = inPieces(format, bytes, code, Math.max(1, bytes.length));
      for (const size of [1, 2, 3, 7, 19]) expect(inPieces(format, bytes, code, size)).toEqual(whole);
    }
  });

  test("damaged and random bytes do no harm, and every item is counted", () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...own.map(({ hex }) => bytesOf(hex))),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
        fc.nat(200),
      )
      .map(([bytes, edits, length]) => {
        const copy = bytes.slice(0, length);
        for (const [at, value] of edits) if (at < copy.length) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(
        fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })),
        fc.integer({ min: 1, max: 40 }),
        (bytes, size) => {
          const { counts, offsets } = inPieces(format, bytes, "demo", size);
          expect(counts.accepted + counts.refused + counts.ignored).toBe(counts.lines);
          for (const offset of offsets) expect(offset).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 2000) },
    );
  });

  test("an item that says it is huge is passed over without being held", () => {
    // A list of one item of 70,000 bytes, then the list that is asked for.
    const item = [0x12, 0xf0, 0xa2, 0x04];
    const list = [0x0a, 0x03, 0x42, 0x49, 0x47, ...item];
    const head = [0x0a, ...varint(list.length + 70_000), ...list];
    const bytes = new Uint8Array(head.length + 70_000);
    bytes.set(head);
    const { counts } = inPieces(format, bytes, "big", 4096);
    expect(counts).toMatchObject({ lines: 1, refused: 1, countByCode: { "lists/dat-item": 1 } });
  });
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
