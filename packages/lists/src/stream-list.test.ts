import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "../test/vectors/lines.json" with { type: "json" };
import {
  LIST_FORMATS,
  type ListEntry,
  type ListFormat,
  MAX_LINE_CHARS,
  readList,
  streamList,
} from "./index.ts";

// A list in pieces, and the list as a whole, say the same.
function inPieces(format: ListFormat, pieces: readonly (string | Uint8Array)[]) {
  const entries: ListEntry[] = [];
  const exceptions: ListEntry[] = [];
  let diagnosed = 0;
  const stream = streamList(format, {
    onEntry: (entry) => void entries.push(entry),
    onException: (entry) => void exceptions.push(entry),
    onDiagnostic: () => {
      diagnosed += 1;
    },
  });
  for (const piece of pieces) stream.push(piece);
  const counts = stream.end();
  return { entries, exceptions, diagnosed, counts };
}

describe("streamList", () => {
  test("cut anywhere, bytes or text, it reads what `readList` reads", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vectors),
        fc.array(fc.nat(300), { maxLength: 8 }),
        ({ format, text }, cuts) => {
          const whole = readList(format as ListFormat, text);
          const bytes = new TextEncoder().encode(text);
          const places = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b)];
          const pieces = places.map((from, index) => bytes.subarray(from, places[index + 1] ?? bytes.length));
          const read = inPieces(format as ListFormat, pieces);
          expect(unique(read.entries)).toEqual(whole.entries);
          expect(unique(read.exceptions)).toEqual(whole.exceptions);
          expect(read.diagnosed).toBe(whole.diagnosticCount);
          const { lines, accepted, refused, ignored, countByCode } = read.counts;
          expect([lines, accepted, refused]).toEqual([
            whole.lineCount,
            whole.acceptedLines,
            whole.refusedLines,
          ]);
          expect(accepted + refused + ignored).toBe(lines);
          expect(countByCode).toEqual(whole.countByCode);
          expect(inPieces(format as ListFormat, [...text]).counts).toEqual(read.counts);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("lines are counted by what became of them", () => {
    const { counts } = inPieces("domains", ["# c\n\na.example\na..b\n", "b.exam", "ple"]);
    expect(counts).toEqual({
      lines: 5,
      accepted: 2,
      refused: 1,
      ignored: 2,
      countByCode: { "net/name-label-empty": 1 },
    });
  });

  test.each(LIST_FORMATS)("%s: any bytes are read, in small pieces, to the end", (format) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (pieces) => {
        const { lines, accepted, refused, ignored } = inPieces(format, pieces).counts;
        expect(accepted + refused + ignored).toBe(lines);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["NUL", "a\0b.example"],
    ["a lone CR", "a.example\rb.example"],
    ["bytes that are no UTF-8", new Uint8Array([0x61, 0xff, 0xfe, 0x2e, 0x62])],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x61, 0, 0x2e, 0, 0x62, 0])],
  ])("%s is refused and the next line read", (_what, garbage) => {
    const { entries, counts } = inPieces("domains", [garbage, "\r\nok.example\r\n"]);
    expect(entries.map((entry) => entry.value)).toEqual(["ok.example"]);
    expect(counts).toMatchObject({ lines: 2, accepted: 1, refused: 1 });
  });

  test("a line without end is held in part only", () => {
    const piece = "a".repeat(65_536);
    const stream = streamList("hosts", { onDiagnostic: (each) => void diagnosed.push(each.message) });
    const diagnosed: string[] = [];
    for (let count = 0; count < 1024; count += 1) stream.push(piece);
    expect(stream.end()).toMatchObject({ lines: 1, refused: 1 });
    expect(diagnosed).toEqual([
      `a line has ${MAX_LINE_CHARS} characters at most; this one has ${65_536 * 1024}`,
    ]);
  });

  test("progress is told after each piece, and `end` twice is `end`", () => {
    const seen: [number, number][] = [];
    const stream = streamList("domains", { onProgress: ({ size, lines }) => void seen.push([size, lines]) });
    stream.push("a.example\nb");
    stream.push(".example\n");
    const counts = stream.end();
    stream.push("c.example\n");
    expect(seen).toEqual([
      [11, 1],
      [20, 2],
    ]);
    expect(stream.end()).toBe(counts);
  });
});

function unique(list: readonly ListEntry[]): ListEntry[] {
  return [...new Map(list.map((entry) => [JSON.stringify(entry), entry])).values()];
}
