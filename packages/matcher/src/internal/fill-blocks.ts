// Buckets of keys to blocks of 64 bytes, see layout/key-block.ts.
import * as KEY_BLOCK from "../layout/key-block.ts";
import { ownBytes } from "./scratch.ts";

/** Keys by bucket. */
export interface Bucketed {
  /** Numbers of keys, those of a bucket after those of the bucket before. */
  readonly keys: Uint32Array;
  /** Print of each of these. */
  readonly prints: Uint8Array;
  /** First place of a bucket; one more than there are buckets. */
  readonly starts: Uint32Array;
  /** Blocks that buckets are of; there will be one more. */
  readonly blockCount: number;
}

/** Bucket of a key, by its hash. */
export function bucketOf(hash: number, bucketCount: number): number {
  return Math.floor(((hash >>> 0) / 2 ** 32) * bucketCount);
}

// What waits for a later block: three numbers a key.
const WAITING = { key: 0, print: 1, bucket: 2, numbers: 3 } as const;

/**
 * Blocks with the ends of their buckets and the prints of their keys; `keys` come to be in the order of the blocks. Null where a
 * key would come too far from its own block.
 *
 * Keys of a block lie by the bucket that they have in their own: its own ones first, then those that the block before had no room
 * for. What is beyond the room goes on to the next block.
 */
export function fillBlocks({ keys, prints, starts, blockCount }: Bucketed): Uint8Array | null {
  const { buckets, mostSteps } = KEY_BLOCK;
  const filler = new BlockFiller(keys, blockCount + 1);
  // Made once, and read by position: this runs for every block.
  let waiting: number[] = [];
  let later: number[] = [];
  let next = 0;
  for (let block = 0; block <= blockCount; block += 1) {
    later.length = 0;
    for (let part = 0; part < buckets; part += 1) {
      const bucket = block * buckets + part;
      const end = block === blockCount ? next : (starts[bucket + 1] as number);
      for (; next < end; next += 1) filler.put(keys[next] as number, prints[next] as number, bucket, later);
      for (let at = 0; at < waiting.length; at += WAITING.numbers) {
        const own = waiting[at + WAITING.bucket] as number;
        if (own % buckets !== part) continue;
        filler.put(waiting[at + WAITING.key] as number, waiting[at + WAITING.print] as number, own, later);
      }
      filler.endPart(part);
    }
    filler.endBlock(later.length > 0);
    for (let at = 0; at < later.length; at += WAITING.numbers) {
      const steps = block + 1 - Math.floor((later[at + WAITING.bucket] as number) / buckets);
      if (block === blockCount || steps >= mostSteps) return null;
    }
    const free = waiting;
    waiting = later;
    later = free;
  }
  return filler.blocks;
}

class BlockFiller {
  readonly blocks: Uint8Array;
  readonly #keys: Uint32Array;
  // Where the block starts, and how many keys are in it and in all so far.
  #from = 0;
  #count = 0;
  #placed = 0;

  constructor(keys: Uint32Array, blockCount: number) {
    this.blocks = ownBytes(blockCount * KEY_BLOCK.bytes);
    this.#keys = keys;
  }

  // Places are written behind those that are read: what waits was read before.
  put(key: number, print: number, bucket: number, later: number[]): void {
    if (this.#count === KEY_BLOCK.mostKeys) {
      later.push(key, print, bucket);
      return;
    }
    this.blocks[this.#from + KEY_BLOCK.prints + this.#count] = print;
    this.#keys[this.#placed] = key;
    this.#placed += 1;
    this.#count += 1;
  }

  endPart(part: number): void {
    this.blocks[this.#from + KEY_BLOCK.ends + part] = this.#count;
  }

  endBlock(goesOn: boolean): void {
    const last = this.#from + KEY_BLOCK.ends + KEY_BLOCK.buckets - 1;
    if (goesOn) this.blocks[last] = (this.blocks[last] as number) | KEY_BLOCK.goesOn;
    this.#from += KEY_BLOCK.bytes;
    this.#count = 0;
  }
}
