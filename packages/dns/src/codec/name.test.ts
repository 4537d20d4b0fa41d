import { describe, expect, it } from "vitest";
import { ByteWriter } from "./byte-writer.ts";
import { readName } from "./name.ts";

const bytes = (...parts: (number | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part)])));

describe("readName", () => {
  it.each<readonly [string, Uint8Array, number, string]>([
    ["keeps case", bytes(3, "WwW", 7, "ExAmPlE", 0), 0, "WwW.ExAmPlE"],
    ["the root", bytes(0), 0, "."],
    [
      "escapes dots, backslashes and bytes",
      bytes(4, "a.b", 0x5c, 2, 0, 0xff, 0),
      0,
      String.raw`a\.b\\.\000\255`,
    ],
    ["follows a prior pointer", bytes(1, "a", 0, 1, "b", 0xc0, 0), 3, "b.a"],
  ])("%s", (_why, wire, offset, expected) => {
    const read = readName(wire, offset);
    expect(read.ok && read.value.name).toBe(expected);
  });

  it.each<readonly [string, Uint8Array, number, string]>([
    ["a pointer to itself", bytes(0xc0, 0), 0, "dns/pointer-forward"],
    ["a pointer into its own name", bytes(1, "a", 0xc0, 0), 0, "dns/pointer-forward"],
    ["a forward pointer", bytes(0xc0, 2, 0), 0, "dns/pointer-forward"],
    ["two pointers at each other", bytes(0xc0, 2, 0xc0, 0), 2, "dns/pointer-forward"],
    ["a reserved label type", bytes(0x40, 0), 0, "dns/label-type"],
    ["a label cut off", bytes(5, "ab"), 0, "dns/name-overrun"],
    ["no end", bytes(1, "a"), 0, "dns/name-overrun"],
    [
      "over 255 bytes",
      bytes(...Array.from({ length: 130 }, () => [1, "a"]).flat(), 0),
      0,
      "dns/name-too-long",
    ],
  ])("refuses %s", (_why, wire, offset, code) => {
    const read = readName(wire, offset);
    expect(read.ok ? "ok" : read.issue.code).toBe(code);
  });

  it("gives up on a long chain of pointers", () => {
    const wire = new Uint8Array(2_002);
    for (let at = 1; at < 2_000; at += 2) wire.set([0xc0 | ((at - 2) >> 8), (at - 2) & 255], at);
    wire.set([0xc0, 0], 1);
    expect(readName(wire, 1_999).ok).toBe(false);
  });
});

it.each([
  "",
  "a..b",
  ".a",
  "a.",
  `${"a".repeat(64)}.b`,
  "\u0100",
  String.raw`\256`,
  "a\\",
  Array(129).fill("a").join("."),
])("ByteWriter.name refuses `%s`", (name) => {
  expect(new ByteWriter().name(name, true)).toBeGreaterThanOrEqual(0);
  expect(new ByteWriter().name(name, false)).toBeGreaterThanOrEqual(0);
});
