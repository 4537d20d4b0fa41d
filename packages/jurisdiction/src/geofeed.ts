// Geofeeds: where the holder of a network says that it is used (RFC 8805), or that nobody should say.
import { formatPrefix, type Prefix, parsePrefix, prefixContains } from "@demarc/net";
import type { Caveat } from "./evidence.ts";
import { type LineIssue, type ReadSource, type SourceInfo, sourceOf } from "./prefix-source.ts";
import type { TableEntry, TableRecord } from "./table/compile-table.ts";
import { canonicalTerritory, isTerritory } from "./territory.ts";

/** How a geofeed is to be read. */
export interface GeofeedInfo extends SourceInfo {
  /**
   * The networks that the feed may speak for: those of the registry entries that name it (RFC 9632 §3). Lines outside of them
   * are counted in `skipped.outside`. Everything unless said.
   */
  readonly within?: readonly Prefix[] | undefined;
  /** What all its addresses are: `relay` for the list of a privacy relay's egress addresses, which has the same form. */
  readonly caveats?: readonly Caveat[] | undefined;
}

/**
 * Reads a geofeed: lines of `prefix,country,region,city,postal code`, comments from `#`. Evidence of kind `geofeed`. A line with no
 * country, or the historical `ZZ`, asks that the prefix not be located: caveat `operator-declined`, no territory.
 *
 * Errors, by line: `geofeed/form`, `geofeed/prefix`, `geofeed/territory`, `geofeed/region` (not a subdivision of the country; the line
 * counts without it), `geofeed/duplicate` (a prefix twice with different places: both are left out, §2.1.1).
 *
 * Source: RFC 8805 §2.1; where to find a feed, RFC 9632.
 */
export function parseGeofeed(text: string, info: GeofeedInfo): ReadSource {
  const issues: LineIssue[] = [];
  const skipped: Record<string, number> = {};
  const found = new Map<string, { readonly entry: TableEntry; readonly line: number } | null>();
  const records = new Map<string, TableRecord>();
  const caveats = info.caveats ?? [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const line = raw.replace(/#.*/, "").trim();
    if (line === "") continue;
    const number = index + 1;
    const report = (code: string, message: string, help?: string): void => {
      issues.push({ code: `geofeed/${code}`, message, line: number, help });
    };
    const fields = line.split(",").map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
    if (fields.length > 5) {
      report("form", `5 fields at most are expected, not ${fields.length}`);
      continue;
    }
    const [prefixText = "", country = "", region = ""] = fields;
    const prefix = parsePrefix(prefixText);
    if (!prefix.ok) {
      report("prefix", prefix.issue.message, prefix.issue.help);
      continue;
    }
    if (info.within !== undefined && !info.within.some((outer) => isWithin(prefix.value, outer))) {
      skipped["outside"] = (skipped["outside"] ?? 0) + 1;
      continue;
    }
    const code = country.toUpperCase();
    const declines = code === "" || code === "ZZ";
    if (!declines && (code.length !== 2 || !isTerritory(code))) {
      report("territory", `\`${country}\` is no country`, "write an ISO 3166-1 code of two letters");
      continue;
    }
    const part = region.toUpperCase();
    const known = part !== "" && isTerritory(part) && part.startsWith(`${code}-`);
    if (part !== "" && !declines && !known)
      report(
        "region",
        `\`${region}\` is no subdivision of ${code}`,
        `write an ISO 3166-2 code, as ${code}-...`,
      );
    const key = declines ? "" : known ? part : code;
    const record: TableRecord = records.get(key) ?? {
      kind: "geofeed",
      // FR-RE is Réunion, whose own code is RE.
      territory: declines
        ? null
        : known && canonicalTerritory(part) !== part
          ? canonicalTerritory(part)
          : code,
      region: known && !declines ? part : null,
      caveats: declines ? [...caveats, "operator-declined"] : caveats,
    };
    records.set(key, record);
    const name = formatPrefix(prefix.value);
    const before = found.get(name);
    if (before === undefined) found.set(name, { entry: { prefix: prefix.value, record }, line: number });
    else if (before === null || before.entry.record !== record) {
      report("duplicate", `\`${name}\` is there before with another place: neither counts`, "keep one");
      found.set(name, null);
    }
  }
  const entries = [...found.values()].flatMap((each) => (each === null ? [] : [each.entry]));
  return { source: sourceOf({ ...info, entries }), entries, issues, skipped };
}

/**
 * Addresses of geofeeds that a registry object names: `geofeed:` attributes and `remarks: Geofeed` lines of inetnum and
 * inet6num objects. Only HTTPS (RFC 9632 §3).
 */
export function geofeedAddresses(rpsl: string): readonly string[] {
  return [...rpsl.matchAll(/^(?:geofeed:|remarks:[ \t]*geofeed)[ \t]+(https:\/\/\S+)[ \t]*\r?$/gim)].map(
    (match) => match[1] ?? "",
  );
}

function isWithin(inner: Prefix, outer: Prefix): boolean {
  return inner.length >= outer.length && prefixContains(outer, inner.address);
}
