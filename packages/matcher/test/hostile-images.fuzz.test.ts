// Bytes that somebody else made: opening never throws and never hangs, and what opens answers every request.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeImage } from "../src/format.ts";
import { decide, explain, openImage } from "../src/index.ts";
import { sha256Bytes } from "../src/internal/digest.ts";
import * as HEADER from "../src/layout/header.ts";
import { SECTION_COUNT } from "../src/layout.ts";
import { parts, requests } from "./support/parts.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2000);
const { bytes: good } = encodeImage(parts);
const HEADER_BYTES = HEADER.table + SECTION_COUNT * HEADER.tableEntryBytes;

// Gives changed content the digest that it has, so that the checks behind the digest are reached.
function sealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length >= 48) bytes.set(sha256Bytes(bytes.subarray(48)), 16);
  return bytes;
}

function survives(bytes: Uint8Array): boolean {
  const opened = openImage(bytes);
  if (!opened.ok) {
    expect(opened.issue.code).toMatch(/^image\/[a-z-]+$/);
    expect(opened.issue.message).not.toBe("");
    return false;
  }
  // Every record can be told, and what it says be written down.
  expect(JSON.stringify(opened.value.rules).length).toBeGreaterThan(0);
  for (const request of requests) {
    const decision = decide(opened.value, request);
    expect(["pass", "refuse"]).toContain(decision.verdict);
    expect(explain(opened.value, request).decision).toEqual(decision);
  }
  return true;
}

const flips = fc.array(fc.record({ at: fc.nat(good.length - 1), bit: fc.nat(7) }), {
  minLength: 1,
  maxLength: 4,
});
function flipped(changes: readonly { at: number; bit: number }[]): Uint8Array {
  const bytes = good.slice();
  for (const { at, bit } of changes) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return bytes;
}

describe("hostile images", () => {
  test("the image that is damaged below opens", () => expect(survives(good)).toBe(true));

  test("every truncation is refused, sealed again or not", () => {
    for (let length = 0; length < good.length; length += 1) {
      expect(openImage(good.slice(0, length)).ok).toBe(false);
      if (length % 7 === 0) survives(sealed(good.slice(0, length)));
    }
  });

  test("every changed byte is noticed", () => {
    for (let at = 0; at < good.length; at += 1)
      expect(openImage(flipped([{ at, bit: at % 8 }])).ok).toBe(false);
  });

  test("flipped bits under a right digest", { timeout: 20_000 + numRuns * 5 }, () => {
    let opened = 0;
    fc.assert(
      fc.property(flips, (changes) => {
        if (survives(sealed(flipped(changes)))) opened += 1;
      }),
      { numRuns },
    );
    // Else the decisions behind damaged images would go untested.
    expect(opened).toBeGreaterThan(0);
  });

  test("words replaced by extreme numbers under a right digest", { timeout: 20_000 + numRuns * 5 }, () => {
    const words = fc.array(
      fc.record({
        at: fc.nat(Math.floor(good.length / 4) - 13).map((word) => 48 + word * 4),
        value: fc.constantFrom(
          0,
          1,
          2,
          3,
          7,
          8,
          64,
          255,
          0xffff,
          0x7fff_ffff,
          0x8000_0000,
          0xffff_fff8,
          0xffff_ffff,
        ),
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(words, (changes) => {
        const bytes = good.slice();
        const view = new DataView(bytes.buffer);
        for (const { at, value } of changes) if (at + 4 <= bytes.length) view.setUint32(at, value, true);
        survives(sealed(bytes));
      }),
      { numRuns },
    );
  });

  test("random bytes, behind a right header or none", { timeout: 20_000 + numRuns * 5 }, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (tail, withHeader) => {
        const bytes = new Uint8Array((withHeader ? HEADER_BYTES : 0) + tail.length);
        if (withHeader) bytes.set(good.subarray(0, HEADER_BYTES));
        bytes.set(tail, withHeader ? HEADER_BYTES : 0);
        survives(sealed(bytes));
      }),
      { numRuns },
    );
  });

  test("what is no Uint8Array", () => {
    for (const value of [null, undefined, "DMRCIMG", 7, {}, [68, 77], new ArrayBuffer(64)]) {
      const opened = openImage(value as Uint8Array);
      expect(opened.ok ? null : opened.issue.code).toBe("image/not-bytes");
    }
  });

  test("an image at an odd offset of a larger buffer", () => {
    const buffer = new Uint8Array(good.length + 3);
    buffer.set(good, 3);
    expect(survives(buffer.subarray(3))).toBe(true);
  });
});
