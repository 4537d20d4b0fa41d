// evidence.yaml: where the files are that place addresses. IP data is large, changes on its own, and is other people's: it lies outside
// of the site, and the site only says where.
import type { View } from "@demarc/jurisdiction";
import { Predicate } from "effect";

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

/** One fault; `pointer` is a JSON Pointer into the document. */
export interface EvidenceConfigIssue {
  readonly code: "evidence/form" | "evidence/unknown-field";
  readonly pointer: string;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Reads it from parsed YAML or JSON; all faults are told. */
export function parseEvidenceConfig(
  value: unknown,
):
  | { readonly ok: true; readonly value: EvidenceConfig }
  | { readonly ok: false; readonly issues: readonly EvidenceConfigIssue[] } {
  const issues: EvidenceConfigIssue[] = [];
  const form = (pointer: string, message: string, help?: string): void => {
    issues.push({ code: "evidence/form", pointer, message, help });
  };
  const fields = (item: object, known: readonly string[], pointer: string): void => {
    for (const key of Object.keys(item))
      if (!known.includes(key))
        issues.push({
          code: "evidence/unknown-field",
          pointer: `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
          message: `there is no field \`${key}\``,
          help: `known are ${known.join(", ")}`,
        });
  };
  if (!isRecord(value)) {
    form("", "an object with `sources` is expected");
    return { ok: false, issues };
  }
  fields(value, ["sources", "staleAfterDays", "view"], "");
  const { sources, staleAfterDays, view } = value;
  if (!Array.isArray(sources)) form("/sources", "a list of files is expected, each with `format` and `path`");
  if (staleAfterDays !== undefined && !(Number.isInteger(staleAfterDays) && Number(staleAfterDays) >= 1))
    form("/staleAfterDays", "a whole number of days from 1 is expected");
  if (view !== undefined && view !== "iso" && view !== "un") form("/view", "`iso` or `un` is expected");
  for (const [index, item] of (Array.isArray(sources) ? sources : []).entries()) {
    const pointer = `/sources/${index}`;
    if (!isRecord(item)) {
      form(pointer, "an object with `format` and `path` is expected");
      continue;
    }
    fields(item, ["format", "path", "name", "vendor", "dataDate", "caveat"], pointer);
    if (!isOneOf(EVIDENCE_FORMATS, item["format"]))
      form(`${pointer}/format`, `one of ${EVIDENCE_FORMATS.join(", ")} is expected`);
    if (!isText(item["path"])) form(`${pointer}/path`, "the path of a file is expected");
    for (const key of ["name", "vendor"])
      if (item[key] !== undefined && !isText(item[key])) form(`${pointer}/${key}`, "a text is expected");
    if (item["dataDate"] !== undefined && !isDay(item["dataDate"]))
      form(`${pointer}/dataDate`, 'a day that exists is expected, as "2026-11-01"');
    const { caveat, format } = item;
    if (caveat === undefined ? format === "prefixes" : !isOneOf(EVIDENCE_CAVEATS, caveat))
      form(
        `${pointer}/caveat`,
        `one of ${EVIDENCE_CAVEATS.join(", ")} is expected`,
        "a list says what its addresses are",
      );
    else if (caveat !== undefined && format !== "prefixes" && format !== "geofeed")
      form(`${pointer}/caveat`, "only a list of prefixes or a geofeed has a caveat for all of it");
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: value as unknown as EvidenceConfig };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Predicate.isObjectKeyword(value) && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return values.some((each) => each === value);
}

// A civil date that exists; `2026-02-30` would be another day.
function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
