import type { ListEntry } from "../list-reading.ts";

/** Entries in the order in which they came, each once. One set of values per kind spares a key per entry. */
export class EntrySet {
  readonly items: ListEntry[] = [];
  readonly #seen: Readonly<Record<string, Set<string>>> = {
    exact: new Set(),
    subdomains: new Set(),
    cidr: new Set(),
  };

  add(entry: ListEntry): void {
    const seen = this.#seen[entry.type === "domain" ? entry.match : entry.type];
    if (seen !== undefined) {
      // Asking first would look the value up twice.
      const { size } = seen;
      if (seen.add(entry.value).size === size) return;
    }
    this.items.push(entry);
  }
}
