// Files of evidence to sources. A file that can not be read costs that file only, and what it said before stays in use: without
// evidence a place is unknown, and a rule restricts less.
import { readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import {
  type AddressSource,
  ageWarnings,
  databaseSource,
  type NetworkMap,
  openMmdb,
  openTable,
  parseDelegated,
  parseGeofeed,
  parseNetworkMap,
  parsePrefixList,
  type ReadSource,
} from "@demarc/jurisdiction";
import { parseData } from "@demarc/policy";
import { Effect } from "effect";
import { digestOfBytes } from "./digest-of-bytes.ts";
import type { EvidenceConfig, EvidenceFile } from "./evidence-config.ts";
import { isEnding, MAX_FILE_BYTES, NEVER_ENDS } from "./site-folder.ts";
import type { SiteIssue } from "./site-refused.ts";

/** A source with the SHA-256 of its file. */
export interface NamedSource {
  readonly name: string;
  readonly digest: string;
  readonly source: AddressSource;
}

/** A map of networks with the SHA-256 of its file. */
export interface NamedMap {
  readonly name: string;
  readonly digest: string;
  readonly map: NetworkMap;
}

/** What the files of a configuration say. */
export interface Evidence {
  readonly config: EvidenceConfig;
  readonly sources: readonly NamedSource[];
  readonly maps: readonly NamedMap[];
  /** What is wrong with files; never more than warnings. */
  readonly issues: readonly SiteIssue[];
  /** Files that are in use, by path, so that one that did not change is not read again. */
  readonly files: ReadonlyMap<string, LoadedFile>;
}

/** No evidence but the site's own map. */
export const NO_EVIDENCE: Evidence = {
  config: { sources: [] },
  sources: [],
  maps: [],
  issues: [],
  files: new Map(),
};

/** A file in use, as it was written when it was read. */
interface LoadedFile {
  readonly stamp: string;
  readonly settings: string;
  readonly loaded: NamedSource | NamedMap;
  /** Lines that could not be used. */
  readonly issue: SiteIssue | null;
}

/** Reads the files of a configuration; `previous` is what is in use. Never fails: see `issues`. */
export const loadEvidence = (
  config: EvidenceConfig,
  directory: string,
  previous: Evidence,
): Effect.Effect<Evidence> =>
  Effect.sync(() => {
    const issues: SiteIssue[] = [];
    const files = new Map<string, LoadedFile>();
    const sources: NamedSource[] = [];
    const maps: NamedMap[] = [];
    for (const each of config.sources) {
      const path = resolve(directory, each.path);
      const settings = JSON.stringify(each);
      const key = `${path} ${settings}`;
      const before = previous.files.get(key);
      const stamp = stampOf(path);
      const read: LoadedFile | SiteIssue =
        before?.stamp === stamp && stamp !== "" ? before : readOne(each, path, stamp, settings);
      if ("loaded" in read) {
        files.set(key, read);
        if (read.issue !== null) issues.push(read.issue);
      } else issues.push({ ...read, help: before === undefined ? WITHOUT : STAYS });
      const used = "loaded" in read ? read : before;
      if (used === undefined) continue;
      if (!files.has(key)) files.set(key, { ...used, stamp: "" });
      if ("map" in used.loaded) maps.push(used.loaded);
      else sources.push(used.loaded);
    }
    return { config, sources, maps, issues, files };
  });

/** A text that changes whenever a file of the configuration changes, appears or goes. */
export function evidenceStamp(config: EvidenceConfig, directory: string): string {
  return config.sources.map(({ path }) => `${path} ${stampOf(resolve(directory, path))}`).join("\n");
}

/** Warnings about the age of what is in use, at an instant. */
export function evidenceAge({ sources, config }: Evidence, at: number): readonly SiteIssue[] {
  return ageWarnings(
    sources.map(({ source }) => source),
    at,
    config.staleAfterDays,
  ).map((issue) => ({ ...issue, severity: "warning" as const, file: EVIDENCE_NAME }));
}

const EVIDENCE_NAME = "evidence";
const WITHOUT = "mend the file; until then there is no evidence from it, and it restricts nothing";
const STAYS = "mend the file; until then what it said before stays in use";

function readOne(file: EvidenceFile, path: string, stamp: string, settings: string): LoadedFile | SiteIssue {
  const fault = (code: string, message: string): SiteIssue => ({
    code,
    severity: "warning",
    file: file.path,
    message,
  });
  let bytes: Uint8Array;
  let written: string;
  try {
    const stats = statSync(path);
    if (!isEnding(stats)) return fault("evidence/unreadable", `\`${file.path}\` ${NEVER_ENDS}`);
    if (stats.size > MAX_FILE_BYTES)
      return fault(
        "evidence/too-large",
        `\`${file.path}\` has ${stats.size} bytes; ${MAX_FILE_BYTES} at most`,
      );
    written = stats.mtime.toISOString().slice(0, 10);
    bytes = new Uint8Array(readFileSync(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fault("evidence/unreadable", `\`${file.path}\` can not be read: ${why}`);
  }
  const digest = digestOfBytes(bytes);
  const name = file.name ?? basename(path);
  const { vendor, dataDate } = file;
  const info = { source: name, vendor, dataDate: dataDate ?? written };
  const made = (source: AddressSource, issue: SiteIssue | null = null): LoadedFile => ({
    stamp,
    settings,
    issue,
    loaded: { name, digest, source },
  });
  const lines = ({ source, issues }: ReadSource): LoadedFile => {
    const [first] = issues;
    if (first === undefined) return made(source);
    return made(source, {
      ...fault("evidence/lines", `${issues.length} lines are left out; line ${first.line}: ${first.message}`),
      line: first.line,
    });
  };
  switch (file.format) {
    case "mmdb": {
      const opened = openMmdb(bytes);
      if (!opened.ok) return fault(opened.issue.code, opened.issue.message);
      return made(
        databaseSource({
          name: file.name ?? `${opened.value.databaseType} (${basename(path)})`,
          mmdb: opened.value,
          vendor,
          dataDate,
        }),
      );
    }
    case "table": {
      const opened = openTable(bytes);
      if (!opened.ok) return fault(opened.issue.code, opened.issue.message);
      return opened.value.verify()
        ? made(opened.value)
        : fault("evidence/digest", `\`${file.path}\` is not what its digest says`);
    }
    case "delegated":
      // Its version line says the day.
      return lines(
        parseDelegated(textOf(bytes), {
          source: name,
          vendor,
          ...(dataDate === undefined ? {} : { dataDate }),
        }),
      );
    case "geofeed":
      return lines(
        parseGeofeed(textOf(bytes), {
          ...info,
          ...(file.caveat === undefined ? {} : { caveats: [file.caveat] }),
        }),
      );
    case "prefixes":
      return lines(parsePrefixList(textOf(bytes), { ...info, caveat: file.caveat ?? "relay" }));
    case "networks": {
      const data = parseData(textOf(bytes), { file: file.path });
      if (!data.ok)
        return { ...fault("evidence/form", "it can not be read"), ...data.issues[0], severity: "warning" };
      const map = parseNetworkMap(data.value);
      if (map.ok) return { stamp, settings, issue: null, loaded: { name, digest, map: map.value } };
      const [first] = map.issues;
      return {
        ...fault(first?.code ?? "evidence/form", first?.message ?? "it is no map of networks"),
        ...data.positionOf(first?.pointer ?? ""),
      };
    }
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function stampOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    return "";
  }
}
