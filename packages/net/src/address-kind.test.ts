import { describe, expect, test } from "vitest";
import carrying from "../test/vectors/embedded.json" with { type: "json" };
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
  test.each(carrying)("$address carries $carries: $why", ({ address, carries }) => {
    const carried = embeddedAddress(bytes(address));
    expect(carried && formatAddress(carried)).toBe(carries);
  });
});
