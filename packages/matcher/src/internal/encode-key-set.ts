// Keys to the parts of a key set, see KEY_SET in layout.ts.
import { KEY_BLOCK } from "../layout.ts";
import { GrowingBytes } from "./growing-bytes.ts";
import { ALL_PIECES, MAX_PIECES, PIECE_CHARS, PieceCoder } from "./key-pieces.ts";
import { WIDE_GROUP } from "./key-set.ts";
import type { KeyTexts } from "./key-texts.ts";
import { type KeyKind, type PlacedKeys, placeKeys } from "./place-keys.ts";

/** Keys, each with the number of a group. */
export interface GroupedKeys {
  readonly texts: KeyTexts;
  readonly groupOf: (key: number) => number;
}

/** What the groups of a key set mean. */
export interface GroupMeaning {
  /** The same text for the same postings, whatever number a group has. */
  readonly nameOf: (group: number) => string;
  /** Posting lists of a group; asked once for each group that is used, in the order in which the image has them. */
  readonly listsOf: (group: number) => readonly [number, number, number];
}

// Sets with less text write only the pieces that they use; in a larger one all of them are few, and no new key adds one.
const ALL_PIECES_FROM = 1 << 18;
// Sets whose keys are longer than this on average give the length of a record eight bits instead of four.
const LONG_KEY = 24;

/**
 * Writes a key set, as parts that follow each other, each filled up to a multiple of four. The order in which keys come does
 * not reach the bytes.
 *
 * Throws RangeError when no hash keeps the keys apart: nobody's names do that by chance.
 */
export function encodeKeySet(keys: GroupedKeys, groups: GroupMeaning, kind: KeyKind): readonly Uint8Array[] {
  const { texts } = keys;
  const placed = placeKeys(texts, kind);
  const { numbers, lists } = numberGroups(keys, groups);
  const slots = new Uint32Array(texts.size);
  const groupInSlot = (slot: number) => numbers[keys.groupOf(placed.keys[slot] as number)] ?? 0;
  for (let slot = 0; slot < slots.length; slot += 1)
    slots[slot] =
      ((placed.prints[placed.keys[slot] as number] as number) & ~255) |
      Math.min(groupInSlot(slot), WIDE_GROUP);

  const extent = extentOf(texts, kind);
  const used = piecesUsed(texts, extent);
  const writer = new RecordWriter(texts, placed, extent, used.codes);
  const rows = writer.write(groupInSlot);
  const head = [
    texts.size,
    placed.seed,
    extent.shortest,
    extent.longest,
    placed.blockCount,
    lists.length / 3,
    writer.records.length,
    used.pieces.length,
    writer.lengthBits | (writer.shift << 8) | ((lists.length / 3 > WIDE_GROUP ? 1 : 0) << 16),
  ];
  return [
    bytesOf(Uint32Array.from(head)),
    padded(used.lengths),
    used.text,
    rows,
    bytesOf(slots),
    bytesOf(Uint32Array.from(lists)),
    padded(writer.records.bytes()),
  ];
}

// Groups in an order that is theirs: the most used that fit in a slot, then the rest, each by what they mean.
function numberGroups(keys: GroupedKeys, { nameOf, listsOf }: GroupMeaning) {
  const uses: number[] = [];
  for (let key = 0; key < keys.texts.size; key += 1) {
    const group = keys.groupOf(key);
    uses[group] = (uses[group] ?? 0) + 1;
  }
  const named = uses.flatMap((count, group) =>
    count === undefined ? [] : [{ group, count, name: nameOf(group) }],
  );
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  const byUse =
    named.length <= WIDE_GROUP ? named : named.toSorted((a, b) => b.count - a.count || byName(a, b));
  const ordered = [
    ...byUse.slice(0, WIDE_GROUP).toSorted(byName),
    ...byUse.slice(WIDE_GROUP).toSorted(byName),
  ];
  const numbers: number[] = [];
  for (const [number, { group }] of ordered.entries()) numbers[group] = number;
  return { numbers, lists: ordered.flatMap(({ group }) => listsOf(group)) };
}

interface Extent {
  /** Fewest and most units (labels of a name, characters of a URL) that a key has. */
  readonly shortest: number;
  readonly longest: number;
  readonly longestBytes: number;
  readonly bytes: number;
}

function extentOf(texts: KeyTexts, kind: KeyKind): Extent {
  let shortest = texts.size === 0 ? 0 : Number.POSITIVE_INFINITY;
  let [longest, longestBytes, bytes] = [0, 0, 0];
  for (let key = 0; key < texts.size; key += 1) {
    const length = texts.lengthOf(key);
    let units = length;
    if (kind === "names") {
      const chunk = texts.chunkOf(key);
      const from = texts.startOf(key);
      units = 1;
      for (let index = from; index < from + length; index += 1) if (chunk[index] === 0x2e) units += 1;
    }
    shortest = Math.min(shortest, units);
    longest = Math.max(longest, units);
    longestBytes = Math.max(longestBytes, length);
    bytes += length;
  }
  return { shortest, longest, longestBytes, bytes };
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
  const codes = new Uint16Array(MAX_PIECES);
  const pieces: string[] = [];
  for (const [code, piece] of ALL_PIECES.entries())
    if (isUsed[code] === 1) codes[code] = pieces.push(piece) - 1;
  const text = new Uint8Array(pieces.length * PIECE_CHARS);
  for (const [code, piece] of pieces.entries())
    for (let index = 0; index < piece.length; index += 1)
      text[code * PIECE_CHARS + index] = piece.charCodeAt(index);
  return { pieces, codes, text, lengths: Uint8Array.from(pieces, (piece) => piece.length) };
}

class RecordWriter {
  readonly records: GrowingBytes;
  readonly lengthBits: 4 | 8;
  /** Records of four buckets start at multiples of 2 to the power of this. */
  readonly shift: number;
  readonly #texts: KeyTexts;
  readonly #placed: PlacedKeys;
  readonly #coder: PieceCoder;
  readonly #codeOf: Uint16Array;
  readonly #codes: Uint16Array;

  constructor(texts: KeyTexts, placed: PlacedKeys, extent: Extent, codeOf: Uint16Array) {
    this.#texts = texts;
    this.#placed = placed;
    this.#coder = new PieceCoder(extent.longestBytes);
    this.#codeOf = codeOf;
    this.#codes = new Uint16Array(extent.longestBytes);
    this.lengthBits = extent.bytes > texts.size * LONG_KEY ? 8 : 4;
    this.shift = shiftFor(texts, placed);
    this.records = new GrowingBytes(extent.bytes >>> 1);
  }

  /** Writes all records; returns the rows of the blocks. */
  write(groupInSlot: (slot: number) => number): Uint8Array {
    const { blockCount, starts } = this.#placed;
    const rows = new Uint8Array(blockCount * KEY_BLOCK.bytes);
    const view = new DataView(rows.buffer);
    for (let block = 0; block < blockCount; block += 1) {
      const bucket = block * KEY_BLOCK.buckets;
      const row = block * KEY_BLOCK.bytes;
      const first = starts[bucket] as number;
      view.setUint32(row + KEY_BLOCK.first, first, true);
      for (let each = 0; each < KEY_BLOCK.buckets; each += 1)
        rows[row + KEY_BLOCK.ends + each] = (starts[bucket + each + 1] as number) - first;
      for (let quarter = 0; quarter < 4; quarter += 1) {
        this.records.alignTo(this.shift);
        const at = this.records.length;
        if (quarter === 0) view.setUint32(row + KEY_BLOCK.records, at, true);
        const base = view.getUint32(row + KEY_BLOCK.records, true);
        view.setUint16(row + KEY_BLOCK.quarters + 6 - quarter * 2, (at - base) >>> this.shift, true);
        const from = starts[bucket + quarter * 4] as number;
        this.#writeQuarter(from, starts[bucket + quarter * 4 + 4] as number, groupInSlot);
      }
    }
    return rows;
  }

  // The lengths of all records, then the records.
  #writeQuarter(from: number, to: number, groupInSlot: (slot: number) => number): void {
    const { lengthBits } = this;
    const most = (1 << lengthBits) - 1;
    const texts = this.#texts;
    const codes = this.#codes;
    const codeOf = this.#codeOf;
    const lengthsAt = this.records.length;
    this.records.skip(((to - from) * lengthBits + 7) >>> 3);
    for (let slot = from; slot < to; slot += 1) {
      const key = this.#placed.keys[slot] as number;
      const length = texts.lengthOf(key);
      const count = this.#coder.write(texts.chunkOf(key), texts.startOf(key), length, codes);
      const out = this.records.room(length * 2 + 8);
      const short = Math.min(count, most);
      const lengthAt = lengthsAt + (lengthBits === 8 ? slot - from : (slot - from) >>> 1);
      out[lengthAt] = (out[lengthAt] as number) | (short << (lengthBits === 8 ? 0 : ((slot - from) & 1) * 4));
      let end = this.records.length;
      const group = groupInSlot(slot);
      if (group >= WIDE_GROUP)
        for (let bit = 0; bit < 32; bit += 8) {
          out[end] = group >>> bit;
          end += 1;
        }
      if (short === most) {
        out[end] = count;
        out[end + 1] = count >>> 8;
        end += 2;
      }
      for (let each = 0; each < count; each += 2) {
        const one = codeOf[codes[each] as number] as number;
        const isLast = each + 1 === count;
        const two = isLast ? 0 : (codeOf[codes[each + 1] as number] as number);
        out[end] = one;
        out[end + 1] = (one >>> 8) | (two << 4);
        if (!isLast) out[end + 2] = two >>> 4;
        end += isLast ? 2 : 3;
      }
      this.records.skip(end - this.records.length);
    }
  }
}

// So that the records of a block, however long its keys, are within what its row can say.
function shiftFor(texts: KeyTexts, { keys, starts, blockCount }: PlacedKeys): number {
  let largest = 0;
  for (let block = 0; block < blockCount; block += 1) {
    let bytes = 0;
    const to = starts[(block + 1) * KEY_BLOCK.buckets] as number;
    for (let slot = starts[block * KEY_BLOCK.buckets] as number; slot < to; slot += 1)
      bytes += texts.lengthOf(keys[slot] as number) * 2 + 8;
    largest = Math.max(largest, bytes);
  }
  let shift = 0;
  while (largest >>> shift > 0xf000) shift += 1;
  return shift;
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 4 === 0) return bytes;
  const out = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  out.set(bytes);
  return out;
}
