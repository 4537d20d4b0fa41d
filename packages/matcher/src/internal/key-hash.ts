// One hash walk gives every key that a name or URL could be: after each character the hash is that of the part walked so
// far. Names are walked from their end, so that each label's start is a suffix; URLs from their start.

/** Hash of the empty key. */
export function hashStart(seed: number): number {
  return (0x811c_9dc5 ^ seed) | 0;
}

/** Adds one character (the step of FNV-1a, draft-eastlake-fnv). */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x0100_0193);
}

/** Spreads a hash over all bits: the upper ones choose the bucket, the lowest eight are the print, the next six are for the filter. */
export function spread(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  const twice = Math.imul(once ^ (once >>> 13), 0x45d9_f3b5);
  return twice ^ (twice >>> 16);
}

/** Which word of its block's filter a spread hash has a bit in. */
export function filterWord(hash: number): number {
  return (hash >>> 8) & 1;
}

/** That bit, as a word. */
export function filterBit(hash: number): number {
  return 1 << ((hash >>> 9) & 31);
}
