// How far an answer reaches: the largest aligned block around an address that lies between two segment starts.

/**
 * Length of the largest block that holds `value` and neither `before` (the address before the segment, or null at the
 * first) nor `after` (where the next segment begins, or null at the last). All are words, most significant first.
 */
export function blockLength(
  value: readonly number[],
  before: readonly number[] | null,
  after: readonly number[] | null,
): number {
  const low = before === null ? 0 : commonBits(value, before) + 1;
  const high = after === null ? 0 : commonBits(value, after) + 1;
  return Math.max(low, high);
}

/** The same for one word, without allocation; `start` is the segment's first address, `after` -1 at the last segment. */
export function blockLength32(value: number, start: number, after: number): number {
  const low = start === 0 ? 0 : Math.clz32(value ^ (start - 1)) + 1;
  const high = after < 0 ? 0 : Math.clz32(value ^ after) + 1;
  return Math.max(low, high);
}

/** The same for two words; `afterHigh` is -1 at the last segment. */
// biome-ignore format: three pairs
export function blockLength64(a: number, b: number, high: number, low: number, afterHigh: number, afterLow: number): number {
  const before =
    high === 0 && low === 0
      ? 0
      : low === 0
        ? common64(a, b, high - 1, 0xffff_ffff) + 1
        : common64(a, b, high, low - 1) + 1;
  return Math.max(before, afterHigh < 0 ? 0 : common64(a, b, afterHigh, afterLow) + 1);
}

function common64(a: number, b: number, c: number, d: number): number {
  const differing = a ^ c;
  return differing === 0 ? 32 + Math.clz32(b ^ d) : Math.clz32(differing);
}

/** One less, as words. */
export function decremented(words: readonly number[]): number[] | null {
  const result = [...words];
  for (let at = result.length - 1; at >= 0; at -= 1) {
    if (result[at] !== 0) {
      result[at] = (result[at] as number) - 1;
      return result;
    }
    result[at] = 0xffff_ffff;
  }
  return null;
}

function commonBits(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at += 1) {
    const differing = ((a[at] as number) ^ (b[at] as number)) >>> 0;
    if (differing !== 0) return at * 32 + Math.clz32(differing);
  }
  return a.length * 32;
}
