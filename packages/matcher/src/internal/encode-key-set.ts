// Keys to the parts of a key set, see layout/key-set.ts.
import * as KEY_BLOCK from "../layout/key-block.ts";
import * as KEY_SET from "../layout/key-set.ts";
import type { GroupNumbers } from "./group-numbers.ts";
import { GrowingBytes } from "./growing-bytes.ts";
import { ALL_PIECES, MAX_PIECES, PIECE_CHARS, PieceCoder } from "./key-pieces.ts";
import { LONG } from "./key-set.ts";
import type { KeyTexts } from "./key-texts.ts";
import { type KeyKind, type PlacedKeys, placeKeys } from "./place-keys.ts";
import { arrange, backwards } from "./scratch.ts";

/** Keys, each with the number of a group. Writing them uses them up. */
export interface GroupedKeys {
  readonly texts: KeyTexts;
  readonly groupOf: GroupNumbers;
}

/** What the groups of a key set mean. */
export interface GroupMeaning {
  /** The same text for the same postings, whatever number a group has. */
  readonly nameOf: (group: number) => string;
  /** Posting lists of a group; asked once for each group that is used, in the order in which the image has them. */
  readonly listsOf: (group: number) => readonly [number, number, number];
}

// The text of a piece, and its length in four bytes.
const PIECE_ROW = PIECE_CHARS + 4;

// Sets with less text write only the pieces that they use; in a larger one all of them are few, and no new key adds one.
const ALL_PIECES_FROM = 1 << 18;

// After so many blocks what was written of the keys is given back.
const CUT_BLOCKS = 1 << 10;

/**
 * Writes a key set, as parts that follow each other, each filled up to a multiple of four. The order in which keys come does
 * not reach the bytes.
 *
 * Throws RangeError when no hash keeps the keys apart: nobody's names do that by chance.
 */
export function encodeKeySet(keys: GroupedKeys, groups: GroupMeaning, kind: KeyKind): readonly Uint8Array[] {
  const { texts, groupOf } = keys;
  const count = texts.size;
  const extent = extentOf(texts, kind);
  const used = piecesUsed(texts, extent);
  const { numbers, lists } = numberGroups(keys, groups);
  const placed = placeKeys(texts, kind);
  // The last one first: what is written is cut off then, and its memory is for what it became.
  const [ofTexts, ofGroups] = [texts.columns(), groupOf.columns(count)];
  arrange(
    { words: [...ofTexts.words, ...ofGroups.words], bytes: [...ofTexts.bytes, ...ofGroups.bytes] },
    backwards(placed.keys),
  );
  texts.dropOrder();

  const groupBytes = bytesFor(lists.length / 3);
  const writer = new RecordWriter(texts, extent, used.codes, groupBytes);
  writer.write(placed, groupOf, numbers);
  const head = new Uint32Array(KEY_SET.head / 4);
  head.set([
    count,
    placed.seed,
    extent.longest,
    placed.blockCount,
    lists.length / 3,
    writer.length,
    used.count,
    groupBytes,
  ]);
  return [
    bytesOf(head),
    placed.blocks,
    bytesOf(placed.filters),
    bytesOf(extent.units),
    used.rows,
    bytesOf(Uint32Array.from(lists)),
    writer.records.bytes(),
  ];
}

// Groups in an order that is theirs: by what they mean.
function numberGroups(keys: GroupedKeys, { nameOf, listsOf }: GroupMeaning) {
  const isUsed: boolean[] = [];
  for (let key = 0; key < keys.texts.size; key += 1) isUsed[keys.groupOf.of(key)] = true;
  const named = [...isUsed.keys()].flatMap((group) =>
    isUsed[group] === true ? [{ group, name: nameOf(group) }] : [],
  );
  const ordered = named.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const numbers: number[] = [];
  for (const [number, { group }] of ordered.entries()) numbers[group] = number;
  return { numbers, lists: ordered.flatMap(({ group }) => listsOf(group)) };
}

// Bytes that hold the number of one of so many groups.
function bytesFor(groupCount: number): number {
  let bytes = 0;
  while (groupCount > 2 ** (bytes * 8)) bytes += 1;
  return bytes;
}

interface Extent {
  /** Most units (labels of a name, characters of a URL) that a key has, and bit n where some key has n. */
  readonly longest: number;
  readonly units: Uint32Array;
  readonly longestBytes: number;
  readonly bytes: number;
}

function extentOf(texts: KeyTexts, kind: KeyKind): Extent {
  const counts = new Set<number>();
  let [longestBytes, bytes] = [0, 0];
  for (let key = 0; key < texts.size; key += 1) {
    const length = texts.lengthOf(key);
    let count = length;
    if (kind === "names") {
      const chunk = texts.chunkOf(key);
      const from = texts.startOf(key);
      count = 1;
      for (let index = from; index < from + length; index += 1) if (chunk[index] === 0x2e) count += 1;
    }
    counts.add(count);
    longestBytes = Math.max(longestBytes, length);
    bytes += length;
  }
  const longest = [...counts].reduce((most, count) => Math.max(most, count), 0);
  const units = new Uint32Array((longest >>> 5) + 1);
  for (const count of counts) units[count >>> 5] = (units[count >>> 5] as number) | (1 << (count & 31));
  return { longest, units, longestBytes, bytes };
}

// The pieces that a set writes, and the code in it of each of all pieces.
function piecesUsed(texts: KeyTexts, { bytes, longestBytes }: Extent) {
  const isUsed = new Uint8Array(MAX_PIECES);
  if (bytes >= ALL_PIECES_FROM) isUsed.fill(1, 0, ALL_PIECES.length);
  else {
    const coder = new PieceCoder(longestBytes);
    const codes = new Uint16Array(longestBytes);
    for (let key = 0; key < texts.size; key += 1) {
      const count = coder.write(texts.chunkOf(key), texts.startOf(key), texts.lengthOf(key), codes);
      for (let index = 0; index < count; index += 1) isUsed[codes[index] as number] = 1;
    }
  }
  // By position: iterators of the thousands of pieces would be most of what a small set leaves to the collector of garbage.
  const codes = new Uint16Array(MAX_PIECES);
  const rows = new Uint8Array(ALL_PIECES.length * PIECE_ROW);
  let count = 0;
  for (let code = 0; code < ALL_PIECES.length; code += 1) {
    if (isUsed[code] === 0) continue;
    const piece = ALL_PIECES[code] as string;
    const row = count * PIECE_ROW;
    for (let index = 0; index < piece.length; index += 1) rows[row + index] = piece.charCodeAt(index);
    rows[row + PIECE_CHARS] = piece.length;
    codes[code] = count;
    count += 1;
  }
  return { count, codes, rows: rows.subarray(0, count * PIECE_ROW) };
}

class RecordWriter {
  readonly records: GrowingBytes;
  readonly #texts: KeyTexts;
  readonly #coder: PieceCoder;
  readonly #codeOf: Uint16Array;
  readonly #codes: Uint16Array;
  readonly #groupBytes: number;
  #length = 0;

  constructor(texts: KeyTexts, extent: Extent, codeOf: Uint16Array, groupBytes: number) {
    this.#texts = texts;
    this.#coder = new PieceCoder(extent.longestBytes);
    this.#codeOf = codeOf;
    this.#codes = new Uint16Array(extent.longestBytes);
    this.#groupBytes = groupBytes;
    this.records = new GrowingBytes(0);
  }

  /** Bytes of the records, before they are filled up. */
  get length(): number {
    return this.#length;
  }

  /** Writes all records, the last key's first, and into the blocks where they are and how long. */
  write({ blocks, blockCount }: PlacedKeys, groupOf: GroupNumbers, numbers: readonly number[]): void {
    let key = this.#texts.size;
    for (let block = 0; block < blockCount; block += 1) {
      const at = block * KEY_BLOCK.bytes;
      const start = this.records.length;
      for (let byte = 0; byte < 4; byte += 1) blocks[at + KEY_BLOCK.records + byte] = start >>> (byte * 8);
      const count = (blocks[at + KEY_BLOCK.ends + KEY_BLOCK.buckets - 1] as number) & ~KEY_BLOCK.goesOn;
      for (let place = 0; place < count; place += 1) {
        key -= 1;
        const group = this.#groupBytes === 0 ? 0 : (numbers[groupOf.of(key)] ?? 0);
        blocks[at + KEY_BLOCK.lengths + place] = Math.min(this.#writeRecord(key, group), LONG);
      }
      if (block % CUT_BLOCKS > 0 && key > 0) continue;
      this.#texts.cut(key);
      groupOf.cut(key);
    }
    this.#length = this.records.length;
    this.records.alignTo(2);
  }

  // Returns its bytes.
  #writeRecord(key: number, group: number): number {
    const texts = this.#texts;
    const codes = this.#codes;
    const codeOf = this.#codeOf;
    const length = texts.lengthOf(key);
    const count = this.#coder.write(texts.chunkOf(key), texts.startOf(key), length, codes);
    const bytes = this.#groupBytes + ((count * 3 + 1) >>> 1);
    const whole = bytes < LONG ? bytes : bytes + 2;
    const end = this.records.length;
    const out = this.records.room(whole + 1);
    let at = end;
    if (bytes >= LONG) {
      out[at] = whole;
      out[at + 1] = whole >>> 8;
      at += 2;
    }
    for (let byte = 0; byte < this.#groupBytes; byte += 1) {
      out[at] = group >>> (byte * 8);
      at += 1;
    }
    for (let each = 0; each < count; each += 2) {
      const one = codeOf[codes[each] as number] as number;
      const isLast = each + 1 === count;
      const two = isLast ? 0 : (codeOf[codes[each + 1] as number] as number);
      out[at] = one;
      out[at + 1] = (one >>> 8) | (two << 4);
      if (!isLast) out[at + 2] = two >>> 4;
      at += 3;
    }
    this.records.skip(whole);
    return whole;
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
