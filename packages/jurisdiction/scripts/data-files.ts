// The hand-kept tables in data/, as their YAML has them.
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

export interface GroupFile {
  readonly group: string;
  readonly title: string;
  /** The zone of all civil dates of the group, where not that of each territory. */
  readonly zone?: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly intervals: readonly {
    readonly territories: readonly string[];
    readonly from: string;
    readonly until?: string;
    readonly inside?: boolean;
    readonly regime?: string;
    readonly source: string;
    readonly note?: string;
  }[];
}

export interface CodesFile {
  readonly userAssignedInUse: string;
  readonly zones: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
  readonly formerYears: Readonly<Record<string, readonly [number, number]>>;
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
  readonly alsoCoded: Readonly<Record<string, readonly string[]>>;
  readonly partsOf: Readonly<Record<string, readonly string[]>>;
}

export interface ZonesFile {
  readonly default: string;
  readonly zones: Readonly<Record<string, string>>;
}

export interface StatesFile {
  readonly sources: Readonly<Record<string, string>>;
  readonly states: readonly {
    readonly territories: readonly string[];
    readonly sovereign: string;
    readonly administrator?: string;
    readonly from?: string;
    readonly until?: string;
    readonly source: string;
    readonly note?: string;
  }[];
  readonly disputes: readonly {
    readonly territory: string;
    readonly views: Readonly<Record<"iso" | "un", string | null>>;
    readonly claims: readonly string[];
    readonly held?: string;
    readonly source: string;
  }[];
}

export interface CcTldsFile {
  readonly different: Readonly<Record<string, string>>;
  readonly none: readonly string[];
  readonly undelegated: readonly string[];
  readonly internationalised: Readonly<Record<string, string>>;
  readonly internationalisedNone: readonly string[];
}

const folder = new URL("../data/", import.meta.url);
// YAML 1.2 with dates left as text.
const read = (file: string): unknown => parse(readFileSync(new URL(file, folder), "utf8"));

export const codesFile = read("codes.yaml") as CodesFile;
export const ccTldsFile = read("cctlds.yaml") as CcTldsFile;
export const names = read("names.yaml") as Readonly<Record<string, string>>;
export const statesFile = read("states.yaml") as StatesFile;
/** Texts of the groups' files, by name, sorted. */
export const groupTexts: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(new URL("groups/", folder))
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .map((file) => [file, readFileSync(new URL(`groups/${file}`, folder), "utf8")]),
);
export const groupFiles: readonly GroupFile[] = Object.values(groupTexts).map(
  (text) => parse(text) as GroupFile,
);

const zonesFile = read("zones.yaml") as ZonesFile;

/** Zone of the legal time of a territory: its own, that of its other code, its parent's, or the default. */
export function zoneOf(territory: string): string {
  const own = Object.entries(codesFile.alsoCoded).find(([, also]) => also.includes(territory))?.[0];
  const parent = territory.replace(/^x-/, "").replace(/-.*/, "").toUpperCase();
  const { zones } = zonesFile;
  return zones[own ?? territory] ?? zones[territory] ?? zones[parent] ?? zonesFile.default;
}
