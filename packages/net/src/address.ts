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
  const length = readAddress(text, read);
  if (length === 0) return refused(text);
  const value = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) value[index] = read[index] as number;
  return { ok: true, value };
}

/**
 * Reads the texts that `parseAddress` reads into a buffer, for whoever reads an address with every packet: nothing is made.
 *
 * Input: a buffer of 16 bytes at least. Returns the bytes of the address, 4 or 16, or 0 where the text is none; what the buffer
 * has behind them, or then, is undefined.
 */
export function readAddress(text: string, into: Uint8Array): 0 | 4 | 16 {
  if (text.length > MAX_TEXT_CHARS) return 0;
  if (readV4(text, 0, into, 0)) return 4;
  if (!readV6(text, into)) return 0;
  if (!isMapped(into)) return 16;
  for (let index = 0; index < 4; index += 1) into[index] = into[index + 12] as number;
  return 4;
}

// One text at a time is read.
const read = new Uint8Array(16);

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

function refused(text: string): Result<never> {
  if (text.length > MAX_TEXT_CHARS)
    return failure("address-too-long", `${quoted(text)} is too long for an address`);
  if (text.includes("/"))
    return failure(
      "address-prefix",
      `${quoted(text)} is a prefix; an address is expected`,
      "remove the slash and what follows it",
    );
  if (text.includes("%"))
    return failure(
      "address-zone",
      `${quoted(text)} has a zone, which means something on one machine only`,
      "remove the percent sign and what follows it",
    );
  if (!text.includes(":")) return refusedV4(text);
  return failure(
    "address-v6",
    `${quoted(text)} is no IPv6 address`,
    "write groups of hexadecimal digits as in 2001:db8::1",
  );
}

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
  let octet = 0;
  let value = 0;
  // Below this there is no digit, or a zero: none may follow that.
  let least = -1;
  for (let index = at; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (least < 0 || octet === 3) return false;
      into[offset + octet] = value;
      octet += 1;
      value = 0;
      least = -1;
      continue;
    }
    const digit = code - 0x30;
    if (digit < 0 || digit > 9 || value === least) return false;
    value = value * 10 + digit;
    least = 0;
    if (value > 255) return false;
  }
  into[offset + octet] = value;
  return octet === 3 && least === 0;
}

function readV6(text: string, bytes: Uint8Array): boolean {
  let filled = 0;
  let gapAt = -1;
  let index = 0;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    gapAt = 0;
    index = 2;
  }
  while (index < text.length) {
    if (filled > 14) return false;
    const groupStart = index;
    let value = 0;
    let code = -1;
    for (; index < text.length; index += 1) {
      code = text.charCodeAt(index);
      const digit = code > 0x7f ? -1 : (HEX_DIGITS[code] as number);
      if (digit < 0) break;
      value = (value << 4) | digit;
    }
    if (index === groupStart || index - groupStart > 4) return false;
    if (index < text.length && code === DOT) {
      if (filled > 12 || !readV4(text, groupStart, bytes, filled)) return false;
      filled += 4;
      break;
    }
    bytes[filled] = value >> 8;
    bytes[filled + 1] = value;
    filled += 2;
    if (index === text.length) break;
    if (code !== COLON) return false;
    index += 1;
    if (text.charCodeAt(index) === COLON) {
      if (gapAt >= 0) return false;
      gapAt = filled;
      index += 1;
    } else if (index === text.length) return false;
  }
  if (gapAt < 0) return filled === 16;
  // `::` stands for at least one group of zeros (RFC 4291 §2.2).
  if (filled > 14) return false;
  const moved = 16 - filled;
  for (let at = filled - 1; at >= gapAt; at -= 1) bytes[at + moved] = bytes[at] as number;
  for (let at = gapAt; at < gapAt + moved; at += 1) bytes[at] = 0;
  return true;
}

const COLON = 0x3a;
const DOT = 0x2e;

// Value of a hexadecimal digit, -1 for other characters of ASCII.
const HEX_DIGITS = Int8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});

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
