// What an address is for: the IANA special-purpose address registries as of 2025-10 (RFC 6890 and its updates).
import { type Address, type Prefix, unmapAddress } from "./address.ts";
import { parsePrefix, prefixContains } from "./prefix.ts";

/** What an address is for; everything but `global` is reachable only in a special place, or nowhere. */
export type AddressKind =
  | "global"
  | "unspecified"
  | "loopback"
  | "private"
  | "shared"
  | "link-local"
  | "multicast"
  | "broadcast"
  | "documentation"
  | "benchmarking"
  | "reserved";

/**
 * What an address is for. An address that carries an IPv4 address (NAT64, 6to4, Teredo) has the kind of that one
 * unless it is global, so that a private address can not hide in a public one.
 *
 * Input: 4 or 16 bytes. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890, 1918, 6598, 3927,
 * 5737, 2544, 4193, 4291, 3849, 9637, 6052, 8215; each entry's own below.
 */
export function addressKind(address: Address): AddressKind {
  const bytes = unmapAddress(address);
  const embedded = embeddedAddress(bytes);
  if (embedded !== null) {
    const kind = addressKind(embedded);
    if (kind !== "global") return kind;
  }
  for (const [prefix, kind] of bytes.length === 4 ? V4_KINDS : V6_KINDS)
    if (prefixContains(prefix, bytes)) return kind;
  // Outside 2000::/3 IANA has allocated nothing for global unicast but the NAT64 prefix above.
  return bytes.length === 16 && ((bytes[0] ?? 0) & 0xe0) !== 0x20 ? "reserved" : "global";
}

/**
 * The IPv4 address that an IPv6 address carries, or null: NAT64 well-known prefix 64:ff9b::/96 (RFC 6052 §2.1), local
 * 64:ff9b:1::/48 with a prefix of 96 bits (RFC 8215), 6to4 2002::/16 (RFC 3056 §2), Teredo 2001::/32 with its client's
 * address inverted (RFC 4380 §4), IPv4-compatible ::/96 (RFC 4291 §2.5.5.1).
 */
export function embeddedAddress(address: Address): Address | null {
  if (address.length !== 16) return null;
  if (prefixContains(NAT64, address)) return address.slice(12);
  if (prefixContains(NAT64_LOCAL, address)) return endsInSuffix(address) ? null : address.slice(12);
  if (prefixContains(SIX_TO_FOUR, address)) return address.slice(2, 6);
  if (prefixContains(TEREDO, address)) return address.slice(12).map((byte) => byte ^ 0xff);
  if (prefixContains(COMPATIBLE, address) && (address[12] !== 0 || address[13] !== 0))
    return address.slice(12);
  return null;
}

// Local prefixes of 48, 56 and 64 bits hold the address further left, at a place that only their operator knows, and end in
// at least 24 zero bits (RFC 6052 §2.2). With one of 96 bits such an address would be that of a whole network.
function endsInSuffix(address: Address): boolean {
  return address[13] === 0 && address[14] === 0 && address[15] === 0;
}

function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new TypeError(parsed.issue.message);
  return parsed.value;
}

const NAT64 = prefix("64:ff9b::/96");
const NAT64_LOCAL = prefix("64:ff9b:1::/48");
const SIX_TO_FOUR = prefix("2002::/16");
const TEREDO = prefix("2001::/32");
const COMPATIBLE = prefix("::/96");

// More specific entries first; the first that contains the address decides.
// The numbers behind them: RFC 791, 1122 (0/8, 127/8, 240/4), 1918, 6598, 3927, 7723 and 8155 (the two globals in
// 192.0.0.0/24), 6890, 5737, 7526 (192.88.99.0/24), 2544, 5771 (224/4), 919.
const V4_KINDS: readonly (readonly [Prefix, AddressKind])[] = (
  [
    ["0.0.0.0/32", "unspecified"],
    ["0.0.0.0/8", "reserved"],
    ["10.0.0.0/8", "private"],
    ["100.64.0.0/10", "shared"],
    ["127.0.0.0/8", "loopback"],
    ["169.254.0.0/16", "link-local"],
    ["172.16.0.0/12", "private"],
    ["192.0.0.9/32", "global"],
    ["192.0.0.10/32", "global"],
    ["192.0.0.0/24", "reserved"],
    ["192.0.2.0/24", "documentation"],
    ["192.88.99.0/24", "reserved"],
    ["192.168.0.0/16", "private"],
    ["198.18.0.0/15", "benchmarking"],
    ["198.51.100.0/24", "documentation"],
    ["203.0.113.0/24", "documentation"],
    ["224.0.0.0/4", "multicast"],
    ["255.255.255.255/32", "broadcast"],
    ["240.0.0.0/4", "reserved"],
  ] as const
).map(([text, kind]) => [prefix(text), kind]);

// RFC 4291, 6052, 8215, 6666, 9780, 7723, 8155, 9665, 5180, 7450, 7535, 7343, 9374, 3849, 4380, 2928, 3056, 9637,
// 9602, 4193, 3879 (fec0::/10).
const V6_KINDS: readonly (readonly [Prefix, AddressKind])[] = (
  [
    ["::/128", "unspecified"],
    ["::1/128", "loopback"],
    ["64:ff9b::/96", "global"],
    ["64:ff9b:1::/48", "private"],
    ["100::/64", "reserved"],
    ["100:0:0:1::/64", "reserved"],
    ["2001:1::1/128", "global"],
    ["2001:1::2/128", "global"],
    ["2001:1::3/128", "global"],
    ["2001:2::/48", "benchmarking"],
    ["2001:3::/32", "global"],
    ["2001:4:112::/48", "global"],
    ["2001:20::/28", "global"],
    ["2001:30::/28", "global"],
    ["2001:db8::/32", "documentation"],
    ["2001::/32", "global"],
    ["2001::/23", "reserved"],
    ["2002::/16", "global"],
    ["3fff::/20", "documentation"],
    ["5f00::/16", "reserved"],
    ["fc00::/7", "private"],
    ["fe80::/10", "link-local"],
    ["fec0::/10", "private"],
    ["ff00::/8", "multicast"],
  ] as const
).map(([text, kind]) => [prefix(text), kind]);
