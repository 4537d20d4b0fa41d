// Prefixes to where they start: a sweep over the space with a stack of the prefixes that hold the place.
import type { Posting } from "../image-parts.ts";
import * as RANGES from "../layout/ranges.ts";
import type { PrefixTable } from "../prefix-collector.ts";
import { FINE } from "./range-table.ts";
import { cutTo, grown, ownBytes, withRoom } from "./scratch.ts";

/** Chains of nested prefixes: each has a length, a posting list, and the chain that holds it plus 1 (0 for none). */
export class Chains {
  // By parent and length, then by list.
  readonly #ids = new Map<number, Map<number, number>>();
  #count = 0;
  readonly words: number[] = [];

  /** The chain plus 1. */
  of(length: number, list: number, parent: number): number {
    const key = parent * 256 + length;
    let ids = this.#ids.get(key);
    if (ids === undefined) {
      ids = new Map();
      this.#ids.set(key, ids);
    }
    let id = ids.get(list);
    if (id === undefined) {
      this.#count += 1;
      id = this.#count;
      ids.set(list, id);
      this.words.push(length, list, parent);
    }
    return id;
  }

  /** Bits of the longest prefix of a chain. */
  lengthOf(chain: number): number {
    return this.words[chain * 3 - 3] as number;
  }

  /** The longest prefix of a chain that is `bits` long at most; 0 for none. */
  within(chain: number, bits: number): number {
    let found = chain;
    while (found > 0 && this.lengthOf(found) > bits) found = this.words[found * 3 - 1] as number;
    return found;
  }
}

/** Where prefixes start, rising, each with the chain of the longest that starts there. */
class Starts {
  readonly size: 4 | 16;
  count = 0;
  addresses: Uint8Array;
  chains: Int32Array;

  constructor(size: 4 | 16, room: number) {
    this.size = size;
    this.addresses = ownBytes(room * size);
    this.chains = withRoom(new Int32Array(0), room);
  }

  /** Gives the memory back. */
  drop(): void {
    this.addresses = cutTo(this.addresses, 0);
    this.chains = cutTo(this.chains, 0);
  }

  push(addresses: Uint8Array, from: number, chain: number): void {
    if (this.count === this.chains.length) this.#grow();
    for (let at = 0; at < this.size; at += 1)
      this.addresses[this.count * this.size + at] = addresses[from + at] as number;
    this.chains[this.count] = chain;
    this.count += 1;
  }

  /** The first 16 bits. */
  top(index: number): number {
    const at = index * this.size;
    return ((this.addresses[at] as number) << 8) | (this.addresses[at + 1] as number);
  }

  /** As many of the bits after the first 16 as the main table has. */
  low(index: number): number {
    const at = index * this.size;
    const upper = ((this.addresses[at + 2] as number) << 8) | (this.addresses[at + 3] as number);
    if (this.size === 4) return upper;
    return (
      ((upper << 16) | ((this.addresses[at + 4] as number) << 8) | (this.addresses[at + 5] as number)) >>> 0
    );
  }

  #grow(): void {
    this.chains = grown(this.chains, 64);
    this.addresses = withRoom(this.addresses, this.chains.length * this.size);
  }
}

/**
 * Writes the prefixes of one family, whose arrays are used up; their order does not matter. `listOf` gives the posting list of
 * postings, and is asked in an order that the prefixes decide.
 */
export function encodeRanges(
  prefixes: PrefixTable,
  listOf: (postings: readonly Posting[]) => number,
  chains: Chains,
): Uint8Array {
  const size = prefixes.bytes;
  const { starts, inForce } = startsOf(prefixes, listOf, chains);
  const isLarge = starts.count >= RANGES.large;
  const { main, whole } = isLarge
    ? split(withTops(starts, inForce), chains)
    : { main: new Starts(size, 0), whole: starts };
  const wide = main.chains.subarray(0, main.count).some((chain) => chain >= 0xffff);
  const valueBytes = wide ? 4 : 2;
  const lowBytes = size === 4 ? 2 : 4;
  const { direct, fine } = isLarge ? indexOf(main) : { direct: [], fine: [] };
  const pad = (length: number) => Math.ceil(length / 4) * 4;
  const out = ownBytes(
    RANGES.direct +
      (direct.length + fine.length) * 4 +
      pad(main.count * lowBytes) +
      pad(main.count * valueBytes) +
      whole.count * (4 + size),
  );
  const view = new DataView(out.buffer);
  const head = [valueBytes, direct.length, fine.length / FINE, main.count, whole.count];
  let at = 0;
  for (const words of [head, direct, fine])
    for (let each = 0; each < words.length; each += 1) {
      view.setUint32(at, words[each] as number, true);
      at += 4;
    }
  for (let index = 0; index < main.count; index += 1) {
    if (size === 4) view.setUint16(at + index * 2, main.low(index), true);
    else view.setUint32(at + index * 4, main.low(index), true);
  }
  at += pad(main.count * lowBytes);
  // All ones are where a value is ELSEWHERE.
  for (let index = 0; index < main.count; index += 1) {
    if (wide) view.setUint32(at + index * 4, main.chains[index] as number, true);
    else view.setUint16(at + index * 2, main.chains[index] as number, true);
  }
  at += pad(main.count * valueBytes);
  for (let index = 0; index < whole.count; index += 1)
    view.setUint32(at + index * 4, whole.chains[index] as number, true);
  out.set(whole.addresses.subarray(0, whole.count * size), at + whole.count * 4);
  main.drop();
  whole.drop();
  return out;
}

const ELSEWHERE = -1;
// From so many starts with the same first 16 bits on, the next 8 are a table too. IPv4 has few with the same 24.
const FINE_FROM = 256;

// Where the starts of each value of the first 16 bits begin, and of the next 8 where there are many.
function indexOf(main: Starts): { direct: number[]; fine: number[] } {
  const direct: number[] = [];
  const fine: number[] = [];
  let next = 0;
  for (let top = 0; top < 65_536; top += 1) {
    const first = next;
    while (next < main.count && main.top(next) === top) next += 1;
    if (main.size === 4 || next - first < FINE_FROM) {
      direct.push(first);
      continue;
    }
    direct.push(0x8000_0000 + fine.length / FINE);
    let at = first;
    for (let byte = 0; byte < FINE; byte += 1) {
      while (at < next && (main.addresses[at * main.size + 2] as number) < byte) at += 1;
      fine.push(at);
    }
  }
  direct.push(main.count);
  return { direct, fine };
}

function startsOf(
  table: PrefixTable,
  listOf: (postings: readonly Posting[]) => number,
  chains: Chains,
): { starts: Starts; inForce: Uint32Array } {
  const { bytes, count, addresses, lengths, groups, postingsOf } = table;
  const lists: number[] = [];
  const starts = new Starts(bytes, count);
  // For each value of the first 16 bits: the chain that holds all addresses with it.
  const inForce = new Uint32Array(65_536);
  // Prefixes that hold the place, and the chain of each; no more than there are bits.
  const open = new Uint32Array(bytes * 8 + 1);
  const openChains = new Uint32Array(bytes * 8 + 1);
  let depth = 0;
  const order = sortedByAddress(table);
  for (let next = 0; next < count; next += 1) {
    const index = order[next] as number;
    const at = index * bytes;
    const length = lengths[index] as number;
    for (; depth > 0; depth -= 1) {
      const last = open[depth - 1] as number;
      if (commonBits(addresses, last * bytes, addresses, at, bytes) >= (lengths[last] as number)) break;
    }
    const group = groups[index] as number;
    const list = (lists[group] ??= listOf(postingsOf(group)));
    const chain = chains.of(length, list, depth === 0 ? 0 : (openChains[depth - 1] as number));
    const before = (starts.count - 1) * bytes;
    if (starts.count > 0 && commonBits(starts.addresses, before, addresses, at, bytes) === bytes * 8)
      starts.chains[starts.count - 1] = chain;
    else starts.push(addresses, at, chain);
    open[depth] = index;
    openChains[depth] = chain;
    depth += 1;
    if (length <= 16) {
      const top = ((addresses[at] as number) << 8) | (addresses[at + 1] as number);
      inForce.fill(chain, top, top + 2 ** (16 - length));
    }
  }
  for (const array of [order, groups]) cutTo(array, 0);
  for (const array of [addresses, lengths]) cutTo(array, 0);
  return { starts, inForce };
}

// Positions by address, then length: sorted by one byte after another, the last that matters first.
function sortedByAddress({ bytes, count, addresses, lengths }: PrefixTable): Uint32Array {
  let order = withRoom(new Uint32Array(0), count);
  for (let index = 0; index < count; index += 1) order[index] = index;
  let next = withRoom(new Uint32Array(0), count);
  for (let byte = bytes; byte >= 0; byte -= 1) {
    const of = (index: number) =>
      (byte === bytes ? lengths[index] : addresses[index * bytes + byte]) as number;
    const ends = new Uint32Array(257);
    for (let at = 0; at < count; at += 1) {
      const value = of(order[at] as number) + 1;
      ends[value] = (ends[value] as number) + 1;
    }
    for (let value = 1; value < 257; value += 1)
      ends[value] = (ends[value] as number) + (ends[value - 1] as number);
    for (let at = 0; at < count; at += 1) {
      const index = order[at] as number;
      const value = of(index);
      next[ends[value] as number] = index;
      ends[value] = (ends[value] as number) + 1;
    }
    [order, next] = [next, order];
  }
  cutTo(next, 0);
  return order;
}

// A search does not leave the first 16 bits of an address, so what holds all of them starts with each.
function withTops(starts: Starts, inForce: Uint32Array): Starts {
  const { size } = starts;
  const all = new Starts(size, starts.count + 1024);
  const address = new Uint8Array(size);
  let next = 0;
  for (let top = 0; top < 65_536; top += 1) {
    address[0] = top >>> 8;
    address[1] = top;
    const isThere =
      next < starts.count && commonBits(starts.addresses, next * size, address, 0, size) === size * 8;
    if (!isThere && inForce[top] !== 0) all.push(address, 0, inForce[top] as number);
    for (; next < starts.count && starts.top(next) === top; next += 1)
      all.push(starts.addresses, next * size, starts.chains[next] as number);
  }
  starts.drop();
  return all;
}

// What starts within the first 48 bits of an IPv6 address goes to the main table; where it does not, the cell of 48 bits
// sends to the whole addresses, which then start with what holds the cell.
function split(starts: Starts, chains: Chains): { main: Starts; whole: Starts } {
  const { size, addresses } = starts;
  const whole = new Starts(size, 0);
  if (size === 4) return { main: starts, whole };
  const main = new Starts(size, starts.count);
  const cell = new Uint8Array(size);
  for (let index = 0; index < starts.count; ) {
    const first = index * size;
    for (let at = 0; at < 6; at += 1) cell[at] = addresses[first + at] as number;
    let end = index;
    let isDeep = false;
    for (; end < starts.count; end += 1) {
      const common = commonBits(addresses, end * size, cell, 0, size);
      if (common < 48) break;
      isDeep ||= common < size * 8 || chains.lengthOf(starts.chains[end] as number) > 48;
    }
    if (isDeep) {
      main.push(cell, 0, ELSEWHERE);
      if (commonBits(addresses, first, cell, 0, size) < size * 8) {
        const before = index - 1;
        const bits = index === 0 ? 0 : commonBits(addresses, before * size, cell, 0, size);
        whole.push(cell, 0, index === 0 ? 0 : chains.within(starts.chains[before] as number, bits));
      }
      for (let each = index; each < end; each += 1)
        whole.push(addresses, each * size, starts.chains[each] as number);
    } else main.push(addresses, first, starts.chains[index] as number);
    index = end;
  }
  starts.drop();
  return { main, whole };
}

// How many bits two addresses have in common, from the first on.
function commonBits(a: Uint8Array, atA: number, b: Uint8Array, atB: number, size: number): number {
  for (let at = 0; at < size; at += 1) {
    const differs = (a[atA + at] as number) ^ (b[atB + at] as number);
    if (differs !== 0) return at * 8 + Math.clz32(differs) - 24;
  }
  return size * 8;
}
