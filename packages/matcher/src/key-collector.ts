import type { Posting } from "./image-parts.ts";
import { KeyTexts } from "./internal/key-texts.ts";

/** Column of a group: exact, suffix and wildcard for names; exact and prefix for URLs. */
export type KeyColumn = 0 | 1 | 2;

/** Postings of keys, by column. */
export type KeyGroup = readonly [readonly Posting[], readonly Posting[], readonly Posting[]];

/**
 * Collects keys (names or URLs) with the postings that they have in each column. Keys with the same postings share a group, so
 * that a list of a million names is a million keys and one group.
 */
export class KeyCollector {
  /** The keys, in flat memory. */
  readonly texts: KeyTexts = new KeyTexts();
  /** Postings of a group, by column. Group 0 is the empty one. */
  readonly groups: KeyGroup[] = [[[], [], []]];
  /** How many times a key got a posting that it had not. */
  postingCount = 0;
  #groupOf = new Uint32Array(1024);
  readonly #steps = new Map<string, Map<number, number>>();
  #column = -1;
  #atom = -1;
  #excluded = false;
  #step = new Map<number, number>();

  /** Number of distinct keys. */
  get size(): number {
    return this.texts.size;
  }

  /** Group of the key with a number. */
  groupOf(number: number): number {
    return this.#groupOf[number] as number;
  }

  /**
   * Adds a posting of a key; one that it has already changes nothing.
   *
   * Throws RangeError for a key that is not ASCII, or has more than 65,535 characters: no canonical name or URL is such.
   */
  add(key: string, column: KeyColumn, { atom, excluded }: Posting): this {
    if (column !== this.#column || atom !== this.#atom || excluded !== this.#excluded) {
      [this.#column, this.#atom, this.#excluded] = [column, atom, excluded];
      const name = `${column} ${atom} ${excluded}`;
      this.#step = this.#steps.get(name) ?? new Map<number, number>();
      this.#steps.set(name, this.#step);
    }
    const number = this.texts.add(key);
    if (number >= this.#groupOf.length) {
      const grown = new Uint32Array(number + (number >>> 1));
      grown.set(this.#groupOf);
      this.#groupOf = grown;
    }
    const group = this.#groupOf[number] as number;
    let next = this.#step.get(group);
    if (next === undefined) {
      next = this.#with(group, column, { atom, excluded });
      this.#step.set(group, next);
    }
    if (next !== group) {
      this.#groupOf[number] = next;
      this.postingCount += 1;
    }
    return this;
  }

  #with(group: number, column: KeyColumn, posting: Posting): number {
    const columns = this.groups[group] ?? [[], [], []];
    const own = columns[column];
    if (own.some((each) => each.atom === posting.atom && each.excluded === posting.excluded)) return group;
    const [exact, suffix, wildcard] = columns;
    const longer = [...own, posting];
    return (
      this.groups.push([
        column === 0 ? longer : exact,
        column === 1 ? longer : suffix,
        column === 2 ? longer : wildcard,
      ]) - 1
    );
  }
}
