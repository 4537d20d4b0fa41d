// One hash walk gives every key that a name or URL could be: after each character the two lanes are the hash of the part
// walked so far. Names are walked from their end, so that each label's start is a suffix; URLs from their start.

/** First lane of the empty key. */
export function laneA(seed: number): number {
  return (0x811c_9dc5 ^ seed) | 0;
}

/** Second lane of the empty key. */
export function laneB(seed: number): number {
  return (0x9747_b28c ^ Math.imul(seed, 0x9e37_79b1)) | 0;
}

/** Adds one character to the first lane (the step of FNV-1a, draft-eastlake-fnv). */
export function stepA(a: number, code: number): number {
  return Math.imul(a ^ code, 0x0100_0193);
}

/** Adds one character to the second lane: the same step with another odd factor. */
export function stepB(b: number, code: number): number {
  return Math.imul(b ^ code, 0x85eb_ca6b);
}

/** Spreads the first lane over all bits: it chooses the bucket. */
export function spreadA(a: number): number {
  const mixed = Math.imul(a ^ (a >>> 15), 0x2c1b_3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Spreads the second lane over all bits: with the first it gives the print. */
export function spreadB(b: number): number {
  const mixed = Math.imul(b ^ (b >>> 16), 0x45d9_f3b5);
  return mixed ^ (mixed >>> 15);
}

/** What a slot keeps of a key to turn nearly all others away at once: the upper 24 bits. */
export function printOf(x: number, y: number): number {
  return x ^ Math.imul(y, 0x9e37_79b1);
}
