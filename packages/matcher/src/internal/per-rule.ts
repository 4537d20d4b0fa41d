const PAGE = 64;

/** Values of some rules: memory for those that were asked for, and two reads to find one. */
export class PerRule<T> {
  readonly #pages: (T | undefined)[][] = [];

  get(rule: number): T | undefined {
    return this.#pages[rule >>> 6]?.[rule & (PAGE - 1)];
  }

  set(rule: number, value: T): void {
    const page = rule >>> 6;
    while (this.#pages.length <= page) this.#pages.push([]);
    const values = this.#pages[page] as (T | undefined)[];
    while (values.length <= (rule & (PAGE - 1))) values.push(undefined);
    values[rule & (PAGE - 1)] = value;
  }
}
