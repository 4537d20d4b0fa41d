// IP addresses as bytes in network order, with strict text forms. Read prefix.ts and address-kind.ts next.
import { failure, quoted } from "./internal/failure.ts";
import type { Result } from "./result.ts";

/**
 * An IP address as bytes in network order: 4 bytes for IPv4, 16 for IPv6.
 * IPv4-mapped IPv6 (`::ffff:0:0/96`, RFC 4291 §2.5.5.2) is always held as IPv4.
 */
export type Address = Uint8Array;

/** A block of addresses: the first `length` bits of `address`; all bits after them are zero. */
export interface Prefix {
  readonly address: Address;
  /** 0–32 for a 4-byte address, 0–128 for a 16-byte one. */
  readonly length: number;
}

/**
 * Reads an IPv4 or IPv6 address in text form, strictly: no leading zeros, no short or hexadecimal IPv4, no zone, no
 * prefix length, no brackets. IPv4-mapped IPv6 becomes IPv4.
 *
 * Errors: `net/address-empty`, `net/address-too-long`, `net/address-prefix`, `net/address-zone`, `net/address-v6`;
 * for IPv4 `net/address-leading-zero` (`010.0.0.1`), `net/address-short` (`127.1`, `2130706433`), `net/address-hex`
 * (`0x7f.0.0.1`), `net/address-range` (a number over 255), `net/address-v4` for everything else.
 *
 * Source: RFC 3986 §3.2.2 (dec-octet), RFC 4291 §2.2, RFC 5952 for output, RFC 6943 §3.1 for why short forms are refused.
 */
export function parseAddress(text: string): Result<Address> {
  if (typeof text !== "string" || text === "")
    return failure("address-empty", "an address is expected and nothing was found");
  if (text.length > MAX_TEXT_CHARS)
    return failure("address-too-long", `${quoted(text)} is too long for an address`);
  if (text.includes("/")) {
    return failure(
      "address-prefix",
      `${quoted(text)} is a prefix; an address is expected`,
      "remove the slash and what follows it",
    );
  }
  if (text.includes("%")) {
    return failure(
      "address-zone",
      `${quoted(text)} has a zone, which means something on one machine only`,
      "remove the percent sign and what follows it",
    );
  }
  if (!text.includes(":")) {
    const bytes = new Uint8Array(4);
    return readV4(text, 0, bytes, 0) ? { ok: true, value: bytes } : refusedV4(text);
  }
  const bytes = readV6(text);
  if (bytes === null)
    return failure(
      "address-v6",
      `${quoted(text)} is no IPv6 address`,
      "write groups of hexadecimal digits as in 2001:db8::1",
    );
  return { ok: true, value: isMapped(bytes) ? bytes.slice(12) : bytes };
}

/**
 * The canonical text of an address: dotted decimal, or RFC 5952 for IPv6.
 *
 * Input: 4 or 16 bytes. Throws `RangeError` for another length, which is a fault of the caller.
 */
export function formatAddress(address: Address): string {
  if (address.length === 4) return `${address[0]}.${address[1]}.${address[2]}.${address[3]}`;
  if (address.length !== 16) throw new RangeError(`an address has 4 or 16 bytes, not ${address.length}`);
  const run = longestZeroRun(address);
  const start = run >> 4;
  const end = start + (run & 15);
  let text = "";
  for (let group = 0; group < 8; group += 1) {
    if (group === start && end > start) {
      text += "::";
      group = end - 1;
      continue;
    }
    if (group > 0 && group !== end) text += ":";
    text += groupAt(address, group).toString(16);
  }
  return text;
}

const groupAt = (address: Address, group: number): number =>
  ((address[group * 2] as number) << 8) | (address[group * 2 + 1] as number);

/** The same address as IPv4 when it is IPv4-mapped (`::ffff:a.b.c.d`), else itself. Sockets give the mapped form. */
export function unmapAddress(address: Address): Address {
  return address.length === 16 && isMapped(address) ? address.subarray(12) : address;
}

const MAX_TEXT_CHARS = 45;

// Says which of the spellings that some software takes for an address this is (RFC 6943 §3.1.1).
function refusedV4(text: string): Result<never> {
  const parts = text.split(".");
  if (parts.some((part) => /^0x[0-9a-f]*$/i.test(part))) {
    return failure("address-hex", `${quoted(text)} has a hexadecimal number`, FOUR_NUMBERS);
  }
  if (!parts.every((part) => /^\d+$/.test(part)) || parts.length > 4)
    return failure("address-v4", `${quoted(text)} is no IPv4 address`, FOUR_NUMBERS);
  if (parts.length < 4) {
    return failure("address-short", `${quoted(text)} has ${parts.length} of four numbers`, FOUR_NUMBERS);
  }
  if (parts.some((part) => part.length > 1 && part.startsWith("0"))) {
    return failure(
      "address-leading-zero",
      `${quoted(text)} has a number with a leading zero, which some software reads as octal`,
      FOUR_NUMBERS,
    );
  }
  return failure("address-range", `${quoted(text)} has a number over 255`, FOUR_NUMBERS);
}

const FOUR_NUMBERS = "write four decimal numbers from 0 to 255, without leading zeros";

// Reads dotted decimal from `at` to the end of the text into four bytes.
function readV4(text: string, at: number, into: Uint8Array, offset: number): boolean {
  let index = at;
  for (let octet = 0; octet < 4; octet += 1) {
    let value = 0;
    let digits = 0;
    while (index < text.length) {
      const digit = text.charCodeAt(index) - 0x30;
      if (digit < 0 || digit > 9) break;
      if (digits > 0 && value === 0) return false;
      value = value * 10 + digit;
      digits += 1;
      index += 1;
      if (value > 255) return false;
    }
    if (digits === 0) return false;
    into[offset + octet] = value;
    if (octet < 3) {
      if (text.charCodeAt(index) !== 0x2e) return false;
      index += 1;
    }
  }
  return index === text.length;
}

function readV6(text: string): Uint8Array | null {
  const bytes = new Uint8Array(16);
  let filled = 0;
  let gapAt = -1;
  let index = 0;
  if (text.startsWith("::")) {
    gapAt = 0;
    index = 2;
  } else if (text.startsWith(":")) return null;
  while (index < text.length) {
    if (filled > 14) return null;
    const groupStart = index;
    let value = 0;
    while (index < text.length) {
      const digit = hexDigit(text.charCodeAt(index));
      if (digit < 0) break;
      if (index - groupStart === 4) return null;
      value = (value << 4) | digit;
      index += 1;
    }
    if (text.charCodeAt(index) === 0x2e) {
      if (filled > 12 || !readV4(text, groupStart, bytes, filled)) return null;
      filled += 4;
      index = text.length;
      break;
    }
    if (index === groupStart) return null;
    bytes[filled] = value >> 8;
    bytes[filled + 1] = value & 0xff;
    filled += 2;
    if (index === text.length) break;
    if (text.charCodeAt(index) !== 0x3a) return null;
    index += 1;
    if (text.charCodeAt(index) === 0x3a) {
      if (gapAt >= 0) return null;
      gapAt = filled;
      index += 1;
    } else if (index === text.length) return null;
  }
  if (gapAt < 0) return filled === 16 ? bytes : null;
  // `::` stands for at least one group of zeros (RFC 4291 §2.2).
  if (filled > 14) return null;
  bytes.copyWithin(16 - (filled - gapAt), gapAt, filled);
  bytes.fill(0, gapAt, 16 - (filled - gapAt));
  return bytes;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  return -1;
}

function isMapped(bytes: Uint8Array): boolean {
  for (let index = 0; index < 10; index += 1) if (bytes[index] !== 0) return false;
  return bytes[10] === 0xff && bytes[11] === 0xff;
}

// The first of the longest runs of at least two zero groups (RFC 5952 §4.2): where it starts, times 16, and how long it is. A number, for an
// object would be an allocation.
function longestZeroRun(address: Address): number {
  let best = 0;
  let start = 0;
  for (let group = 0; group <= 8; group += 1) {
    if (group < 8 && groupAt(address, group) === 0) continue;
    const length = group - start;
    if (length > 1 && length > (best & 15)) best = (start << 4) | length;
    start = group + 1;
  }
  return best;
}
