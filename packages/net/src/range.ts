// Prefixes as ranges of numbers, where sets of addresses are joined, cut and written in the fewest prefixes.
import type { Address, Prefix } from "./address.ts";

/** Addresses of one family, from `start` to before `end`. */
export interface AddressRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** Bits of an address of either family. */
export type AddressBits = 32 | 128;

/** The addresses of a prefix. */
export function rangeOfPrefix({ address, length }: Prefix): AddressRange {
  let start = 0n;
  for (const byte of address) start = (start << 8n) | BigInt(byte);
  return { start, end: start + (1n << BigInt(address.length * 8 - length)) };
}

/** The same addresses in order, with what overlaps or touches made one. Input: ranges of one family. */
export function joinRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const joined: AddressRange[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => compare(a.start, b.start))) {
    const last = joined.at(-1);
    if (last === undefined || last.end < start) joined.push({ start, end });
    else if (last.end < end) joined[joined.length - 1] = { start: last.start, end };
  }
  return joined;
}

/** The fewest prefixes that have these addresses and no others, in order. Cost: at most two prefixes per bit. */
export function prefixesOfRange({ start, end }: AddressRange, bits: AddressBits): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  for (let at = start; at < end; ) {
    // The largest block that starts here and fits.
    let free = 0;
    while (free < bits && (at & ((2n << BigInt(free)) - 1n)) === 0n && at + (2n << BigInt(free)) <= end)
      free += 1;
    prefixes.push({ address: addressOfNumber(at, bits), length: bits - free });
    at += 1n << BigInt(free);
  }
  return prefixes;
}

/** The address with this number. */
export function addressOfNumber(value: bigint, bits: AddressBits): Address {
  return Uint8Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 0xffn),
  );
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
