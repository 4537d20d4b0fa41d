// Prefixes to where they start: a sweep over the space with a stack of the prefixes that hold the place.
import { RANGES } from "../layout.ts";
import { FINE } from "./range-table.ts";

/** A prefix with its posting list. */
export interface ListedPrefix {
  readonly address: Uint8Array;
  readonly length: number;
  readonly list: number;
}

/** Chains of nested prefixes: each has a length, a posting list, and the chain that holds it plus 1 (0 for none). */
export class Chains {
  readonly #ids = new Map<string, number>();
  readonly words: number[] = [];

  /** The chain plus 1. */
  of(length: number, list: number, parent: number): number {
    const key = `${length} ${list} ${parent}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#ids.size + 1;
      this.#ids.set(key, id);
      this.words.push(length, list, parent);
    }
    return id;
  }

  /** Bits of the longest prefix of a chain. */
  lengthOf(chain: number): number {
    return this.words[chain * 3 - 3] as number;
  }

  /** The longest prefix of a chain, whose prefixes hold `inside`, that holds another address too; 0 for none. */
  holding(chain: number, inside: Uint8Array, address: Uint8Array): number {
    let found = chain;
    while (found > 0 && !holds({ address: inside, length: this.lengthOf(found) }, address))
      found = this.words[found * 3 - 1] as number;
    return found;
  }
}

interface Start {
  readonly address: Uint8Array;
  chain: number;
}

/** Writes the prefixes of one family. They are distinct; their order does not matter. */
export function encodeRanges(prefixes: readonly ListedPrefix[], size: 4 | 16, chains: Chains): Uint8Array {
  const { starts, inForce } = startsOf(prefixes, chains);
  const isLarge = starts.length >= RANGES.large;
  const { main, whole } = isLarge
    ? split(withTops(starts, inForce), size, chains)
    : { main: [], whole: starts };
  const wide = main.some((start) => start.chain >= 0xffff && start.chain !== ELSEWHERE);
  const valueBytes = wide ? 4 : 2;
  const lowBytes = size === 4 ? 2 : 4;
  const { direct, fine } = isLarge ? indexOf(main, size) : { direct: [], fine: [] };
  const pad = (length: number) => Math.ceil(length / 4) * 4;
  const out = new Uint8Array(
    RANGES.direct +
      (direct.length + fine.length) * 4 +
      pad(main.length * lowBytes) +
      pad(main.length * valueBytes) +
      whole.length * (4 + size),
  );
  const view = new DataView(out.buffer);
  const head = [valueBytes, direct.length, fine.length / FINE, main.length, whole.length];
  let at = 0;
  for (const word of [...head, ...direct, ...fine]) {
    view.setUint32(at, word, true);
    at += 4;
  }
  for (let index = 0; index < main.length; index += 1) {
    const low = lowOf(main[index] as Start, size);
    if (size === 4) view.setUint16(at + index * 2, low, true);
    else view.setUint32(at + index * 4, low, true);
  }
  at += pad(main.length * lowBytes);
  for (const [index, { chain }] of main.entries()) {
    if (wide) view.setUint32(at + index * 4, chain === ELSEWHERE ? 0xffff_ffff : chain, true);
    else view.setUint16(at + index * 2, chain === ELSEWHERE ? 0xffff : chain, true);
  }
  at += pad(main.length * valueBytes);
  for (const { chain } of whole) {
    view.setUint32(at, chain, true);
    at += 4;
  }
  for (const { address } of whole) {
    out.set(address, at);
    at += size;
  }
  return out;
}

const ELSEWHERE = -1;
// From so many starts with the same first 16 bits on, the next 8 are a table too. IPv4 has few with the same 24.
const FINE_FROM = 256;

function topOf({ address }: Pick<Start, "address">): number {
  return ((address[0] as number) << 8) | (address[1] as number);
}

// The bits after the first 16: as many as the main table has.
function lowOf({ address }: Start, size: 4 | 16): number {
  const upper = ((address[2] as number) << 8) | (address[3] as number);
  return size === 4 ? upper : ((upper << 16) | ((address[4] as number) << 8) | (address[5] as number)) >>> 0;
}

// Where the starts of each value of the first 16 bits begin, and of the next 8 where there are many.
function indexOf(main: readonly Start[], size: 4 | 16): { direct: number[]; fine: number[] } {
  const direct: number[] = [];
  const fine: number[] = [];
  let next = 0;
  for (let top = 0; top < 65_536; top += 1) {
    const first = next;
    while (next < main.length && topOf(main[next] as Start) === top) next += 1;
    if (size === 4 || next - first < FINE_FROM) {
      direct.push(first);
      continue;
    }
    direct.push(0x8000_0000 + fine.length / FINE);
    let at = first;
    for (let byte = 0; byte < FINE; byte += 1) {
      while (at < next && ((main[at] as Start).address[2] as number) < byte) at += 1;
      fine.push(at);
    }
  }
  direct.push(main.length);
  return { direct, fine };
}

// Where prefixes start, from the lowest address up, each with the longest of those that start there.
function startsOf(
  prefixes: readonly ListedPrefix[],
  chains: Chains,
): { starts: Start[]; inForce: Uint32Array } {
  const sorted = prefixes.toSorted((a, b) => compare(a.address, b.address) || a.length - b.length);
  const starts: Start[] = [];
  // For each value of the first 16 bits: the chain that holds all addresses with it.
  const inForce = new Uint32Array(65_536);
  const open: { address: Uint8Array; length: number; chain: number }[] = [];
  for (const { address, length, list } of sorted) {
    for (let last = open.at(-1); last !== undefined && !holds(last, address); last = open.at(-1)) open.pop();
    const chain = chains.of(length, list, open.at(-1)?.chain ?? 0);
    const last = starts.at(-1);
    if (last !== undefined && compare(last.address, address) === 0) last.chain = chain;
    else starts.push({ address, chain });
    open.push({ address, length, chain });
    if (length <= 16) {
      const top = topOf({ address });
      inForce.fill(chain, top, top + 2 ** (16 - length));
    }
  }
  return { starts, inForce };
}

// A search does not leave the first 16 bits of an address, so what holds all of them starts with each.
function withTops(starts: readonly Start[], inForce: Uint32Array): Start[] {
  const all: Start[] = [];
  let next = 0;
  for (let top = 0; top < 65_536; top += 1) {
    const first = starts[next];
    const isThere =
      first !== undefined && topOf(first) === top && first.address.every((byte, at) => at < 2 || byte === 0);
    if (!isThere && inForce[top] !== 0) {
      const address = new Uint8Array(starts[0]?.address.length ?? 4);
      address[0] = top >>> 8;
      address[1] = top;
      all.push({ address, chain: inForce[top] as number });
    }
    for (let start = starts[next]; start !== undefined && topOf(start) === top; start = starts[next]) {
      all.push(start);
      next += 1;
    }
  }
  return all;
}

// What starts within the first 48 bits of an IPv6 address goes to the main table; where it does not, the cell of 48 bits
// sends to the whole addresses, which then start with what holds the cell.
function split(starts: readonly Start[], size: 4 | 16, chains: Chains): { main: Start[]; whole: Start[] } {
  if (size === 4) return { main: [...starts], whole: [] };
  const main: Start[] = [];
  const whole: Start[] = [];
  for (let index = 0; index < starts.length; ) {
    const first = starts[index] as Start;
    const cell = cellOf(first.address);
    let end = index;
    let isDeep = false;
    for (
      let each = starts[end];
      each !== undefined && compare(cellOf(each.address), cell) === 0;
      each = starts[end]
    ) {
      isDeep ||= compare(each.address, cell) !== 0 || chains.lengthOf(each.chain) > 48;
      end += 1;
    }
    if (isDeep) {
      main.push({ address: cell, chain: ELSEWHERE });
      const before = starts[index - 1];
      if (compare(first.address, cell) !== 0)
        whole.push({
          address: cell,
          chain: before === undefined ? 0 : chains.holding(before.chain, before.address, cell),
        });
      for (const start of starts.slice(index, end)) whole.push(start);
    } else main.push(first);
    index = end;
  }
  return { main, whole };
}

function holds(
  prefix: { readonly address: Uint8Array; readonly length: number },
  address: Uint8Array,
): boolean {
  for (let bit = 0; bit < prefix.length; bit += 8) {
    const mask = 0xff << Math.max(0, 8 - (prefix.length - bit));
    if ((((prefix.address[bit >> 3] as number) ^ (address[bit >> 3] as number)) & mask & 0xff) !== 0)
      return false;
  }
  return true;
}
function cellOf(address: Uint8Array): Uint8Array {
  const cell = address.slice();
  cell.fill(0, 6);
  return cell;
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
