import type { Posting } from "./image-parts.ts";
import type { GroupedKeys } from "./internal/encode-key-set.ts";
import { KeyTexts } from "./internal/key-texts.ts";
import { type KeyColumn, type KeyGroup, PostingGroups } from "./internal/posting-groups.ts";

export type { KeyColumn, KeyGroup };

/** Keys with the group of each, and the postings of a group by column. Group 0 is the empty one. */
export interface TakenKeys extends GroupedKeys {
  readonly groups: readonly KeyGroup[];
}

/**
 * Collects keys (names or URLs) with the postings that they have in each column: exact, suffix and wildcard for names; exact and
 * prefix for URLs.
 */
export class KeyCollector {
  #texts = new KeyTexts();
  #postings = new PostingGroups();

  /** Number of distinct keys. */
  get size(): number {
    return this.#texts.size;
  }

  /** How many times a key got a posting that it had not. */
  get postingCount(): number {
    return this.#postings.postingCount;
  }

  /**
   * Adds a posting of a key; one that it has already changes nothing.
   *
   * Throws RangeError for a key that is not ASCII, or has more than 65,535 characters: no canonical name or URL is such.
   */
  add(key: string, column: KeyColumn, posting: Posting): this {
    this.#postings.add(this.#texts.add(key), column, posting);
    return this;
  }

  /**
   * Likewise for a key that is `bytes[from, to)`, all of them ASCII. They must not change until the image is written: where the
   * memory is large (half a megabyte), keys are left in it.
   */
  addBytes(bytes: Uint8Array, from: number, to: number, column: KeyColumn, posting: Posting): this {
    this.#postings.add(this.#texts.addHeld(bytes, from, to), column, posting);
    return this;
  }

  /** All keys, to write them, which uses them up: copies, or those that are here, and then this is empty. */
  take(how: "copies" | "all"): TakenKeys {
    const [texts, postings] = [this.#texts, this.#postings];
    const { groups } = postings;
    if (how === "copies") return { texts: texts.copy(), groupOf: postings.numbers.copy(), groups };
    this.#texts = new KeyTexts();
    this.#postings = new PostingGroups();
    return { texts, groupOf: postings.numbers, groups };
  }
}
