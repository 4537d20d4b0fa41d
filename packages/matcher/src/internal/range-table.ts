// Address prefixes of one family, by where they start. The prefix that holds an address is the one that starts last before
// it, or one that holds that: every start knows the chain of all prefixes that hold it, longest first.
//
// Large tables find the start by the first 16 bits (and the next 8, where many start) and a search among the next 16 bits of
// IPv4, 32 of IPv6; what needs more bits, and small tables, are whole addresses, sorted.

/** Prefixes of one family, opened. */
export interface RangeTable {
  readonly bytes: 4 | 16;
  /**
   * For each value of the first 16 bits, and one more: the first start there or after; with the highest bit a row of
   * `fine`. Empty in a small table.
   */
  readonly direct: Uint32Array;
  /** Rows of 257: the first start for each value of the next 8 bits, and the first after all of them. */
  readonly fine: Uint32Array;
  /** Per start: the bits after the first 16. */
  readonly lows: Uint16Array | Uint32Array;
  /** Per start: its chain plus 1; 0 for none; the highest value of the width sends to the whole addresses. */
  readonly values: Uint16Array | Uint32Array;
  readonly elsewhere: number;
  /** Whole addresses at which prefixes start, sorted, and their chains plus 1. */
  readonly starts: Uint8Array;
  readonly startChains: Uint32Array;
  /** Three numbers a chain: length, posting list, parent plus 1. */
  readonly chains: Uint32Array;
}

/** Entries of a row of `fine`. */
export const FINE = 257;

/** Bit of an entry of `direct` that says: the rest is a row of `fine`. */
export const IS_FINE = 0x8000_0000;

/** Chain of the longest prefix that holds the address at `bytes[from]`, plus 1; 0 for none. */
export function findRange(table: RangeTable, bytes: Uint8Array, from: number): number {
  const { direct, lows, chains } = table;
  if (direct.length === 0) return findWhole(table, bytes, from);
  const top = ((bytes[from] as number) << 8) | (bytes[from + 1] as number);
  const first = direct[top] as number;
  let low: number;
  let high: number;
  if (first < IS_FINE) {
    low = first;
    high = direct[top + 1] as number;
    if (high >= IS_FINE) high = table.fine[(high - IS_FINE) * FINE] as number;
  } else {
    const at = (first - IS_FINE) * FINE;
    low = table.fine[at + (bytes[from + 2] as number)] as number;
    high = table.fine[at + (bytes[from + 2] as number) + 1] as number;
    // What starts last may start before these 8 bits do.
    if (low > (table.fine[at] as number)) low -= 1;
  }
  const start = low;
  const next = ((bytes[from + 2] as number) << 8) | (bytes[from + 3] as number);
  const wanted =
    table.bytes === 4
      ? next
      : ((next << 16) | ((bytes[from + 4] as number) << 8) | (bytes[from + 5] as number)) >>> 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lows[middle] as number) <= wanted) low = middle + 1;
    else high = middle;
  }
  if (low === start) return 0;
  let chain = table.values[low - 1] as number;
  if (chain === table.elsewhere) return findWhole(table, bytes, from);
  // Bits in which the address differs from the start, the first of the bits after 16 in the highest place.
  const differs = ((lows[low - 1] as number) ^ wanted) << (table.bytes === 4 ? 16 : 0);
  while (chain > 0) {
    const length = (chains[chain * 3 - 3] as number) - 16;
    if (length <= 0 || differs >>> (32 - length) === 0) return chain;
    chain = chains[chain * 3 - 1] as number;
  }
  return 0;
}

function findWhole(
  { starts, startChains, chains, bytes: size }: RangeTable,
  bytes: Uint8Array,
  from: number,
): number {
  let low = 0;
  let high = startChains.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    let order = 0;
    for (let index = 0; index < size && order === 0; index += 1)
      order = (starts[middle * size + index] as number) - (bytes[from + index] as number);
    if (order <= 0) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  let same = 0;
  const at = (low - 1) * size;
  while (same < size && starts[at + same] === bytes[from + same]) same += 1;
  const bits =
    same === size
      ? size * 8
      : same * 8 + Math.clz32((starts[at + same] as number) ^ (bytes[from + same] as number)) - 24;
  let chain = startChains[low - 1] as number;
  while (chain > 0 && (chains[chain * 3 - 3] as number) > bits) chain = chains[chain * 3 - 1] as number;
  return chain;
}
