import { describe, expect, test } from "vitest";
import vectors from "../test/vectors/addresses.json" with { type: "json" };
import { formatAddress, parseAddress, readAddress, unmapAddress } from "./address.ts";

describe("parseAddress and formatAddress", () => {
  const buffer = new Uint8Array(20).fill(7);

  test.each(vectors)("$text is read into a buffer likewise", ({ text }) => {
    const address = parseAddress(text);
    const length = readAddress(text, buffer);
    expect([...buffer.subarray(0, length)]).toEqual(address.ok ? [...address.value] : []);
    expect([...buffer.subarray(16)]).toEqual([7, 7, 7, 7]);
  });

  test.each(vectors)("$text: $why", ({ text, value, code }) => {
    const address = parseAddress(text);
    expect(address.ok ? formatAddress(address.value) : address.issue.code).toBe(value ?? code);
  });

  test("bytes are in network order", () => {
    expect(parseAddress("192.0.2.1")).toEqual({ ok: true, value: Uint8Array.of(192, 0, 2, 1) });
    const v6 = parseAddress("2001:db8::ff");
    expect(v6.ok && [...v6.value]).toEqual([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff]);
  });

  test("formatAddress refuses other lengths, a fault of the caller", () => {
    expect(() => formatAddress(new Uint8Array(5))).toThrow(RangeError);
  });
});

test("unmapAddress gives IPv4 for the form that dual-stack sockets show, and nothing else", () => {
  const mapped = new Uint8Array(16);
  mapped.set([0xff, 0xff, 192, 0, 2, 1], 10);
  expect([...unmapAddress(mapped)]).toEqual([192, 0, 2, 1]);
  mapped[0] = 1;
  expect(unmapAddress(mapped)).toBe(mapped);
});
