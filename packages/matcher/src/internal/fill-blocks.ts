// Buckets of keys to blocks of 64 bytes, see KEY_BLOCK in layout.ts.
import { KEY_BLOCK } from "../layout.ts";

/** Keys by bucket. */
export interface Bucketed {
  /** Numbers of keys, those of a bucket after those of the bucket before. */
  readonly keys: Uint32Array;
  /** First place of a bucket; one more than there are buckets. */
  readonly starts: Uint32Array;
  /** Bucket and print of a key, by its number. */
  readonly buckets: Uint32Array;
  readonly prints: Uint8Array;
  /** Blocks that buckets are of; there will be one more. */
  readonly blockCount: number;
}

/**
 * Blocks with the ends of their buckets and the prints of their keys; `keys` come to be in the order of the blocks. Null where a
 * key would come too far from its own block.
 *
 * Keys of a block lie by the bucket that they have in their own: its own ones first, then those that the block before had no room
 * for. What is beyond the room goes on to the next block.
 */
export function fillBlocks({ keys, starts, buckets, prints, blockCount }: Bucketed): Uint8Array | null {
  const blocks = new Uint8Array((blockCount + 1) * KEY_BLOCK.bytes);
  const bucketOf = (block: number) => block * KEY_BLOCK.buckets;
  let waiting: number[] = [];
  let placed = 0;
  for (let block = 0; block <= blockCount; block += 1) {
    const from = block * KEY_BLOCK.bytes;
    const later: number[] = [];
    // Places are written behind those that are read: what waits was read before.
    const own = keys.slice(starts[bucketOf(block)], starts[bucketOf(Math.min(block + 1, blockCount))]);
    let next = 0;
    let count = 0;
    const put = (key: number): void => {
      if (count === KEY_BLOCK.mostKeys) {
        later.push(key);
        return;
      }
      keys[placed] = key;
      blocks[from + KEY_BLOCK.prints + count] = prints[key] as number;
      placed += 1;
      count += 1;
    };
    for (let part = 0; part < KEY_BLOCK.buckets; part += 1) {
      for (
        ;
        next < own.length && (buckets[own[next] as number] as number) % KEY_BLOCK.buckets === part;
        next += 1
      )
        put(own[next] as number);
      for (const key of waiting) if ((buckets[key] as number) % KEY_BLOCK.buckets === part) put(key);
      blocks[from + KEY_BLOCK.ends + part] = count;
    }
    const last = from + KEY_BLOCK.ends + KEY_BLOCK.buckets - 1;
    if (later.length > 0) blocks[last] = (blocks[last] as number) | KEY_BLOCK.goesOn;
    waiting = later;
    for (const key of waiting) {
      const first = Math.floor((buckets[key] as number) / KEY_BLOCK.buckets);
      if (block === blockCount || block + 1 - first >= KEY_BLOCK.mostSteps) return null;
    }
  }
  return blocks;
}
