// Names that somebody else holds as bytes, to their canonical form in a buffer of ours, as `@demarc/net` parseName would make
// it of their text; no string is made.
import type { Slice } from "../types.ts";
import { PIECE_BYTES } from "./key-set.ts";

/** Room for the longest name: 253 bytes (RFC 1035 §2.3.4), and the one after a dot. */
export const NAME_BYTES = 256;

/** Where the name at hand is written to be looked for, with a piece of room after it: one for all images, so that engines know it. */
export const nameKey: Uint8Array = new Uint8Array(NAME_BYTES + PIECE_BYTES);

const MAX_NAME = 253;
const MAX_LABEL = 63;
const DOT = 0x2e;
const HYPHEN = 0x2d;

// What a byte becomes in a canonical name: letters in lower case, digits, hyphen and underscore; 0 for all others.
const CANONICAL = new Uint8Array(256);
for (let code = 0; code < 256; code += 1) {
  const isUpper = code >= 0x41 && code <= 0x5a;
  const isLower = code >= 0x61 && code <= 0x7a;
  const isOther = (code >= 0x30 && code <= 0x39) || code === HYPHEN || code === 0x5f;
  CANONICAL[code] = isUpper ? code + 0x20 : isLower || isOther ? code : 0;
}

/**
 * Writes the name in DNS wire format (RFC 1035 §3.1, compressed as in §4.1.4 or not) that starts at `slice.from` into `nameKey`.
 *
 * Returns its length; 0 where the bytes are cut, are the root, or are no canonical name: octets that names do not have, a
 * hyphen at a label's edge, a number for the last label. Pointers must go backwards, so it ends whatever the bytes.
 */
export function readWireName({ bytes, from, to }: Slice): number {
  const out = nameKey;
  let at = from;
  let limit = to;
  let length = 0;
  let lastStart = 0;
  for (;;) {
    if (at >= limit) return 0;
    const size = bytes[at] as number;
    if (size === 0) break;
    if (size >= 0xc0) {
      if (at + 1 >= limit) return 0;
      const target = ((size & 0x3f) << 8) | (bytes[at + 1] as number);
      if (target >= at) return 0;
      // What a pointer leads to lies before it, and so must all that follows.
      limit = at;
      at = target;
      continue;
    }
    if (size > MAX_LABEL || at + size >= limit) return 0;
    if (length > 0) {
      out[length] = DOT;
      length += 1;
    }
    if (length + size > MAX_NAME) return 0;
    lastStart = length;
    for (let index = 1; index <= size; index += 1) {
      const code = CANONICAL[bytes[at + index] as number] as number;
      if (code === 0) return 0;
      out[length] = code;
      length += 1;
    }
    if (out[lastStart] === HYPHEN || out[length - 1] === HYPHEN) return 0;
    at += size + 1;
  }
  return length === 0 || isNumber(out, lastStart, length) ? 0 : length;
}

/** As `readWireName`, for the text of a name in ASCII; one dot may end it. Bytes beyond ASCII are no name here. */
export function readNameText({ bytes, from, to }: Slice): number {
  const out = nameKey;
  const end = to > from && bytes[to - 1] === DOT ? to - 1 : to;
  if (end <= from || end - from > MAX_NAME) return 0;
  let labelStart = 0;
  let length = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === DOT) {
      if (!isLabel(out, labelStart, length)) return 0;
      labelStart = length + 1;
    }
    const code = byte === DOT ? DOT : (CANONICAL[byte] as number);
    if (code === 0) return 0;
    out[length] = code;
    length += 1;
  }
  return isLabel(out, labelStart, length) && !isNumber(out, labelStart, length) ? length : 0;
}

function isLabel(out: Uint8Array, start: number, end: number): boolean {
  return end > start && end - start <= MAX_LABEL && out[start] !== HYPHEN && out[end - 1] !== HYPHEN;
}

// A last label of digits, or `0x` and hexadecimal ones, makes an address of the whole for WHATWG URL parsers.
function isNumber(out: Uint8Array, start: number, end: number): boolean {
  const isHex = out[start] === 0x30 && out[start + 1] === 0x78 && end - start >= 2;
  for (let at = isHex ? start + 2 : start; at < end; at += 1) {
    const code = out[at] as number;
    if (!((code >= 0x30 && code <= 0x39) || (isHex && code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}
