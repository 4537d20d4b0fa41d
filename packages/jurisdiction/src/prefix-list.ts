// Lists of addresses that are something: a relay's, an anonymiser's, a cloud's. They place nothing; they lower confidence.
import { parsePrefix } from "@demarc/net";
import type { Caveat } from "./evidence.ts";
import { type LineIssue, type ReadSource, type SourceInfo, sourceOf } from "./prefix-source.ts";
import type { TableEntry, TableRecord } from "./table/compile-table.ts";

/** What a list's addresses are. */
export interface PrefixListInfo extends SourceInfo {
  readonly caveat: Exclude<
    Caveat,
    "stale" | "ambiguous-code" | "disputed" | "embedded" | "registration-only"
  >;
}

/**
 * Reads a list with one prefix or address on a line, and comments from `#` or `;`. What follows a comma is left alone: relays
 * publish their egress in the form of a geofeed (read it with `parseGeofeed` and `caveats: ["relay"]` to have its places too).
 * Evidence of kind `list`, without a territory.
 *
 * Errors, by line: `list/prefix`.
 */
export function parsePrefixList(text: string, info: PrefixListInfo): ReadSource {
  const issues: LineIssue[] = [];
  const entries: TableEntry[] = [];
  const record: TableRecord = { kind: "list", territory: null, region: null, caveats: [info.caveat] };
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/[#;,].*/, "").trim();
    if (line === "") continue;
    const prefix = parsePrefix(line);
    if (prefix.ok) entries.push({ prefix: prefix.value, record });
    else issues.push({ ...prefix.issue, code: "list/prefix", line: index + 1 });
  }
  return { source: sourceOf({ ...info, entries }), entries, issues, skipped: {} };
}
