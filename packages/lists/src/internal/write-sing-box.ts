import { parentName } from "@demarc/net";
import type { ListEntry } from "../list-reading.ts";

// Before version 2 (sing-box 1.10) a program may be so old that it takes a suffix without a dot for the end of any text:
// `example.com` would match `badexample.com`. It refuses version 2.
const VERSION = 2;

/**
 * A rule-set with one rule that matches the entries. The only exception that it can say is that of a name all below which is
 * listed: the suffix with a leading dot.
 */
export function writeSingBox(
  entries: readonly ListEntry[],
  exceptions: readonly ListEntry[],
): { readonly text: string; readonly omitted: readonly ListEntry[] } {
  const names = (match: "exact" | "subdomains"): ReadonlySet<string> =>
    new Set(
      entries.flatMap((entry) => (entry.type === "domain" && entry.match === match ? [entry.value] : [])),
    );
  const exact = names("exact");
  const suffixes = names("subdomains");
  const apexes = new Set<string>();
  const omitted: ListEntry[] = [];
  for (const exception of exceptions) {
    const { value } = exception;
    const isApex =
      exception.type === "domain" &&
      exception.match === "exact" &&
      suffixes.has(value) &&
      !exact.has(value) &&
      !isBelow(value, suffixes);
    if (isApex) apexes.add(value);
    else omitted.push(exception);
  }
  const domain: string[] = [];
  const suffix: string[] = [];
  const prefix: string[] = [];
  for (const entry of entries) {
    if (entry.type === "cidr") prefix.push(entry.value);
    else if (entry.type !== "domain") omitted.push(entry);
    else if (entry.match === "exact") domain.push(entry.value);
    else suffix.push(apexes.has(entry.value) ? `.${entry.value}` : entry.value);
  }
  const rule = Object.fromEntries(
    Object.entries({ domain, domain_suffix: suffix, ip_cidr: prefix }).filter(
      ([, values]) => values.length > 0,
    ),
  );
  const rules = Object.keys(rule).length === 0 ? [] : [rule];
  return { text: `${JSON.stringify({ version: VERSION, rules }, null, 2)}\n`, omitted };
}

function isBelow(name: string, suffixes: ReadonlySet<string>): boolean {
  for (let parent = parentName(name); parent !== null; parent = parentName(parent))
    if (suffixes.has(parent)) return true;
  return false;
}
