// Names to measure with: real ones where the data of `../shared/data` is beside the checkout, the rest generated with the
// same lengths of labels and the same top-level domains.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readList } from "@demarc/lists";
import { generator } from "./random.ts";

const FOLDER = join(import.meta.dirname, "../../../../../shared/data/lists");
const TOP = ["com", "net", "org", "de", "info", "xyz", "ru", "top", "co.uk", "com.br", "club", "site"];

/** As many distinct names as are asked for, in an order that says nothing, and how many of them are real. */
export function sampleNames(count: number): { readonly names: readonly string[]; readonly real: number } {
  const found = new Set<string>();
  for (const file of existsSync(FOLDER) ? readdirSync(FOLDER).toSorted() : [])
    if (file.endsWith("-nl.txt") || file.startsWith("opendns") || file === "disposable.txt")
      for (const entry of readList("domains", readFileSync(join(FOLDER, file), "utf8")).entries)
        if (entry.type === "domain") found.add(entry.value);
  const below = generator(11);
  const names = [...found];
  for (let at = names.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [names[at], names[other]] = [names[other] ?? "", names[at] ?? ""];
  }
  if (names.length > count) names.length = count;
  const real = names.length;
  const taken = new Set(names);
  const tops = real > 0 ? names.map((name) => name.slice(name.lastIndexOf(".") + 1)) : TOP;
  while (taken.size < count) taken.add(madeName(below, tops));
  return { names: [...taken], real };
}

/** A name that no list has. */
export function madeName(below: (limit: number) => number, tops: readonly string[] = TOP): string {
  const labels = below(10) < 7 ? 1 : 2;
  let name = "";
  for (let label = 0; label < labels; label += 1) {
    const length = 4 + below(12);
    for (let at = 0; at < length; at += 1)
      name += "abcdefghijklmnopqrstuvwxyz0123456789"[below(at === 0 ? 26 : 36)];
    name += ".";
  }
  return name + (tops[below(tops.length)] ?? "com");
}

/**
 * Queries, one a line: half of them below a name of the list, half elsewhere; six of ten with a label in front.
 *
 *   skew   0 for every name as often as any other, else the exponent of a Zipf distribution over them
 */
export function sampleQueries(
  names: readonly string[],
  count: number,
  options: { readonly hits: number; readonly skew: number },
): string {
  const below = generator(23);
  const tops = names.slice(0, 1000).map((name) => name.slice(name.lastIndexOf(".") + 1));
  const elsewhere = Array.from({ length: Math.min(names.length, count) }, () => `zz${madeName(below, tops)}`);
  const lines: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const pool = below(100) < options.hits * 100 ? names : elsewhere;
    const rank = options.skew === 0 ? below(pool.length) : zipf(below, pool.length);
    const front = below(10) < 6 ? ["www.", "cdn.", "a.b.", "mail."][below(4)] : "";
    lines.push((front ?? "") + (pool[rank] ?? ""));
  }
  return lines.join("\n");
}

// Rank by the inverse of the harmonic sum's approximation: the n-th name is asked about 1/n as often as the first.
function zipf(below: (limit: number) => number, length: number): number {
  return Math.min(length - 1, Math.floor((length + 1) ** (below(1 << 30) / (1 << 30))) - 1);
}
