import { describe, expect, test } from "vitest";
import { parseAddress } from "./address.ts";
import { formatPrefix, parsePrefix, prefixContains } from "./prefix.ts";

const prefix = (text: string) => {
  const parsed = parsePrefix(text);
  return parsed.ok ? formatPrefix(parsed.value) : parsed.issue.code;
};

const contains = (block: string, address: string) => {
  const [a, b] = [parsePrefix(block), parseAddress(address)];
  if (!a.ok || !b.ok) throw new Error("a broken example");
  return prefixContains(a.value, b.value);
};

describe("parsePrefix", () => {
  test.each([
    ["192.0.2.0/24", "192.0.2.0/24", "as written"],
    ["0.0.0.0/0", "0.0.0.0/0", "everything"],
    ["192.0.2.1", "192.0.2.1/32", "a bare address is its longest prefix"],
    ["2001:DB8::/32", "2001:db8::/32", "canonical text"],
    ["2001:db8::1", "2001:db8::1/128", "a bare address is its longest prefix"],
    ["::ffff:192.0.2.0/120", "192.0.2.0/24", "IPv4-mapped is IPv4"],
    ["::ffff:192.0.2.0/24", "net/prefix-length", "an IPv4-mapped prefix counts 128 bits"],
    ["192.0.2.0/33", "net/prefix-length", "too long"],
    ["2001:db8::/129", "net/prefix-length", "too long"],
    ["192.0.2.0/", "net/prefix-length", "no number"],
    ["192.0.2.0/024", "net/prefix-length", "a leading zero"],
    ["192.0.2.0/-1", "net/prefix-length", "a sign"],
    ["192.0.2.0/24/8", "net/prefix-length", "two lengths"],
    ["192.0.2.0/255.255.255.0", "net/prefix-length", "a netmask"],
    ["192.0.2.1/24", "net/prefix-host-bits", "bits after the length"],
    ["2001:db8::1/32", "net/prefix-host-bits", "bits after the length"],
    ["192.0.2/24", "net/address-short", "a short address"],
    ["/24", "net/address-empty", "no address"],
  ])("%s -> %s: %s", (text, expected) => expect(prefix(text)).toBe(expected));

  test("host bits: the help names the block and the one address", () => {
    const parsed = parsePrefix("192.0.2.77/26");
    expect(parsed.ok ? "" : parsed.issue.help).toBe(
      "write 192.0.2.64/26 for the block, or 192.0.2.77/32 for the one address",
    );
  });
});

describe("prefixContains", () => {
  test.each([
    ["192.0.2.0/25", "192.0.2.127", true],
    ["192.0.2.0/25", "192.0.2.128", false],
    ["192.0.2.0/31", "192.0.2.1", true],
    ["0.0.0.0/0", "203.0.113.9", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["::/0", "192.0.2.1", false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["2001:db8::1/128", "2001:db8::1", true],
  ])("%s and %s: %s", (block, address, expected) => expect(contains(block, address)).toBe(expected));
});
