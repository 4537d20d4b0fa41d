// The large tables of an image, opened in place: their parts are seen to lie within their sections, and not read through.
// Whatever they say, a lookup reads within them and ends.
import * as KEY_BLOCK from "../layout/key-block.ts";
import * as KEY_SET from "../layout/key-set.ts";
import * as PATTERN from "../layout/pattern.ts";
import * as RANGES from "../layout/ranges.ts";
import * as ROW_BYTES from "../layout/row-bytes.ts";
import { SECTION } from "../layout.ts";
import { ImageFault } from "./image-fault.ts";
import { type KeySet, PIECE_BYTES } from "./key-set.ts";
import { nameKey } from "./name-bytes.ts";
import { FINE, IS_FINE, type RangeTable } from "./range-table.ts";
import type { Sections } from "./read-sections.ts";

type Kind = (typeof SECTION)[keyof typeof SECTION];

// Codes have twelve bits.
const MAX_PIECES = 4096;

/** A key set. */
export function readKeySet(sections: Sections, kind: Kind): KeySet {
  const part = new Parts(sections, kind, "a key set");
  const [, seed, longest, blockCount, groupCount, recordBytes, pieceCount, groupBytes] = part.words(
    KEY_SET.head / 4,
  ) as unknown as [number, number, number, number, number, number, number, number];
  if (blockCount < 2 || blockCount > 0x07ff_ffff || pieceCount > MAX_PIECES) throw part.fault();
  if (groupBytes > 3) throw part.fault();
  const { bytes, words: blocks } = part.both(blockCount * KEY_BLOCK.words);
  const filters = part.words((blockCount - 1) * KEY_SET.filterWords);
  const units = part.words((longest >>> 5) + 1);
  const pieces = part.words(pieceCount * 3);
  for (let at = 2; at < pieces.length; at += 3)
    if ((pieces[at] as number) < 1 || (pieces[at] as number) > PIECE_BYTES) throw part.fault();
  // No key is longer than its record can say: a byte of it is a piece at most.
  const most = Math.min(longest, recordBytes * PIECE_BYTES);
  const key =
    kind === SECTION.names
      ? nameKey
      : new Uint8Array((kind === SECTION.tokens ? PATTERN.urlBytes : most) + PIECE_BYTES);
  return {
    seed,
    longest,
    units,
    bucketScale: ((blockCount - 1) * KEY_BLOCK.buckets) / 2 ** 32,
    blocks,
    filters,
    blockBytes: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    groups: part.words(groupCount * 3),
    records: part.bytes(recordBytes),
    groupBytes,
    pieces,
    key,
    keyWords: new DataView(key.buffer),
  };
}

/** Prefixes of one family. */
export function readRanges(sections: Sections, kind: Kind, bytes: 4 | 16, chains: Uint32Array): RangeTable {
  const part = new Parts(sections, kind, "a table of ranges");
  const [valueBytes, directCount, fineCount, mainCount, wholeCount] = part.words(
    RANGES.direct / 4,
  ) as unknown as [number, number, number, number, number];
  if (
    (valueBytes !== 2 && valueBytes !== 4) ||
    (directCount !== 0 && directCount !== 65_537) ||
    fineCount > 65_536 ||
    mainCount >= IS_FINE
  )
    throw part.fault();
  const direct = part.words(directCount);
  const fine = part.words(fineCount * FINE);
  if (!leadsWithin(direct, fine, mainCount)) throw part.fault();
  return {
    bytes,
    direct,
    fine,
    lows: bytes === 4 ? part.halves(mainCount) : part.words(mainCount),
    values: valueBytes === 2 ? part.halves(mainCount) : part.words(mainCount),
    elsewhere: valueBytes === 2 ? 0xffff : 0xffff_ffff,
    startChains: part.words(wholeCount),
    starts: part.bytes(wholeCount * bytes),
    chains,
  };
}

// Whether starts of the main table do not fall and are within it, rows of `fine` one after the other. Most images are opened once in
// a process, so this is mostly run before an engine has made code of it: it does little for each of the many thousand entries.
function leadsWithin(direct: Uint32Array, fine: Uint32Array, mainCount: number): boolean {
  let last = 0;
  let row = 0;
  for (let top = 0; top < direct.length; top += 1) {
    const start = direct[top] as number;
    if (start >= last && start < IS_FINE) last = start;
    else if (start !== IS_FINE + row || row * FINE >= fine.length || top === 65_536) return false;
    else {
      last = highestOf(fine, row * FINE, last);
      if (last < 0) return false;
      row += 1;
    }
  }
  return last <= mainCount;
}

// Last entry of a row of `fine`, the highest; -1 where one is below that before it.
function highestOf(fine: Uint32Array, from: number, least: number): number {
  let last = least;
  for (let at = from; at < from + FINE; at += 1) {
    const start = fine[at] as number;
    if (start < last) return -1;
    last = start;
  }
  return last;
}

/** Chains of prefixes; each parent comes before, so that every walk ends, and is shorter, so that it holds what its child holds. */
export function readChains(sections: Sections, kind: Kind, listCount: number): Uint32Array {
  const length = sections.bytes(kind).length / ROW_BYTES.chains;
  const part = new Parts(sections, kind, "a chain of prefixes");
  if (!Number.isInteger(length)) throw part.fault();
  const chains = part.words(length * 3);
  for (let at = 0; at < chains.length; at += 3) {
    const parent = chains[at + 2] as number;
    const isWhole =
      (chains[at] as number) <= 128 &&
      (chains[at + 1] as number) < listCount &&
      parent <= at / 3 &&
      (parent === 0 || (chains[parent * 3 - 3] as number) < (chains[at] as number));
    if (!isWhole) throw part.fault();
  }
  return chains;
}

/** Parts of a section one after the other, each at a multiple of 4. */
export class Parts {
  readonly #sections: Sections;
  readonly #kind: Kind;
  readonly #what: string;
  readonly #length: number;
  #at = 0;

  constructor(sections: Sections, kind: Kind, what: string) {
    this.#sections = sections;
    this.#kind = kind;
    this.#what = what;
    this.#length = sections.bytes(kind).length;
  }

  fault(): ImageFault {
    return new ImageFault(
      "image/table",
      this.#sections.offset(this.#kind) + this.#at,
      `${this.#what} is cut or says sizes that can not be`,
    );
  }

  words(count: number): Uint32Array {
    return this.#sections.words(this.#kind, this.#next(count * 4), count);
  }

  halves(count: number): Uint16Array {
    return this.#sections.halves(this.#kind, this.#next(count * 2), count);
  }

  bytes(count: number): Uint8Array {
    const at = this.#next(count);
    return this.#sections.bytes(this.#kind).subarray(at, at + count);
  }

  /** The same bytes as words and as they are. */
  both(count: number): { readonly words: Uint32Array; readonly bytes: Uint8Array } {
    const at = this.#next(count * 4);
    return {
      words: this.#sections.words(this.#kind, at, count),
      bytes: this.#sections.bytes(this.#kind).subarray(at, at + count * 4),
    };
  }

  /** What is left. */
  rest(): Uint8Array {
    return this.bytes(this.#length - this.#at);
  }

  #next(length: number): number {
    const at = this.#at;
    if (at + length > this.#length) throw this.fault();
    this.#at = Math.ceil((at + length) / 4) * 4;
    return at;
  }
}
