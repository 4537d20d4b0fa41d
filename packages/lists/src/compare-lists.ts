// What two lists match that the other does not, and what in a list says nothing that another entry of it does not say.
import { formatPrefix, parsePrefix } from "@demarc/net";
import type { ListEntry } from "./list-reading.ts";

/** An entry that another one of the list makes needless. */
export interface CoveredEntry {
  readonly entry: ListEntry;
  readonly by: ListEntry;
}

/** How two lists differ, entry by entry in canonical form; the order of each list is kept. */
export interface ListDifference {
  readonly added: readonly ListEntry[];
  readonly removed: readonly ListEntry[];
  readonly kept: number;
  /** Of those removed: whatever they match is matched by another entry of the second list. */
  readonly stillCovered: readonly CoveredEntry[];
}

/** A text that two entries share exactly when they match the same. */
export function entryKey(entry: ListEntry): string {
  return "match" in entry ? `${entry.type} ${entry.match} ${entry.value}` : `${entry.type} ${entry.value}`;
}

/**
 * Entries that a wider one covers: a name below a listed one with all below it, a prefix within another, a URL below a listed
 * one. Cost: linear in the list and in the labels, bits and segments of its entries.
 */
export function coveredEntries(
  entries: readonly ListEntry[],
  among: readonly ListEntry[] = entries,
): readonly CoveredEntry[] {
  const wide = new Map<string, ListEntry>();
  const lengths = new Set<number>();
  const urlLengths = new Set<number>();
  for (const entry of among) {
    const key = wideKey(entry);
    if (key !== null && !wide.has(key)) wide.set(key, entry);
    if (entry.type === "url" && key !== null) urlLengths.add(entry.value.length);
    if (entry.type === "cidr") lengths.add(Number(entry.value.slice(entry.value.indexOf("/") + 1)));
  }
  const falling = [...lengths].toSorted((a, b) => b - a);
  const found: CoveredEntry[] = [];
  for (const entry of entries) {
    const own = entryKey(entry);
    for (const key of widerKeys(entry, falling, urlLengths)) {
      const by = wide.get(key);
      if (by === undefined || entryKey(by) === own) continue;
      found.push({ entry, by });
      break;
    }
  }
  return found;
}

/** How the second list differs from the first. */
export function compareLists(first: readonly ListEntry[], second: readonly ListEntry[]): ListDifference {
  const [before, after] = [significant(first), significant(second)];
  const old = new Set(before.map(entryKey));
  const now = new Set(after.map(entryKey));
  const removed = before.filter((entry) => !now.has(entryKey(entry)));
  return {
    added: after.filter((entry) => !old.has(entryKey(entry))),
    removed,
    kept: old.size - new Set(removed.map(entryKey)).size,
    stillCovered: coveredEntries(removed, after),
  };
}

// A zone has a name and all below it on two lines; the first says nothing that the second does not.
function significant(entries: readonly ListEntry[]): readonly ListEntry[] {
  const wide = new Set(entries.map(wideKey));
  return entries.filter(
    (entry) => entry.type !== "domain" || entry.match !== "exact" || !wide.has(`below ${entry.value}`),
  );
}

function wideKey(entry: ListEntry): string | null {
  if (entry.type === "cidr" || entry.type === "url-pattern") return entryKey(entry);
  if (entry.type === "domain") return entry.match === "subdomains" ? `below ${entry.value}` : null;
  return entry.match === "prefix" ? `url ${entry.value}` : null;
}

// What could cover an entry, the closest first.
function* widerKeys(
  entry: ListEntry,
  lengths: readonly number[],
  urlLengths: ReadonlySet<number>,
): Generator<string> {
  if (entry.type === "domain") {
    for (let name = entry.value; ; name = name.slice(name.indexOf(".") + 1)) {
      yield `below ${name}`;
      if (!name.includes(".")) return;
    }
  } else if (entry.type === "url") {
    for (let end = entry.value.length; end > 0; end = entry.value.lastIndexOf("/", end - 1)) {
      for (const length of [end, end + 1])
        if (urlLengths.has(length)) yield `url ${entry.value.slice(0, length)}`;
    }
  } else if (entry.type === "cidr") {
    const prefix = parsePrefix(entry.value);
    if (!prefix.ok) return;
    for (const length of lengths)
      if (length < prefix.value.length) yield `cidr ${shortened(prefix.value.address, length)}`;
  }
}

function shortened(address: Uint8Array, length: number): string {
  const network = address.slice();
  for (let bit = length; bit < network.length * 8; bit += 1) {
    const at = bit >> 3;
    network[at] = (network[at] ?? 0) & ~(0x80 >> (bit & 7));
  }
  return formatPrefix({ address: network, length });
}
