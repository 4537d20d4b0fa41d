// Where each key of a set goes. Places depend on the keys' hashes alone: neither the order in which keys come nor the other
// keys of a set that is about as large change where one is.
import * as KEY_BLOCK from "../layout/key-block.ts";
import * as KEY_SET from "../layout/key-set.ts";
import { bucketOf, fillBlocks } from "./fill-blocks.ts";
import { filterBits, filterWord } from "./key-hash.ts";
import type { KeyTexts } from "./key-texts.ts";
import { cutTo, ownBytes, withRoom } from "./scratch.ts";

/** Where keys of a set are walked from, and what their length is counted in. */
export type KeyKind = "names" | "urls";

const SEEDS = 32;

/** Keys in the order of their places. */
export interface PlacedKeys {
  readonly seed: number;
  readonly blockCount: number;
  /** Blocks, with the ends of their buckets and the prints of their keys. */
  readonly blocks: Uint8Array;
  /** The filters of all blocks but the last. */
  readonly filters: Uint32Array;
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

/** Places keys, for which their hashes are given up. Throws RangeError when no hash keeps them apart: nobody's names do that by chance. */
export function placeKeys(texts: KeyTexts, kind: KeyKind): PlacedKeys {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const placed = tryToPlace(texts, kind, seed);
    if (placed !== null) return placed;
  }
  throw new RangeError(`no hash keeps these ${texts.size} ${kind} apart`);
}

function tryToPlace(texts: KeyTexts, kind: KeyKind, seed: number): PlacedKeys | null {
  const blockCount = blocksFor(texts.size);
  const bucketCount = blockCount * KEY_BLOCK.buckets;
  const hashes = texts.hashesFor(kind, seed);
  const { keys, starts } = intoBuckets(texts, hashes, bucketCount);
  const prints = ownBytes(keys.length);
  for (let at = 0; at < keys.length; at += 1) prints[at] = hashes[keys[at] as number] as number;
  const filters = filtersOf(hashes, keys.length, blockCount);
  texts.dropHashes();
  const blocks = fillBlocks({ keys, prints, starts, blockCount });
  cutTo(prints, 0);
  cutTo(starts, 0);
  return blocks === null ? null : { seed, blockCount: blockCount + 1, blocks, filters, keys };
}

function filtersOf(hashes: Int32Array, count: number, blockCount: number): Uint32Array {
  const filters = new Uint32Array(blockCount * KEY_SET.filterWords);
  for (let key = 0; key < count; key += 1) {
    const hash = hashes[key] as number;
    const at = bucketOf(hash, blockCount) * KEY_SET.filterWords + filterWord(hash);
    filters[at] = (filters[at] as number) | filterBits(hash);
  }
  return filters;
}

// Keys by their bucket, and where each bucket starts.
function intoBuckets(texts: KeyTexts, hashes: Int32Array, bucketCount: number) {
  const count = texts.size;
  // While keys are put in, a bucket's own start is one further on, and goes up with each: in the end to where the next begins.
  const starts = withRoom(new Uint32Array(0), bucketCount + 2);
  for (let key = 0; key < count; key += 1) {
    const bucket = bucketOf(hashes[key] as number, bucketCount);
    starts[bucket + 2] = (starts[bucket + 2] as number) + 1;
  }
  for (let bucket = 2; bucket < bucketCount + 2; bucket += 1)
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  const keys = texts.orderRoom();
  for (let key = 0; key < count; key += 1) {
    const bucket = bucketOf(hashes[key] as number, bucketCount);
    const at = starts[bucket + 1] as number;
    keys[at] = key;
    starts[bucket + 1] = at + 1;
  }

  // Each key goes before those of its bucket that come after it: buckets have five keys or so.
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const start = starts[bucket] as number;
    for (let next = start + 1; next < (starts[bucket + 1] as number); next += 1) {
      const key = keys[next] as number;
      let at = next;
      for (; at > start && precedes(texts, hashes, key, keys[at - 1] as number); at -= 1)
        keys[at] = keys[at - 1] as number;
      keys[at] = key;
    }
  }
  return { keys, starts };
}

// Within a bucket: by print, then by text.
function precedes(texts: KeyTexts, hashes: Int32Array, a: number, b: number): boolean {
  const printA = (hashes[a] as number) & 0xff;
  const printB = (hashes[b] as number) & 0xff;
  if (printA !== printB) return printA < printB;
  const chunkA = texts.chunkOf(a);
  const chunkB = texts.chunkOf(b);
  const startA = texts.startOf(a);
  const startB = texts.startOf(b);
  const lengthA = texts.lengthOf(a);
  const lengthB = texts.lengthOf(b);
  for (let index = 0; index < Math.min(lengthA, lengthB); index += 1) {
    const difference = (chunkA[startA + index] as number) - (chunkB[startB + index] as number);
    if (difference !== 0) return difference < 0;
  }
  return lengthA < lengthB;
}
