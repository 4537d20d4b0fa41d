// A set of keys (names or URLs), each with a group, in flat arrays that are read in place. A key's hash gives its bucket, a part of a
// block of 64 bytes: so little is read to turn nearly all foreign keys away. The records have the keys themselves: no answer is
// probabilistic.
//
// Reads are safe whatever the bytes say: every loop is bounded by what a byte can hold, so opening looks at sizes only.
import * as KEY_BLOCK from "../layout/key-block.ts";
import * as KEY_SET from "../layout/key-set.ts";
import { filterBits, filterWord, spread } from "./key-hash.ts";

/** A key set, opened. */
export interface KeySet {
  readonly seed: number;
  /** Most units (labels of a name, characters of a URL) that a key has, and bit n where some key has n. */
  readonly longest: number;
  readonly units: Uint32Array;
  /** Buckets, as a part of 2^32. */
  readonly bucketScale: number;
  /** Two bits for each key, see KEY_SET: nine of ten foreign keys lack one, and need no block. */
  readonly filters: Uint32Array;
  /** See KEY_BLOCK; as words and as bytes. */
  readonly blocks: Uint32Array;
  readonly blockBytes: DataView;
  readonly records: Uint8Array;
  /** Bytes of a group in a record: none where there is one group alone. */
  readonly groupBytes: number;
  /** Texts that keys are written with, by code: two little-endian words of each, and how many bytes of them. */
  readonly pieces: Uint32Array;
  /** Three posting lists a group. */
  readonly groups: Uint32Array;
  /** Room for the key that is looked for, and for a piece after it; whoever asks writes it. */
  readonly key: Uint8Array;
  readonly keyWords: DataView;
}

/** Longest piece, in bytes. */
export const PIECE_BYTES = 8;

/** Bytes of a record that say: the record starts with their number. */
export const LONG = 255;

// Which bits of two words the first bytes of them are, by how many bytes.
const MASKS = Uint32Array.from(
  { length: (PIECE_BYTES + 1) * 2 },
  (_, at) => 2 ** (8 * Math.min(4, Math.max(0, (at >>> 1) - (at & 1) * 4))) - 1,
);

/**
 * Group of the key that `set.key[from, to)` spells, or -1. `hash` is its hash.
 *
 * Cost: where the key is not there one read, nine times in ten of a byte a key and else of four; one more, far away, where
 * it is. Eight prints are looked at together and most keys turned away by one branch: how many keys a bucket has can not be foretold,
 * and the reads for the next question need not wait for it.
 */
export function findGroup(set: KeySet, hash: number, from: number, to: number): number {
  const { filters, blocks, blockBytes } = set;
  const mixed = spread(hash);
  const bucket = ((mixed >>> 0) * set.bucketScale) | 0;
  const block = bucket >>> 2;
  const filter = filters[block * KEY_SET.filterWords + filterWord(mixed)] as number;
  if ((~filter & filterBits(mixed)) !== 0) return -1;
  const word = block * KEY_BLOCK.words;
  const ends = blocks[word + KEY_BLOCK.ends / 4] as number;
  const bit = (bucket & 3) * 8;
  const print = Math.imul(mixed & 255, 0x0101_0101);
  const start = ((ends << 8) >>> bit) & 31;
  const count = ((ends >>> bit) & 31) - start;
  const at = word * 4 + KEY_BLOCK.prints + start;
  const one = blockBytes.getUint32(at, true) ^ print;
  const two = blockBytes.getUint32(at + 4, true) ^ print;
  // Some byte is zero, or the prints are more than eight, or go on in the next block.
  const some = ((one - 0x0101_0101) & ~one) | ((two - 0x0101_0101) & ~two);
  if ((some & 0x8080_8080) === 0 && ((8 - count) | ends) >= 0) return -1;
  return findAmong(set, word, bit, print, from, to);
}

// The same with all prints, one by one where they are those of the key.
function findAmong(set: KeySet, first: number, bit: number, print: number, from: number, to: number): number {
  const { blocks, blockBytes } = set;
  let word = first;
  for (let step = 0; step < KEY_BLOCK.mostSteps && word < blocks.length; step += 1) {
    const ends = blocks[word + KEY_BLOCK.ends / 4] as number;
    const end = Math.min((ends >>> bit) & 31, KEY_BLOCK.mostKeys);
    const prints = word * 4 + KEY_BLOCK.prints;
    for (let key = ((ends << 8) >>> bit) & 31; key < end; key += 8) {
      const count = Math.min(8, end - key);
      // Bit 8n says that key n is to be looked at, bit 8n + 4 that key n + 4 is.
      let found =
        ((zeroBytes(blockBytes.getUint32(prints + key, true) ^ print) & (MASKS[count * 2] as number)) >>> 7) |
        ((zeroBytes(blockBytes.getUint32(prints + key + 4, true) ^ print) &
          (MASKS[count * 2 + 1] as number)) >>>
          3);
      while (found !== 0) {
        const first = 31 - Math.clz32(found);
        const group = groupAt(set, word, key + (first >>> 3) + (first & 4), from, to);
        if (group >= 0) return group;
        found ^= 1 << first;
      }
    }
    if ((ends | 0) >= 0) return -1;
    word += KEY_BLOCK.words;
  }
  return -1;
}

// The highest bit of each byte that is zero.
function zeroBytes(word: number): number {
  return ~(((word & 0x7f7f_7f7f) + 0x7f7f_7f7f) | word | 0x7f7f_7f7f);
}

/** Whether some key has so many units, `longest` at most. */
export function hasUnits({ units }: KeySet, count: number): boolean {
  return (((units[count >>> 5] as number) >>> (count & 31)) & 1) !== 0;
}

/** Posting list of a group: column 0 to 2; list 0 where the group is none. */
export function listOf(set: KeySet, group: number, column: 0 | 1 | 2): number {
  return set.groups[group * 3 + column] ?? 0;
}

// The group of the key in the buffer, where the record of that key of the block says that it is this one.
function groupAt(set: KeySet, word: number, key: number, from: number, to: number): number {
  const { blocks, blockBytes, records, groupBytes } = set;
  const lengths = word * 4 + KEY_BLOCK.lengths;
  const start = blocks[word + KEY_BLOCK.records / 4] as number;
  const passed = bytesOf(blockBytes, lengths, key);
  let at = start + (passed < 0 ? bytesOfLong(set, start, lengths, key) : passed);

  const length = blockBytes.getUint8(lengths + key);
  const end = at + (length === LONG ? halfAt(records, at) : length);
  if (length === LONG) at += 2;
  let group = 0;
  for (let byte = 0; byte < groupBytes; byte += 1) group |= (records[at + byte] as number) << (byte * 8);
  return spells(set, at + groupBytes, end, from, to) ? group : -1;
}

// Bytes of the first so many records of a block, added four at a time; -1 where one of them is longer than a byte says.
function bytesOf(blockBytes: DataView, lengths: number, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at += 4) {
    const word = blockBytes.getUint32(lengths + at, true) & (MASKS[Math.min(4, count - at) * 2] as number);
    if (zeroBytes(~word) !== 0) return -1;
    const pairs = (word & 0x00ff_00ff) + ((word >>> 8) & 0x00ff_00ff);
    sum += (pairs & 0xffff) + (pairs >>> 16);
  }
  return sum;
}

// The same for records of any length; the first is at `start`.
function bytesOfLong({ blockBytes, records }: KeySet, start: number, lengths: number, count: number): number {
  let at = start;
  for (let each = 0; each < count; each += 1) {
    const length = blockBytes.getUint8(lengths + each);
    at += length === LONG ? halfAt(records, at) : length;
  }
  return at - start;
}

function halfAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

// Whether the codes in a record spell the key: two in three bytes, the last of an odd number in two.
function spells(set: KeySet, start: number, end: number, from: number, to: number): boolean {
  const { records, pieces, keyWords } = set;
  let index = from;
  let at = start;
  for (; at + 2 < end; at += 3) {
    const middle = records[at + 1] as number;
    const first = lengthAt(pieces, keyWords, (records[at] as number) | ((middle & 15) << 8), index, to);
    if (first === 0) return false;
    index += first;
    const second = lengthAt(pieces, keyWords, (middle >>> 4) | ((records[at + 2] as number) << 4), index, to);
    if (second === 0) return false;
    index += second;
  }
  if (at < end) {
    const code = (records[at] as number) | (((records[at + 1] as number) & 15) << 8);
    const last = lengthAt(pieces, keyWords, code, index, to);
    if (last === 0) return false;
    index += last;
  }
  return index === to;
}

// Length of the piece of a code where the key has it at `index`, else 0. Pieces are compared as two words each: what lies after
// the key in the buffer can only make a piece end beyond it.
function lengthAt(pieces: Uint32Array, keyWords: DataView, code: number, index: number, to: number): number {
  const row = code * 3;
  if (row >= pieces.length || index >= to) return 0;
  const length = pieces[row + 2] as number;
  const differs =
    ((keyWords.getUint32(index, true) ^ (pieces[row] as number)) & (MASKS[length * 2] as number)) |
    ((keyWords.getUint32(index + 4, true) ^ (pieces[row + 1] as number)) & (MASKS[length * 2 + 1] as number));
  return differs === 0 ? length : 0;
}
