import type { Posting } from "./image-parts.ts";
import { KeyTexts } from "./internal/key-texts.ts";
import { type KeyColumn, type KeyGroup, PostingGroups } from "./internal/posting-groups.ts";

export type { KeyColumn, KeyGroup };

/**
 * Collects keys (names or URLs) with the postings that they have in each column: exact, suffix and wildcard for names; exact and
 * prefix for URLs.
 */
export class KeyCollector {
  /** The keys, in flat memory. */
  readonly texts: KeyTexts = new KeyTexts();
  readonly #postings = new PostingGroups();

  /** Number of distinct keys. */
  get size(): number {
    return this.texts.size;
  }

  /** How many times a key got a posting that it had not. */
  get postingCount(): number {
    return this.#postings.postingCount;
  }

  /** Postings of a group, by column. Group 0 is the empty one. */
  get groups(): readonly KeyGroup[] {
    return this.#postings.groups;
  }

  /** Group of the key with a number. */
  groupOf(number: number): number {
    return this.#postings.groupOf(number);
  }

  /**
   * Adds a posting of a key; one that it has already changes nothing.
   *
   * Throws RangeError for a key that is not ASCII, or has more than 65,535 characters: no canonical name or URL is such.
   */
  add(key: string, column: KeyColumn, posting: Posting): this {
    this.#postings.add(this.texts.add(key), column, posting);
    return this;
  }
}
