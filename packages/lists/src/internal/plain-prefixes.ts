// Lines that are an address or a prefix and nothing else, read from bytes as plain-lines.ts reads names.

import type { PlainReader } from "./plain-lines.ts";

const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const COLON = 0x3a;

/** Reads plain prefixes. What is not read here may be one all the same: `parsePrefix` says. */
export class PlainPrefixes implements PlainReader {
  readonly #onPrefix: (address: Uint8Array, length: number, line: number) => void;
  // What the last plain line says.
  #address: Uint8Array = new Uint8Array(0);
  #length = 0;
  readonly #v4 = new Uint8Array(4);
  readonly #v6 = new Uint8Array(16);
  #at = 0;

  constructor(onPrefix: (address: Uint8Array, length: number, line: number) => void) {
    this.#onPrefix = onPrefix;
  }

  tell(_bytes: Uint8Array, line: number): void {
    this.#onPrefix(this.#address, this.#length, line);
  }

  next(bytes: Uint8Array, start: number): number {
    this.#at = start;
    if (this.#readV4(bytes)) this.#address = this.#v4;
    else {
      this.#at = start;
      if (!this.#readV6(bytes)) return -1;
      this.#address = this.#v6;
    }
    const bits = this.#address.length * 8;
    this.#length = bytes[this.#at] === SLASH ? this.#readLength(bytes) : bits;
    if (this.#length < 0 || this.#length > bits || !hasZerosAfter(this.#address, this.#length)) return -1;
    if (bytes[this.#at] === CR) this.#at += 1;
    return bytes[this.#at] === LF ? this.#at + 1 : -1;
  }

  #readV4(bytes: Uint8Array): boolean {
    for (let octet = 0; octet < 4; octet += 1) {
      const value = this.#readDecimal(bytes);
      if (value < 0 || value > 255) return false;
      this.#v4[octet] = value;
      if (octet === 3) return true;
      if (bytes[this.#at] !== DOT) return false;
      this.#at += 1;
    }
    return false;
  }

  #readLength(bytes: Uint8Array): number {
    this.#at += 1;
    return this.#readDecimal(bytes);
  }

  // One to three digits without a leading zero, or -1.
  #readDecimal(bytes: Uint8Array): number {
    const start = this.#at;
    let value = 0;
    for (; this.#at < start + 3; this.#at += 1) {
      const digit = (bytes[this.#at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9 || (this.#at > start && value === 0)) break;
      value = value * 10 + digit;
    }
    return this.#at === start ? -1 : value;
  }

  // Groups of hexadecimal digits, with `::` once at most; no IPv4 at the end.
  #readV6(bytes: Uint8Array): boolean {
    const into = this.#v6;
    let filled = 0;
    let gap = -1;
    if (bytes[this.#at] === COLON) {
      if (bytes[this.#at + 1] !== COLON) return false;
      gap = 0;
      this.#at += 2;
    }
    for (;;) {
      const value = this.#readGroup(bytes);
      // After `::` there may be nothing more.
      if (value < 0 && gap !== filled) return false;
      if (value < 0) break;
      if (filled === 16) return false;
      into[filled] = value >> 8;
      into[filled + 1] = value;
      filled += 2;
      if (bytes[this.#at] !== COLON) break;
      this.#at += 1;
      if (bytes[this.#at] !== COLON) continue;
      if (gap >= 0) return false;
      gap = filled;
      this.#at += 1;
    }
    if (gap < 0) return filled === 16 && !isMapped(into);
    if (filled > 14) return false;
    into.copyWithin(16 - (filled - gap), gap, filled);
    into.fill(0, gap, 16 - (filled - gap));
    return !isMapped(into);
  }

  // One to four digits, or -1.
  #readGroup(bytes: Uint8Array): number {
    const start = this.#at;
    let value = 0;
    for (; this.#at < start + 4; this.#at += 1) {
      const digit = hexDigit(bytes[this.#at] ?? 0);
      if (digit < 0) break;
      value = (value << 4) | digit;
    }
    return this.#at === start ? -1 : value;
  }
}

function hasZerosAfter(address: Uint8Array, length: number): boolean {
  for (let at = length >> 3; at < address.length; at += 1) {
    const kept = at === length >> 3 ? length & 7 : 0;
    if (((address[at] as number) & (0xff >> kept)) !== 0) return false;
  }
  return true;
}

// Such is IPv4 in IPv6.
function isMapped(address: Uint8Array): boolean {
  for (let at = 0; at < 10; at += 1) if (address[at] !== 0) return false;
  return address[10] === 0xff && address[11] === 0xff;
}

function hexDigit(code: number): number {
  if (code >= ZERO && code <= 0x39) return code - ZERO;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
