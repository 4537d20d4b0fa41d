import type { Posting } from "../image-parts.ts";
import { GroupNumbers } from "./group-numbers.ts";

/** Postings of keys, by column. */
export type KeyGroup = readonly [readonly Posting[], readonly Posting[], readonly Posting[]];

/** Column of a group. */
export type KeyColumn = 0 | 1 | 2;

/**
 * Numbered things (keys, prefixes) with the postings that they have in each column. Those with the same postings share a group,
 * so that a list of a million names is a million bytes and one group.
 */
export class PostingGroups {
  /** Postings of a group, by column. Group 0 is the empty one. */
  readonly groups: KeyGroup[] = [[[], [], []]];
  /** How many times something got a posting that it had not. */
  postingCount = 0;
  /** Group of each. */
  readonly numbers: GroupNumbers = new GroupNumbers();
  readonly #steps = new Map<string, Map<number, number>>();
  #column = -1;
  #atom = -1;
  #excluded = false;
  #step = new Map<number, number>();

  /** Adds a posting; one that is there already changes nothing. */
  add(number: number, column: KeyColumn, { atom, excluded }: Posting): void {
    if (column !== this.#column || atom !== this.#atom || excluded !== this.#excluded) {
      [this.#column, this.#atom, this.#excluded] = [column, atom, excluded];
      const name = `${column} ${atom} ${excluded}`;
      this.#step = this.#steps.get(name) ?? new Map<number, number>();
      this.#steps.set(name, this.#step);
    }
    const group = this.numbers.of(number);
    let next = this.#step.get(group);
    if (next === undefined) {
      next = this.#with(group, column, { atom, excluded });
      this.#step.set(group, next);
    }
    if (next === group) return;
    this.numbers.set(number, next);
    this.postingCount += 1;
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
