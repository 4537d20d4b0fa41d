// Prefixes to ranges: a sweep over the space with a stack of the prefixes that are open.
import { RANGES } from "../layout.ts";

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
}

interface Start {
  readonly address: Uint8Array;
  chain: number;
}

/** Writes the ranges of one family. Prefixes are distinct; their order does not matter. */
export function encodeRanges(prefixes: readonly ListedPrefix[], size: 4 | 16, chains: Chains): Uint8Array {
  const starts = startsOf(prefixes, chains);
  const isLarge = starts.length >= RANGES.large;
  const { main, whole } = isLarge ? split(starts, size) : { main: [], whole: starts };
  const wide = main.some((start) => start.chain >= 0xffff && start.chain !== ELSEWHERE);
  const valueBytes = wide ? 4 : 2;
  const lowBytes = size === 4 ? 2 : 4;
  const directCount = isLarge ? 65_537 : 0;
  const pad = (length: number) => Math.ceil(length / 4) * 4;
  const out = new Uint8Array(
    RANGES.direct +
      directCount * 4 +
      pad(main.length * lowBytes) +
      pad(main.length * valueBytes) +
      whole.length * (4 + size),
  );
  const view = new DataView(out.buffer);
  for (const [index, word] of [valueBytes, directCount, main.length, whole.length].entries())
    view.setUint32(index * 4, word, true);
  let at: number = RANGES.direct;
  if (isLarge) {
    let next = 0;
    for (let top = 0; top <= 65_536; top += 1) {
      while (next < main.length && topOf(main[next] as Start) < top) next += 1;
      view.setUint32(at + top * 4, next, true);
    }
    at += directCount * 4;
  }
  for (let index = 0; index < main.length; index += 1) {
    const { address } = main[index] as Start;
    const upper = ((address[2] as number) << 8) | (address[3] as number);
    if (size === 4) view.setUint16(at + index * 2, upper, true);
    else {
      const lower = ((address[4] as number) << 8) | (address[5] as number);
      view.setUint32(at + index * 4, ((upper << 16) | lower) >>> 0, true);
    }
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

function topOf({ address }: Start): number {
  return ((address[0] as number) << 8) | (address[1] as number);
}

// Where the chain changes, from the lowest address up.
function startsOf(prefixes: readonly ListedPrefix[], chains: Chains): Start[] {
  const sorted = prefixes.toSorted((a, b) => compare(a.address, b.address) || a.length - b.length);
  const starts: Start[] = [];
  const open: { end: Uint8Array | null; chain: number }[] = [];
  const begin = (address: Uint8Array, chain: number): void => {
    const last = starts.at(-1);
    if (last !== undefined && compare(last.address, address) === 0) {
      last.chain = chain;
      const before = starts.at(-2);
      if ((before?.chain ?? 0) === chain) starts.pop();
    } else if ((last?.chain ?? 0) !== chain) starts.push({ address, chain });
  };
  const closeUntil = (address: Uint8Array | null): void => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (address !== null && (top.end === null || compare(top.end, address) > 0)) return;
      open.pop();
      if (top.end !== null) begin(top.end, open.at(-1)?.chain ?? 0);
    }
  };
  for (const { address, length, list } of sorted) {
    closeUntil(address);
    const chain = chains.of(length, list, open.at(-1)?.chain ?? 0);
    begin(address, chain);
    open.push({ end: after(address, length), chain });
  }
  closeUntil(null);
  return starts;
}

// The first address after a prefix; null at the end of the space.
function after(address: Uint8Array, length: number): Uint8Array | null {
  if (length === 0) return null;
  const end = address.slice();
  let index = (length - 1) >> 3;
  let carry = 1 << (7 - ((length - 1) & 7));
  while (carry > 0 && index >= 0) {
    const sum = (end[index] as number) + carry;
    end[index] = sum & 0xff;
    carry = sum >> 8;
    index -= 1;
  }
  return carry > 0 ? null : end;
}

// What starts within the first 48 bits of an IPv6 address goes to the main table; where it does not, the cell of 48 bits
// sends to the whole addresses, which then start with the cell.
function split(starts: readonly Start[], size: 4 | 16): { main: Start[]; whole: Start[] } {
  if (size === 4) return { main: [...starts], whole: [] };
  const main: Start[] = [];
  const whole: Start[] = [];
  let inForce = 0;
  for (let index = 0; index < starts.length; ) {
    const cell = cellOf((starts[index] as Start).address);
    let end = index;
    let isDeep = false;
    while (end < starts.length && compare(cellOf((starts[end] as Start).address), cell) === 0) {
      isDeep ||= compare((starts[end] as Start).address, cell) !== 0;
      end += 1;
    }
    const last = (starts[end - 1] as Start).chain;
    if (isDeep) {
      main.push({ address: cell, chain: ELSEWHERE });
      if (compare((starts[index] as Start).address, cell) !== 0)
        whole.push({ address: cell, chain: inForce });
      for (const start of starts.slice(index, end)) whole.push(start);
      const next = after(cell, 48);
      const following = starts[end];
      if (next !== null && (following === undefined || compare(cellOf(following.address), next) !== 0))
        main.push({ address: next, chain: last });
    } else main.push(starts[index] as Start);
    inForce = last;
    index = end;
  }
  return { main, whole };
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
