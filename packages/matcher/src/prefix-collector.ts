import type { Posting } from "./image-parts.ts";
import { KeyTexts } from "./internal/key-texts.ts";
import { PostingGroups } from "./internal/posting-groups.ts";
import { ownBytes, withRoom } from "./internal/scratch.ts";

/** Prefixes of one family, distinct, one after the other. */
export interface PrefixTable {
  readonly bytes: 4 | 16;
  readonly count: number;
  /** `bytes` of each. */
  readonly addresses: Uint8Array;
  /** Bits of each. */
  readonly lengths: Uint8Array;
  /** Group of the postings of each. */
  readonly groups: Uint32Array;
  readonly postingsOf: (group: number) => readonly Posting[];
}

/** Collects address prefixes with their postings, in flat memory. */
export class PrefixCollector {
  // A prefix is its length and its address, as bytes.
  #keys = { 4: new KeyTexts(), 16: new KeyTexts() };
  #postings = { 4: new PostingGroups(), 16: new PostingGroups() };
  readonly #key = new Uint8Array(17);

  /** Number of distinct prefixes. */
  get size(): number {
    return this.#keys[4].size + this.#keys[16].size;
  }

  /** How many times a prefix got a posting that it had not. */
  get postingCount(): number {
    return this.#postings[4].postingCount + this.#postings[16].postingCount;
  }

  /** Adds a posting of a prefix (4 or 16 bytes, none of them beyond its length set); one that it has already changes nothing. */
  add(prefix: { readonly address: Uint8Array; readonly length: number }, posting: Posting): this {
    const { address } = prefix;
    const bytes = address.length === 4 ? 4 : 16;
    this.#key[0] = prefix.length;
    for (let at = 0; at < bytes; at += 1) this.#key[at + 1] = address[at] as number;
    this.#postings[bytes].add(this.#keys[bytes].addBytes(this.#key, 0, 1 + bytes), 0, posting);
    return this;
  }

  /** All prefixes of one family, in the order in which they came: copies, or those that are here, and then there are none. */
  table(bytes: 4 | 16, how: "copies" | "all" = "copies"): PrefixTable {
    const keys = this.#keys[bytes];
    const { numbers, groups: postings } = this.#postings[bytes];
    const count = keys.size;
    if (how === "all") {
      keys.dropHashes();
      keys.dropOrder();
      this.#keys = { ...this.#keys, [bytes]: new KeyTexts() };
      this.#postings = { ...this.#postings, [bytes]: new PostingGroups() };
    }
    const addresses = ownBytes(count * bytes);
    const lengths = ownBytes(count);
    const groups = withRoom(new Uint32Array(0), count);
    for (let index = 0; index < count; index += 1) {
      const chunk = keys.chunkOf(index);
      const start = keys.startOf(index);
      lengths[index] = chunk[start] as number;
      for (let at = 0; at < bytes; at += 1) addresses[index * bytes + at] = chunk[start + 1 + at] as number;
      groups[index] = numbers.of(index);
    }
    if (how === "all") {
      keys.cut(0);
      numbers.cut(0);
    }
    const postingsOf = (group: number) => postings[group]?.[0] ?? [];
    return { bytes, count, addresses, lengths, groups, postingsOf };
  }
}
