import type { Posting } from "./image-parts.ts";

/** Column of a group: exact, suffix and wildcard for names; exact and prefix for URLs. */
export type KeyColumn = 0 | 1 | 2;

/**
 * Collects keys (names or URLs) with the postings that they have in each column. Keys with the same postings share a group, so
 * that a list of a million names is a million keys and one group.
 */
export class KeyCollector {
  /** Key to the number of its group. */
  readonly keys: Map<string, number> = new Map();
  /** Postings of a group, by column. Group 0 is the empty one. */
  readonly groups: (readonly [readonly Posting[], readonly Posting[], readonly Posting[]])[] = [[[], [], []]];
  readonly #steps = new Map<string, Map<number, number>>();
  #column = -1;
  #atom = -1;
  #excluded = false;
  #step = new Map<number, number>();

  /** Adds a posting of a key; one that it has already changes nothing. */
  add(key: string, column: KeyColumn, { atom, excluded }: Posting): this {
    if (column !== this.#column || atom !== this.#atom || excluded !== this.#excluded) {
      [this.#column, this.#atom, this.#excluded] = [column, atom, excluded];
      const name = `${column} ${atom} ${excluded}`;
      this.#step = this.#steps.get(name) ?? new Map<number, number>();
      this.#steps.set(name, this.#step);
    }
    const group = this.keys.get(key) ?? 0;
    let next = this.#step.get(group);
    if (next === undefined) {
      next = this.#with(group, column, { atom, excluded });
      this.#step.set(group, next);
    }
    if (next !== group) this.keys.set(key, next);
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
