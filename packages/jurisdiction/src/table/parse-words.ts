// Addresses from text into 32-bit words, without allocation: the same forms as parseAddress of @demarc/net, and no others.

/** The words of the address that was read last; IPv4 is in the first. */
export const words: Uint32Array = new Uint32Array(4);

const ZERO = 48;
const DOT = 46;
const COLON = 58;

/** Reads an address into `words`. 4 or 6, or 0 for what is none. A v4-mapped address is read as IPv4. */
export function readWords(text: string): 0 | 4 | 6 {
  const size = text.length;
  if (size < 2 || size > 45) return 0;
  // An IPv4 address has its first dot within four characters.
  const first = text.charCodeAt(0);
  if (
    first !== COLON &&
    (text.charCodeAt(1) === DOT || text.charCodeAt(2) === DOT || text.charCodeAt(3) === DOT)
  ) {
    const value = readV4(text, 0, size);
    if (value < 0) return 0;
    words[0] = value;
    return 4;
  }
  if (!readV6(text, size)) return 0;
  if (words[0] === 0 && words[1] === 0 && words[2] === 0xffff) {
    words[0] = words[3] as number;
    return 4;
  }
  return 6;
}

// The number, or -1. Four decimal parts from 0 to 255 without leading zeros.
function readV4(text: string, start: number, end: number): number {
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (part === 0) return -1;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return -1;
    } else if (digit === DOT - ZERO) {
      if (part < 0 || dots === 3) return -1;
      value = value * 256 + part;
      part = -1;
      dots += 1;
    } else return -1;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : -1;
}

const groups = new Uint16Array(8);

function readV6(text: string, size: number): boolean {
  let count = 0;
  let gap = -1;
  let at = 0;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    gap = 0;
    at = 2;
  }
  while (at < size) {
    if (count === 8) return false;
    const start = at;
    let value = 0;
    let code = 0;
    for (; at < size; at += 1) {
      code = text.charCodeAt(at);
      const digit = code < 128 ? (HEX[code] as number) : -1;
      if (digit < 0) break;
      if (at - start === 4) return false;
      value = value * 16 + digit;
    }
    if (at < size && code === DOT) {
      // IPv4 at the end takes two groups.
      const tail = count > 6 ? -1 : readV4(text, start, size);
      if (tail < 0) return false;
      groups[count] = tail >>> 16;
      groups[count + 1] = tail & 0xffff;
      count += 2;
      at = size;
      break;
    }
    if (at === start) return false;
    groups[count] = value;
    count += 1;
    if (at === size) break;
    if (code !== COLON) return false;
    at += 1;
    if (at === size) return false;
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return false;
      gap = count;
      at += 1;
    }
  }
  if (gap < 0 ? count !== 8 : count > 7) return false;
  if (gap >= 0) {
    // What is after `::` moves to the end, and zeros take its place.
    let to = 7;
    for (let from = count - 1; from >= gap; from -= 1, to -= 1) groups[to] = groups[from] as number;
    for (; to >= gap; to -= 1) groups[to] = 0;
  }
  words[0] = ((groups[0] as number) << 16) | (groups[1] as number);
  words[1] = ((groups[2] as number) << 16) | (groups[3] as number);
  words[2] = ((groups[4] as number) << 16) | (groups[5] as number);
  words[3] = ((groups[6] as number) << 16) | (groups[7] as number);
  return true;
}

// Values of hexadecimal digits by their code, -1 for what is none.
const HEX: Int8Array = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? -1 : digit;
});
