// Keys to the bytes of a key set. The order in which keys come does not reach the bytes: places depend on hashes alone.
import { laneA, laneB, placeOf, printOf, spreadA, spreadB, stepA, stepB } from "./key-hash.ts";
import { WIDE_GROUP } from "./key-set.ts";
import { choosePieces, PIECE_CHARS, PieceCoder } from "./symbol-table.ts";

/** Where keys of a set are walked from, and what their length is counted in. */
export type KeyKind = "names" | "urls";

// Slots and buckets per key: fewer of either and the search for pilots takes longer.
const LOAD = 0.985;
const KEYS_PER_BUCKET = 4;
const PILOTS = 1 << 16;
const SEEDS = 32;
const SAMPLE_KEYS = 8192;

/**
 * Writes a key set: ASCII keys with the number of their group, and for each group its posting lists.
 *
 * Throws RangeError when no hash keeps the keys apart: nobody's names do that by chance.
 */
export function encodeKeySet(
  keys: ReadonlyMap<string, number>,
  listsOf: (group: number) => readonly [number, number, number],
  kind: KeyKind,
): Uint8Array {
  const texts = [...keys.keys()];
  const groupOfKey = Uint32Array.from(keys.values());
  const hashed = placeKeys(texts, kind);
  const { seed, bucketCount, slotCount, pilots, keyInSlot, prints } = hashed;

  // Groups are numbered by the slots that use them, so that neither the order of keys nor unused groups reach the bytes.
  const numbers = new Map<number, number>();
  const groups: number[] = [];
  const slots = new Uint32Array(slotCount);
  const groupInSlot = new Uint32Array(slotCount);
  for (let slot = 0; slot < slotCount; slot += 1) {
    const key = keyInSlot[slot] as number;
    if (key < 0) continue;
    const group = groupOfKey[key] as number;
    let number = numbers.get(group);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(group, number);
      for (const list of listsOf(group)) groups.push(list);
    }
    groupInSlot[slot] = number;
    slots[slot] = ((prints[key] as number) & ~255) | Math.min(number, WIDE_GROUP);
  }

  const pieces = choosePieces(sampleOf(texts, keyInSlot));
  const coder = new PieceCoder(pieces);
  const written = writeKeys(texts, coder, kind);
  const bases = new Uint32Array(Math.ceil(slotCount / 16));
  const { bytes, starts, shortest, longest } = written;
  // A length of one to three bytes, the key's codes, and four bytes of a wide group.
  const cold = new Uint8Array(
    bytes.length + slotCount * 3 + (numbers.size > WIDE_GROUP ? texts.length * 4 : 0),
  );
  let end = 0;
  for (let slot = 0; slot < slotCount; slot += 1) {
    if ((slot & 15) === 0) bases[slot >>> 4] = end;
    const key = keyInSlot[slot] as number;
    const from = key < 0 ? 0 : (starts[key] as number);
    const to = key < 0 ? 0 : (starts[key + 1] as number);
    const group = groupInSlot[slot] as number;
    const isWide = key >= 0 && group >= WIDE_GROUP;
    let rest = to - from + (isWide ? 4 : 0);
    while (rest >= 128) {
      cold[end] = (rest & 127) | 128;
      end += 1;
      rest >>>= 7;
    }
    cold[end] = rest;
    end += 1;
    for (let at = from; at < to; at += 1) cold[end + at - from] = bytes[at] as number;
    end += to - from;
    if (isWide)
      for (let shift = 0; shift < 32; shift += 8) {
        cold[end] = group >>> shift;
        end += 1;
      }
  }

  const pieceWords = Uint8Array.from(pieces, (piece) => piece.length);
  const pieceBytes = new Uint8Array(pieces.length * PIECE_CHARS);
  for (const [code, piece] of pieces.entries())
    for (let index = 0; index < piece.length; index += 1)
      pieceBytes[code * PIECE_CHARS + index] = piece.charCodeAt(index);
  const head = [
    texts.length,
    seed,
    shortest,
    longest,
    bucketCount,
    slotCount,
    groups.length / 3,
    end,
    pieces.length,
  ];
  return joined([
    new Uint8Array(Uint32Array.from(head).buffer),
    pieceWords,
    pieceBytes,
    new Uint8Array(pilots.buffer),
    new Uint8Array(slots.buffer),
    new Uint8Array(bases.buffer),
    new Uint8Array(Uint32Array.from(groups).buffer),
    cold.subarray(0, end),
  ]);
}

interface WrittenKeys {
  /** The codes of all keys, in their order; those of a key run from its start to that of the next. */
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly shortest: number;
  readonly longest: number;
}

// In the order of the keys, which lie in memory in it: going from slot to slot would wait for memory at each of them.
function writeKeys(texts: readonly string[], coder: PieceCoder, kind: KeyKind): WrittenKeys {
  let bytes = new Uint8Array(Math.max(1024, texts.length * 12));
  const starts = new Uint32Array(texts.length + 1);
  let shortest = texts.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  let longest = 0;
  let end = 0;
  for (const [key, text] of texts.entries()) {
    const units = unitsOf(text, kind);
    shortest = Math.min(shortest, units);
    longest = Math.max(longest, units);
    // At worst each character is an escape and itself.
    if (end + text.length * 2 > bytes.length) {
      const larger = new Uint8Array(bytes.length + (bytes.length >>> 2) + text.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    end = coder.write(text, bytes, end);
    starts[key + 1] = end;
  }
  return { bytes: bytes.subarray(0, end), starts, shortest, longest };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const aligned = (length: number) => Math.ceil(length / 4) * 4;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + aligned(part.length), 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += aligned(part.length);
  }
  return out;
}

/** How long a key is, in what a lookup counts: labels of a name, characters of a URL. */
export function unitsOf(key: string, kind: KeyKind): number {
  if (kind === "urls") return key.length;
  let labels = 1;
  for (let index = 0; index < key.length; index += 1) if (key.charCodeAt(index) === 0x2e) labels += 1;
  return labels;
}

// Pieces are chosen for keys all over the set, in the order of slots, which no order of input changes.
function sampleOf(texts: readonly string[], keyInSlot: Int32Array): string[] {
  const stride = Math.max(1, Math.floor(texts.length / SAMPLE_KEYS));
  const sample: string[] = [];
  for (let slot = 0; slot < keyInSlot.length; slot += stride) {
    const text = texts[keyInSlot[slot] as number];
    if (text !== undefined) sample.push(text);
  }
  return sample;
}

interface Placed {
  readonly seed: number;
  readonly bucketCount: number;
  readonly slotCount: number;
  readonly pilots: Uint16Array;
  /** Index of the key in a slot, -1 for none. */
  readonly keyInSlot: Int32Array;
  readonly prints: Int32Array;
}

function placeKeys(texts: readonly string[], kind: KeyKind): Placed {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const placed = tryToPlace(texts, kind, seed);
    if (placed !== null) return placed;
  }
  throw new RangeError(`no hash keeps these ${texts.length} ${kind} apart`);
}

// Hash and displace: buckets are placed from the fullest to the emptiest, each with the first pilot that finds free slots for
// all of its keys (Belazzougui, Botelho, Dietzfelbinger: "Hash, Displace, and Compress", ESA 2009).
function tryToPlace(texts: readonly string[], kind: KeyKind, seed: number): Placed | null {
  const count = texts.length;
  const bucketCount = Math.max(1, Math.ceil(count / KEYS_PER_BUCKET));
  const slotCount = Math.max(1, Math.ceil(count / LOAD));
  const prints = new Int32Array(count);
  const places = new Int32Array(count);
  const buckets = new Uint32Array(count);
  const starts = new Uint32Array(bucketCount + 1);
  const bucketScale = bucketCount / 2 ** 32;
  for (let key = 0; key < count; key += 1) {
    const text = texts[key] as string;
    let a = laneA(seed);
    let b = laneB(seed);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(kind === "names" ? text.length - 1 - index : index);
      a = stepA(a, code);
      b = stepB(b, code);
    }
    const x = spreadA(a);
    const y = spreadB(b);
    const bucket = ((x >>> 0) * bucketScale) | 0;
    prints[key] = printOf(x, y);
    places[key] = y;
    buckets[key] = bucket;
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
  }
  let largest = 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    largest = Math.max(largest, starts[bucket + 1] as number);
    starts[bucket + 1] = (starts[bucket + 1] as number) + (starts[bucket] as number);
  }
  const ordered = new Uint32Array(count);
  const filled = starts.slice();
  for (let key = 0; key < count; key += 1) {
    const bucket = buckets[key] as number;
    ordered[filled[bucket] as number] = key;
    filled[bucket] = (filled[bucket] as number) + 1;
  }
  const bySize: number[][] = Array.from({ length: largest + 1 }, () => []);
  for (let bucket = 0; bucket < bucketCount; bucket += 1)
    bySize[(starts[bucket + 1] as number) - (starts[bucket] as number)]?.push(bucket);

  const slotScale = slotCount / 2 ** 32;
  const pilots = new Uint16Array(Math.ceil(bucketCount / 2) * 2);
  const keyInSlot = new Int32Array(slotCount).fill(-1);
  const taken = new Uint32Array(largest);
  for (let size = largest; size > 0; size -= 1) {
    for (const bucket of bySize[size] ?? []) {
      const start = starts[bucket] as number;
      let pilot = 0;
      search: for (; pilot < PILOTS; pilot += 1) {
        for (let index = 0; index < size; index += 1) {
          const slot = (placeOf(places[ordered[start + index] as number] as number, pilot) * slotScale) | 0;
          if (keyInSlot[slot] !== -1) continue search;
          for (let before = 0; before < index; before += 1) if (taken[before] === slot) continue search;
          taken[index] = slot;
        }
        break;
      }
      if (pilot === PILOTS) return null;
      pilots[bucket] = pilot;
      for (let index = 0; index < size; index += 1)
        keyInSlot[taken[index] as number] = ordered[start + index] as number;
    }
  }
  return { seed, bucketCount, slotCount, pilots, keyInSlot, prints };
}
