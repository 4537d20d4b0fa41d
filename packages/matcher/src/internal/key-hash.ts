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

/** Spreads a hash over all bits: the upper ones choose the bucket, the lowest eight are the print; the filter has bits 0 to 14. */
export function spread(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  const twice = Math.imul(once ^ (once >>> 13), 0x45d9_f3b5);
  return twice ^ (twice >>> 16);
}

/** Which word of its block's filter a spread hash has bits in. */
export function filterWord(hash: number): number {
  return (hash >>> 8) & 3;
}

/** Those bits, as a word. */
export function filterBits(hash: number): number {
  return (1 << (hash & 31)) | (1 << ((hash >>> 10) & 31));
}
