// The digest beside that of the machine, at every length around its blocks.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Sha256, sha256 } from "../src/internal/sha256.ts";

const expected = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const found = (bytes: Uint8Array): string => Buffer.from(sha256(bytes)).toString("hex");

test("every length up to four blocks, at any offset of a buffer", () => {
  for (let length = 0; length < 260; length += 1) {
    const bytes = Uint8Array.from({ length: length + 3 }, (_, index) => index * 7 + length).subarray(3);
    expect(found(bytes)).toBe(expected(bytes));
  }
});

test("no root of a prime is so close to a word's end that rounding could matter", () => {
  // The last bit of such a root is worth less than 2e-5 there; engines may differ in it.
  for (let number = 2; number < 312; number += 1) {
    if (Array.from({ length: number - 2 }, (_, index) => index + 2).some((each) => number % each === 0))
      continue;
    for (const root of [number ** (1 / 3), number ** (1 / 2)]) {
      const part = (root * 2 ** 32) % 1;
      expect(Math.min(part, 1 - part)).toBeGreaterThan(1e-4);
    }
  }
});

test("in pieces of any length", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index * 13);
  for (const piece of [1, 3, 63, 64, 65, 127, 128, 200, 999]) {
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += piece) hash.update(bytes.subarray(at, at + piece));
    expect(Buffer.from(hash.digest()).toString("hex")).toBe(expected(bytes));
  }
});
