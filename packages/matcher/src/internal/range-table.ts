// Address prefixes of one family as the ranges that they cut the space into. Nested prefixes were resolved when compiling: a
// range knows the chain of all prefixes that hold it, longest first.
//
// Large tables find the range by the first 16 bits and a search among the next (16 of IPv4, 32 of IPv6); what needs more
// bits, and small tables, are whole addresses, sorted.

/** Ranges of one family, opened. */
export interface RangeTable {
  readonly bytes: 4 | 16;
  /** For each value of the first 16 bits, and one more: the first range that starts there or after. Empty in a small table. */
  readonly direct: Uint32Array;
  /** Per range: the bits after the first 16 at which it starts. */
  readonly lows: Uint16Array | Uint32Array;
  /** Per range: its chain plus 1; 0 for none; the highest value of the width sends to the whole addresses. */
  readonly values: Uint16Array | Uint32Array;
  readonly elsewhere: number;
  /** Whole addresses at which ranges start, sorted, and their chains plus 1. */
  readonly starts: Uint8Array;
  readonly chains: Uint32Array;
}

/** Chain of the range that holds the address at `bytes[from]`, plus 1; 0 for none. */
export function findRange(table: RangeTable, bytes: Uint8Array, from: number): number {
  const { direct } = table;
  if (direct.length > 0) {
    const top = ((bytes[from] as number) << 8) | (bytes[from + 1] as number);
    let low = direct[top] as number;
    let high = direct[top + 1] as number;
    const { lows } = table;
    const wanted =
      table.bytes === 4
        ? ((bytes[from + 2] as number) << 8) | (bytes[from + 3] as number)
        : (((bytes[from + 2] as number) << 24) |
            ((bytes[from + 3] as number) << 16) |
            ((bytes[from + 4] as number) << 8) |
            (bytes[from + 5] as number)) >>>
          0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((lows[middle] as number) <= wanted) low = middle + 1;
      else high = middle;
    }
    const value = low === 0 ? 0 : (table.values[low - 1] as number);
    if (value !== table.elsewhere) return value;
  }
  return findWhole(table, bytes, from);
}

function findWhole({ starts, chains, bytes: size }: RangeTable, bytes: Uint8Array, from: number): number {
  let low = 0;
  let high = chains.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    let order = 0;
    for (let index = 0; index < size && order === 0; index += 1)
      order = (starts[middle * size + index] as number) - (bytes[from + index] as number);
    if (order <= 0) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (chains[low - 1] as number);
}
