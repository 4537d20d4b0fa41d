// A set of keys (names or URLs), each with a group, in flat arrays that are read in place. A key's hash gives its bucket of
// about four slots; the hot part (slots and the rows that say where buckets start, under five bytes a key) turns foreign
// keys away, the records have the keys themselves: no answer is probabilistic.
//
// Reads are safe whatever the bytes say: every loop is bounded by what a byte can hold, so opening looks at sizes only.
import { KEY_BLOCK } from "../layout.ts";
import { printOf, spreadA, spreadB } from "./key-hash.ts";

/** A key set, opened. */
export interface KeySet {
  readonly count: number;
  readonly seed: number;
  /** Fewest and most units (labels of a name, characters of a URL) that a key has. */
  readonly shortest: number;
  readonly longest: number;
  /** Buckets, as a part of 2^32. */
  readonly bucketScale: number;
  /** A row for each block of sixteen buckets, see KEY_BLOCK; as words and as bytes. */
  readonly rows: Uint32Array;
  readonly rowBytes: Uint8Array;
  /** A slot: 24 bits of the key's print, 8 bits of its group; group 255 is written with the key. */
  readonly slots: Uint32Array;
  readonly records: Uint8Array;
  /** Bits of a record's length, 4 or 8. */
  readonly lengthBits: number;
  /** Records of four buckets start at multiples of 2 to the power of this. */
  readonly shift: number;
  /** Whether there are groups that a slot can not say. */
  readonly isWide: boolean;
  /** Texts that keys are written with, by code: bytes of each, and two little-endian words of its text. */
  readonly pieceLengths: Uint8Array;
  readonly pieceWords: Uint32Array;
  /** Three posting lists a group. */
  readonly groups: Uint32Array;
  /** Room for the key that is looked for, and for a piece after it; whoever asks writes it. */
  readonly key: Uint8Array;
  readonly keyWords: DataView;
}

/** Group number in a slot that says: the group is written with the key. */
export const WIDE_GROUP = 255;

/** Longest piece, in bytes. */
export const PIECE_BYTES = 8;

// Which bits of its two words a piece has, by its length.
const LOW_MASK = Uint32Array.from([0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, ...Array(4).fill(0xffff_ffff)]);
const HIGH_MASK = Uint32Array.from([0, 0, 0, 0, 0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff]);

/**
 * Group of the key that `set.key[from, to)` spells, or -1. `a` and `b` are its hash lanes.
 *
 * Cost: two reads when the key is not there; one more, far away, when it is.
 */
export function findGroup(set: KeySet, a: number, b: number, from: number, to: number): number {
  const { slots } = set;
  const x = spreadA(a);
  const bucket = ((x >>> 0) * set.bucketScale) | 0;
  const end = (bucket >>> 4) * KEY_BLOCK.bytes + KEY_BLOCK.ends + (bucket & 15);
  const first = set.rows[(bucket >>> 4) * KEY_BLOCK.words] as number;
  const print = printOf(x, spreadB(b));
  const last = first + (set.rowBytes[end] as number);
  // The byte before the first end of a row is zero.
  for (let slot = first + (set.rowBytes[end - 1] as number); slot < last; slot += 1) {
    if ((((slots[slot] as number) ^ print) & ~255) !== 0) continue;
    const group = groupAt(set, slot, bucket, from, to);
    if (group >= 0) return group;
  }
  return -1;
}

/** Posting list of a group: column 0 to 2; list 0 where the group is none. */
export function listOf(set: KeySet, group: number, column: 0 | 1 | 2): number {
  return set.groups[group * 3 + column] ?? 0;
}

// The group of the key in the buffer, where the record of the slot says that it is this key.
function groupAt(set: KeySet, slot: number, bucket: number, from: number, to: number): number {
  const { records, rowBytes, rows, slots, isWide } = set;
  const row = (bucket >>> 4) * KEY_BLOCK.bytes;
  const first = rows[(bucket >>> 4) * KEY_BLOCK.words] as number;
  const quarter = (bucket >>> 2) & 3;
  const offsetAt = row + KEY_BLOCK.quarters + 6 - quarter * 2;
  const offset = (rowBytes[offsetAt] as number) | ((rowBytes[offsetAt + 1] as number) << 8);
  const lengths =
    (rows[(bucket >>> 4) * KEY_BLOCK.words + KEY_BLOCK.records / 4] as number) + offset * 2 ** set.shift;
  const start = first + (rowBytes[row + KEY_BLOCK.ends - 1 + quarter * 4] as number);
  const count = first + (rowBytes[row + KEY_BLOCK.ends + 3 + quarter * 4] as number) - start;

  // The records of the slots before this one are passed over.
  const { lengthBits } = set;
  const most = (1 << lengthBits) - 1;
  let at = lengths + ((count * lengthBits + 7) >>> 3);
  let length = 0;
  for (let each = start; ; each += 1) {
    const index = each - start;
    length =
      lengthBits === 8
        ? (records[lengths + index] as number)
        : ((records[lengths + (index >>> 1)] as number) >>> ((index & 1) * 4)) & 15;
    const wide = isWide && ((slots[each] as number) & 255) === WIDE_GROUP ? 4 : 0;
    if (length === most) {
      length = (records[at + wide] as number) | ((records[at + wide + 1] as number) << 8);
      if (each < slot) at += 2;
    }
    if (each >= slot) break;
    at += wide + ((length * 3 + 1) >>> 1);
  }
  let group = (slots[slot] as number) & 255;
  if (isWide && group === WIDE_GROUP) {
    group =
      ((records[at] as number) |
        ((records[at + 1] as number) << 8) |
        ((records[at + 2] as number) << 16) |
        ((records[at + 3] as number) << 24)) >>>
      0;
    at += 4;
  }
  if (length >= most) at += 2;
  return spells(set, at, length, from, to) ? group : -1;
}

// Whether so many codes spell the key. Pieces are compared as two words each: what lies after the key in the buffer can only
// make a piece end beyond it.
function spells(set: KeySet, start: number, count: number, from: number, to: number): boolean {
  const { records, keyWords, pieceLengths, pieceWords } = set;
  let at = start;
  let index = from;
  for (let each = 0; each < count; each += 1) {
    let code: number;
    if ((each & 1) === 0) {
      code = (records[at] as number) | (((records[at + 1] as number) & 15) << 8);
      at += 1;
    } else {
      code = ((records[at] as number) >>> 4) | ((records[at + 1] as number) << 4);
      at += 2;
    }
    if (code >= pieceLengths.length) return false;
    const length = pieceLengths[code] as number;
    const differs =
      ((keyWords.getUint32(index, true) ^ (pieceWords[code * 2] as number)) & (LOW_MASK[length] as number)) |
      ((keyWords.getUint32(index + 4, true) ^ (pieceWords[code * 2 + 1] as number)) &
        (HIGH_MASK[length] as number));
    index += length;
    if (differs !== 0 || index > to) return false;
  }
  return index === to;
}
