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
  readonly pieceLengths: Uint8Array;
  readonly pieces: Uint8Array;
  /** Three posting lists a group. */
  readonly groups: Uint32Array;
}

/** Group number in a slot that says: the group is written with the key. */
export const WIDE_GROUP = 255;

/**
 * Group of the key `text[from, to)`, or -1. `a` and `b` are its hash lanes.
 *
 * Cost: two reads when the key is not there; one more, far away, when it is.
 */
export function findGroup(set: KeySet, a: number, b: number, text: string, from: number, to: number): number {
  const slot = slotOf(set, a, b);
  if (slot < 0) return -1;
  const { cold } = set;
  const start = recordOf(set, slot);
  const end = endOf(cold, start);
  const wide = ((set.slots[slot] as number) & 255) === WIDE_GROUP;
  const codesEnd = wide ? end - 4 : end;
  const { pieceLengths, pieces } = set;
  let at = start < 0 ? codesEnd : afterLength(cold, start);
  let index = from;
  while (at < codesEnd) {
    const code = cold[at] as number;
    at += 1;
    if (code === ESCAPE) {
      if (cold[at] !== text.charCodeAt(index)) return -1;
      at += 1;
      index += 1;
      continue;
    }
    const length = pieceLengths[code] as number;
    const piece = code << 3;
    for (let each = 0; each < length; each += 1)
      if (pieces[piece + each] !== text.charCodeAt(index + each)) return -1;
    index += length;
  }
  return index === to ? groupOf(set, slot, end) : -1;
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
  if (slot < 0) return -1;
  const { cold } = set;
  const start = recordOf(set, slot);
  const end = endOf(cold, start);
  const wide = ((set.slots[slot] as number) & 255) === WIDE_GROUP;
  const codesEnd = wide ? end - 4 : end;
  const { pieceLengths, pieces } = set;
  let at = start < 0 ? codesEnd : afterLength(cold, start);
  let index = from;
  while (at < codesEnd) {
    const code = cold[at] as number;
    at += 1;
    if (code === ESCAPE) {
      if (cold[at] !== text[index]) return -1;
      at += 1;
      index += 1;
      continue;
    }
    const length = pieceLengths[code] as number;
    const piece = code << 3;
    for (let each = 0; each < length; each += 1) if (pieces[piece + each] !== text[index + each]) return -1;
    index += length;
  }
  return index === to ? groupOf(set, slot, end) : -1;
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
    at = endOf(cold, at);
    if (at < 0) return -1;
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
