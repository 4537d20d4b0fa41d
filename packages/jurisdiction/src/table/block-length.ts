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
