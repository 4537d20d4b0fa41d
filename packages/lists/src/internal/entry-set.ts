import type { ListEntry } from "../list-reading.ts";

/** Entries in the order in which they came, each once. One set of values per kind spares a key per entry. */
export class EntrySet {
  readonly items: ListEntry[] = [];
  readonly #seen: Readonly<Record<string, Set<string>>> = {
    exact: new Set(),
    subdomains: new Set(),
    cidr: new Set(),
    url: new Set(),
    prefix: new Set(),
    "url-pattern": new Set(),
  };

  add(entry: ListEntry): void {
    const seen = this.#seen[seenKey(entry)];
    if (seen !== undefined) {
      // Asking first would look the value up twice.
      const { size } = seen;
      if (seen.add(entry.value).size === size) return;
    }
    this.items.push(entry);
  }
}

function seenKey(entry: ListEntry): string {
  if (entry.type === "domain") return entry.match;
  return entry.type === "url" && entry.match === "prefix" ? "prefix" : entry.type;
}
