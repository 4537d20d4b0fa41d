// evidence.yaml: where the files are that place addresses. IP data is large, changes on its own, and is other people's: it lies outside
// of the site, and the site only says where.
import type { View } from "@demarc/jurisdiction";
import { ConfigFaults, type ConfigRead, isOneOf, isRecord, isText } from "./config-fields.ts";

/** The forms that a file of evidence may have. */
export const EVIDENCE_FORMATS = ["mmdb", "delegated", "geofeed", "prefixes", "table", "networks"] as const;

/** What a list of prefixes may say of its addresses. */
export const EVIDENCE_CAVEATS = [
  "relay",
  "anonymiser",
  "anycast",
  "hosting",
  "satellite",
  "mobile-coarse",
] as const;

/** One file of evidence. */
export interface EvidenceFile {
  readonly format: (typeof EVIDENCE_FORMATS)[number];
  /** Relative to the site's folder, or absolute. */
  readonly path: string;
  /** As evidence names it; the file's own name unless said. */
  readonly name?: string | undefined;
  /** Who made the data: files of one vendor do not agree with each other. The name unless said. */
  readonly vendor?: string | undefined;
  /** The day the data is of; unless said what the file states (MMDB, delegated, table), else the day it was written. */
  readonly dataDate?: string | undefined;
  /** What the addresses of a list or geofeed are; needed for `prefixes`. */
  readonly caveat?: (typeof EVIDENCE_CAVEATS)[number] | undefined;
}

/** The whole file. */
export interface EvidenceConfig {
  readonly sources: readonly EvidenceFile[];
  /** Days after which data is stale; 60 unless said. */
  readonly staleAfterDays?: number | undefined;
  /** To which states disputed territories belong; `iso` unless said. */
  readonly view?: Extract<View, string> | undefined;
}

/** Reads it from parsed YAML or JSON; all faults are told. */
export function parseEvidenceConfig(value: unknown): ConfigRead<EvidenceConfig> {
  const faults = new ConfigFaults("evidence");
  if (!isRecord(value)) {
    faults.form("", "an object with `sources` is expected");
    return { ok: false, issues: faults.issues };
  }
  faults.fields(value, ["sources", "staleAfterDays", "view"], "");
  const { sources, staleAfterDays, view } = value;
  if (!Array.isArray(sources))
    faults.form("/sources", "a list of files is expected, each with `format` and `path`");
  if (staleAfterDays !== undefined && !(Number.isInteger(staleAfterDays) && Number(staleAfterDays) >= 1))
    faults.form("/staleAfterDays", "a whole number of days from 1 is expected");
  if (view !== undefined && view !== "iso" && view !== "un")
    faults.form("/view", "`iso` or `un` is expected");
  for (const [index, item] of (Array.isArray(sources) ? sources : []).entries()) {
    const pointer = `/sources/${index}`;
    if (!isRecord(item)) {
      faults.form(pointer, "an object with `format` and `path` is expected");
      continue;
    }
    faults.fields(item, ["format", "path", "name", "vendor", "dataDate", "caveat"], pointer);
    if (!isOneOf(EVIDENCE_FORMATS, item["format"]))
      faults.form(`${pointer}/format`, `one of ${EVIDENCE_FORMATS.join(", ")} is expected`);
    if (!isText(item["path"])) faults.form(`${pointer}/path`, "the path of a file is expected");
    for (const key of ["name", "vendor"])
      if (item[key] !== undefined && !isText(item[key]))
        faults.form(`${pointer}/${key}`, "a text is expected");
    if (item["dataDate"] !== undefined && !isDay(item["dataDate"]))
      faults.form(`${pointer}/dataDate`, 'a day that exists is expected, as "2026-11-01"');
    const { caveat, format } = item;
    if (caveat === undefined ? format === "prefixes" : !isOneOf(EVIDENCE_CAVEATS, caveat))
      faults.form(
        `${pointer}/caveat`,
        `one of ${EVIDENCE_CAVEATS.join(", ")} is expected`,
        "a list says what its addresses are",
      );
    else if (caveat !== undefined && format !== "prefixes" && format !== "geofeed")
      faults.form(`${pointer}/caveat`, "only a list of prefixes or a geofeed has a caveat for all of it");
  }
  return faults.result(value as unknown as EvidenceConfig);
}

// A civil date that exists; `2026-02-30` would be another day.
function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
