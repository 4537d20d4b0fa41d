import { type Address, formatAddress, type Prefix, parseAddress } from "./address.ts";
import { failure, quoted } from "./internal/failure.ts";
import type { Result } from "./result.ts";

/**
 * Reads an address prefix such as `192.0.2.0/24` or `2001:db8::/32`. A bare address is its longest prefix.
 * An IPv4-mapped IPv6 prefix of length 96 or more becomes IPv4.
 *
 * Errors: those of `parseAddress`; `net/prefix-length` (a decimal number in range is expected);
 * `net/prefix-host-bits` when bits after the length are set, with the prefix that was probably meant.
 *
 * Source: RFC 4632 §3.1, RFC 4291 §2.3.
 */
export function parsePrefix(text: string): Result<Prefix> {
  const slash = typeof text === "string" ? text.indexOf("/") : -1;
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address.ok) return address;
  const bits = address.value.length * 8;
  if (slash < 0) return { ok: true, value: { address: address.value, length: bits } };
  const lengthText = text.slice(slash + 1);
  const mapped = bits === 32 && text.includes(":");
  const length = /^(?:0|[1-9]\d{0,2})$/.test(lengthText) ? Number(lengthText) - (mapped ? 96 : 0) : -1;
  if (length < 0 || length > bits) {
    return failure(
      "prefix-length",
      `${quoted(lengthText)} is no prefix length for ${quoted(text.slice(0, slash))}`,
      mapped ? "an IPv4-mapped prefix has a length from 96 to 128" : `write a number from 0 to ${bits}`,
      slash + 1,
    );
  }
  const network = networkOf(address.value, length);
  if (network.some((byte, index) => byte !== address.value[index])) {
    return failure(
      "prefix-host-bits",
      `${quoted(text)} has bits set after its length`,
      `write ${formatAddress(network)}/${length} for the block, or ${formatAddress(address.value)}/${bits} for the one address`,
      0,
    );
  }
  return { ok: true, value: { address: network, length } };
}

/** The canonical text of a prefix: `192.0.2.0/24`. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.length}`;
}

/** True when the address is in the prefix; addresses of the other family never are. Cost: at most 16 byte comparisons. */
export function prefixContains(prefix: Prefix, address: Address): boolean {
  if (prefix.address.length !== address.length) return false;
  const whole = prefix.length >> 3;
  for (let index = 0; index < whole; index += 1) if (prefix.address[index] !== address[index]) return false;
  const rest = prefix.length & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((prefix.address[whole] ?? 0) & mask) === ((address[whole] ?? 0) & mask);
}

function networkOf(address: Address, length: number): Address {
  return address.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, length - index * 8));
    return byte & ((0xff << (8 - kept)) & 0xff);
  });
}
