import { describe, expect, test } from "vitest";
import vectors from "../test/vectors/kinds.json" with { type: "json" };
import { type Address, formatAddress, parseAddress } from "./address.ts";
import { addressKind, embeddedAddress } from "./address-kind.ts";

const bytes = (text: string): Address => {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(address.issue.message);
  return address.value;
};

describe("addressKind", () => {
  test.each(vectors)("$address is $kind: $why", ({ address, kind }) => {
    expect(addressKind(bytes(address))).toBe(kind);
  });

  test("the IPv4-mapped form of a socket is judged as IPv4", () => {
    const mapped = new Uint8Array(16);
    mapped.set([0xff, 0xff, 10, 0, 0, 1], 10);
    expect(addressKind(mapped)).toBe("private");
  });
});

describe("embeddedAddress", () => {
  test.each([
    ["64:ff9b::192.0.2.33", "192.0.2.33", "RFC 6052 2.4"],
    ["64:ff9b:1::192.0.2.33", "192.0.2.33", "RFC 8215"],
    ["2002:c000:221::1", "192.0.2.33", "RFC 3056"],
    ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "192.0.2.45", "RFC 4380: inverted"],
    ["::192.0.2.33", "192.0.2.33", "RFC 4291 2.5.5.1"],
    ["::1", null, "loopback carries nothing"],
    ["2001:db8::c000:221", null, "the last bits mean nothing elsewhere"],
    ["192.0.2.33", null, "IPv4 carries nothing"],
  ])("%s carries %s: %s", (text: string, expected: string | null, _why: string) => {
    const carried = embeddedAddress(bytes(text));
    expect(carried && formatAddress(carried)).toBe(expected);
  });
});
