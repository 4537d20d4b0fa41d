// Where each key of a set goes. Places depend on the keys' hashes alone: neither the order in which keys come nor the other
// keys of a set that is about as large change where one is.
import { KEY_BLOCK } from "../layout.ts";
import { fillBlocks } from "./fill-blocks.ts";
import { hashStart, hashStep, spread } from "./key-hash.ts";
import type { KeyTexts } from "./key-texts.ts";

/** Where keys of a set are walked from, and what their length is counted in. */
export type KeyKind = "names" | "urls";

const SEEDS = 32;

/** Keys in the order of their places. */
export interface PlacedKeys {
  readonly seed: number;
  readonly blockCount: number;
  /** Blocks, with the ends of their buckets and the prints of their keys. */
  readonly blocks: Uint8Array;
  /** Numbers of keys, those of a block after those of the block before. */
  readonly keys: Uint32Array;
}

/**
 * How many blocks a set of so many keys has: eight steps from one power of two to the next, so that a few keys more or less
 * seldom move all of them.
 */
export function blocksFor(count: number): number {
  const least = Math.ceil(count / KEY_BLOCK.fullKeys);
  if (least <= 8) return Math.max(1, least);
  const unit = 2 ** Math.floor(Math.log2((least - 1) / 8));
  return Math.ceil(least / unit) * unit;
}

/** Places keys. Throws RangeError when no hash keeps them apart: nobody's names do that by chance. */
export function placeKeys(texts: KeyTexts, kind: KeyKind): PlacedKeys {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const placed = tryToPlace(texts, kind, seed);
    if (placed !== null) return placed;
  }
  throw new RangeError(`no hash keeps these ${texts.size} ${kind} apart`);
}

function tryToPlace(texts: KeyTexts, kind: KeyKind, seed: number): PlacedKeys | null {
  const count = texts.size;
  const blockCount = blocksFor(count);
  const bucketCount = blockCount * KEY_BLOCK.buckets;
  const scale = bucketCount / 2 ** 32;
  const prints = new Uint8Array(count);
  const buckets = new Uint32Array(count);
  const starts = new Uint32Array(bucketCount + 1);
  for (let key = 0; key < count; key += 1) {
    const chunk = texts.chunkOf(key);
    const from = texts.startOf(key);
    const length = texts.lengthOf(key);
    let hash = hashStart(seed);
    for (let index = 0; index < length; index += 1) {
      const code = chunk[from + (kind === "names" ? length - 1 - index : index)] as number;
      hash = hashStep(hash, code);
    }
    const mixed = spread(hash);
    const bucket = ((mixed >>> 0) * scale) | 0;
    prints[key] = mixed;
    buckets[key] = bucket;
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
  }
  for (let bucket = 0; bucket < bucketCount; bucket += 1)
    starts[bucket + 1] = (starts[bucket + 1] as number) + (starts[bucket] as number);

  // Each key goes before those of its bucket that come after it: buckets have five keys or so.
  const keys = new Uint32Array(count);
  const filled = starts.slice(0, bucketCount);
  for (let key = 0; key < count; key += 1) {
    const bucket = buckets[key] as number;
    const start = starts[bucket] as number;
    let at = filled[bucket] as number;
    filled[bucket] = at + 1;
    for (; at > start && precedes(texts, prints, key, keys[at - 1] as number); at -= 1)
      keys[at] = keys[at - 1] as number;
    keys[at] = key;
  }
  const blocks = fillBlocks({ keys, starts, buckets, prints, blockCount });
  return blocks === null ? null : { seed, blockCount: blockCount + 1, blocks, keys };
}

// Within a bucket: by print, then by text.
function precedes(texts: KeyTexts, prints: Uint8Array, a: number, b: number): boolean {
  const printA = prints[a] as number;
  const printB = prints[b] as number;
  if (printA !== printB) return printA < printB;
  const [chunkA, chunkB] = [texts.chunkOf(a), texts.chunkOf(b)];
  const [startA, startB] = [texts.startOf(a), texts.startOf(b)];
  const [lengthA, lengthB] = [texts.lengthOf(a), texts.lengthOf(b)];
  for (let index = 0; index < Math.min(lengthA, lengthB); index += 1) {
    const difference = (chunkA[startA + index] as number) - (chunkB[startB + index] as number);
    if (difference !== 0) return difference < 0;
  }
  return lengthA < lengthB;
}
