// A set of keys (names or URLs), each with a group, in flat arrays that are read in place. A perfect hash gives every key a
// slot of its own; the hot part (pilots and slots, under five bytes a key) turns foreign keys away, the cold part has the
// keys themselves: no answer is probabilistic.
//
// Reads are safe whatever the bytes say: every index is bounded where it is used, so opening looks at sizes only.
import { placeOf, printOf, spreadA, spreadB } from "./key-hash.ts";
import { ESCAPE } from "./symbol-table.ts";

/** A key set, opened. */
export interface KeySet {
  readonly count: number;
  readonly seed: number;
  /** Fewest and most units (labels of a name, characters of a URL) that a key has. */
  readonly shortest: number;
  readonly longest: number;
  /** Buckets and slots, as parts of 2^32. */
  readonly bucketScale: number;
  readonly slotScale: number;
  readonly pilots: Uint16Array;
  /** A slot: 24 bits of the key's print, 8 bits of its group; group 255 is written with the key. */
  readonly slots: Uint32Array;
  /** Where the records of sixteen slots start in `cold`. */
  readonly bases: Uint32Array;
  readonly cold: Uint8Array;
  readonly pieces: Pieces;
  /** Three posting lists a group. */
  readonly groups: Uint32Array;
  /** Room for the key that is looked for, and for a piece after it. */
  readonly key: Uint8Array;
  readonly keyWords: DataView;
}

/** Texts of one to eight bytes that keys are written with, by code: two little-endian words of text, and which bits of them count. */
export interface Pieces {
  readonly lengths: Uint8Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly lowMask: Uint32Array;
  readonly highMask: Uint32Array;
}

/** Group number in a slot that says: the group is written with the key. */
export const WIDE_GROUP = 255;

/** Longest piece, in bytes. */
export const PIECE_BYTES = 8;

/**
 * Group of the key `text[from, to)`, or -1. `a` and `b` are its hash lanes.
 *
 * Cost: two reads when the key is not there; one more, far away, when it is.
 */
export function findGroup(set: KeySet, a: number, b: number, text: string, from: number, to: number): number {
  const slot = slotOf(set, a, b);
  if (slot < 0 || to - from > set.key.length - PIECE_BYTES) return -1;
  const { key } = set;
  let all = 0;
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index);
    key[index - from] = code;
    all |= code;
  }
  // Keys are ASCII, and the buffer holds bytes.
  return all > 0x7f ? -1 : groupAt(set, slot, to - from);
}

/** As `findGroup`, for bytes. */
export function findGroupOfBytes(
  set: KeySet,
  a: number,
  b: number,
  text: Uint8Array,
  from: number,
  to: number,
): number {
  const slot = slotOf(set, a, b);
  if (slot < 0 || to - from > set.key.length - PIECE_BYTES) return -1;
  const { key } = set;
  for (let index = from; index < to; index += 1) key[index - from] = text[index] as number;
  return groupAt(set, slot, to - from);
}

// The group of the key in the buffer, where the record of its slot says that it is this key. Pieces are compared as two
// words each: what lies after the key in the buffer can only make it longer than it is.
function groupAt(set: KeySet, slot: number, length: number): number {
  const { cold, keyWords, pieces } = set;
  const start = recordOf(set, slot);
  const end = endOf(cold, start);
  if (start < 0 || end < 0) return -1;
  const wide = ((set.slots[slot] as number) & 255) === WIDE_GROUP;
  const codesEnd = wide ? end - 4 : end;
  let at = afterLength(cold, start);
  let index = 0;
  while (at < codesEnd) {
    const code = cold[at] as number;
    at += 1;
    if (code === ESCAPE) {
      if (index >= length || cold[at] !== set.key[index]) return -1;
      at += 1;
      index += 1;
      continue;
    }
    const differs =
      ((keyWords.getUint32(index, true) ^ (pieces.low[code] as number)) & (pieces.lowMask[code] as number)) |
      ((keyWords.getUint32(index + 4, true) ^ (pieces.high[code] as number)) &
        (pieces.highMask[code] as number));
    index += pieces.lengths[code] as number;
    if (differs !== 0 || index > length) return -1;
  }
  return index === length ? groupOf(set, slot, end) : -1;
}

/** Posting list of a group: column 0 to 2; list 0 where the group is none. */
export function listOf(set: KeySet, group: number, column: 0 | 1 | 2): number {
  return set.groups[group * 3 + column] ?? 0;
}

function slotOf(set: KeySet, a: number, b: number): number {
  const x = spreadA(a);
  const y = spreadB(b);
  const pilot = set.pilots[((x >>> 0) * set.bucketScale) | 0] as number;
  const slot = (placeOf(y, pilot) * set.slotScale) | 0;
  return (((set.slots[slot] as number) ^ printOf(x, y)) & ~255) === 0 ? slot : -1;
}

// Records of a block follow each other; each starts with its length.
function recordOf({ bases, cold }: KeySet, slot: number): number {
  let at = bases[slot >>> 4] as number;
  for (let before = slot & 15; before > 0; before -= 1) {
    const length = cold[at] as number;
    if (length < 128) at += length + 1;
    else {
      at = endOf(cold, at);
      if (at < 0) return -1;
    }
  }
  return at;
}

// End of the record at `at`, or -1 when it is not within the bytes.
function endOf(cold: Uint8Array, at: number): number {
  if (at < 0 || at >= cold.length) return -1;
  let length = cold[at] as number;
  let from = at + 1;
  if (length >= 128) {
    length = (length & 127) | ((cold[at + 1] as number) << 7);
    from += 1;
    if (length >= 1 << 14) {
      length = (length & 0x3fff) | ((cold[at + 2] as number) << 14);
      from += 1;
    }
  }
  const end = from + length;
  return end <= cold.length ? end : -1;
}

function afterLength(cold: Uint8Array, at: number): number {
  if ((cold[at] as number) < 128) return at + 1;
  return (cold[at + 1] as number) < 128 ? at + 2 : at + 3;
}

function groupOf(set: KeySet, slot: number, end: number): number {
  const group = (set.slots[slot] as number) & 255;
  if (group !== WIDE_GROUP) return group;
  const { cold } = set;
  return (
    ((cold[end - 4] as number) |
      ((cold[end - 3] as number) << 8) |
      ((cold[end - 2] as number) << 16) |
      ((cold[end - 1] as number) << 24)) >>>
    0
  );
}
