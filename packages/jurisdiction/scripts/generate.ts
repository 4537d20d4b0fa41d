// data/*.yaml to src/{codes,groups}.generated.ts: civil dates become UTC instants at midnight in the territory's legal time.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

interface GroupFile {
  readonly group: string;
  readonly title: string;
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

interface CodesFile {
  readonly userAssignedInUse: string;
  readonly exceptionallyReserved: string;
  readonly transitionallyReserved: string;
  readonly indeterminatelyReserved: string;
  readonly former: Readonly<Record<string, readonly string[]>>;
  readonly zones: Readonly<Record<string, string>>;
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
  readonly alsoCoded: Readonly<Record<string, readonly string[]>>;
}

interface ZonesFile {
  readonly default: string;
  readonly zones: Readonly<Record<string, string>>;
}

const folder = new URL("../", import.meta.url);
// YAML 1.2 with dates left as text.
const read = (file: string): unknown => parse(readFileSync(new URL(`data/${file}`, folder), "utf8"));
const HEADER = "// Made from data/ by scripts/generate.ts (npm run generate). Do not edit.";

/** Text of every generated file, by its path in the package. */
export function generated(): Readonly<Record<string, string>> {
  const codes = read("codes.yaml") as CodesFile;
  const legalTime = read("zones.yaml") as ZonesFile;
  const zoneOf = (territory: string): string => {
    const own = Object.entries(codes.alsoCoded).find(([, also]) => also.includes(territory))?.[0];
    const parent = territory.replace(/^x-/, "").replace(/-.*/, "").toUpperCase();
    const { zones } = legalTime;
    return zones[own ?? territory] ?? zones[parent] ?? legalTime.default;
  };
  const groups = readdirSync(new URL("data/groups/", folder))
    .toSorted()
    .map((file) => groupText(read(`groups/${file}`) as GroupFile, zoneOf));
  return {
    "src/codes.generated.ts": codesText(codes, read("names.yaml") as Readonly<Record<string, string>>),
    "src/groups.generated.ts": `${HEADER}
import type { GroupTable } from "./internal/table-types.ts";

export const GROUPS: readonly GroupTable[] = [
${groups.join("\n")}
];
`,
  };
}

const listText = (text: string): string => JSON.stringify(text.trim().split(/\s+/));

const recordText = (items: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(items)
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)},`)
    .join("\n")}\n  }`;

function codesText(codes: CodesFile, names: Readonly<Record<string, string>>): string {
  return `${HEADER}
import type { CodeTables } from "./internal/table-types.ts";

export const CODES: CodeTables = {
  names: ${recordText(names)},
  userAssignedInUse: ${listText(codes.userAssignedInUse)},
  exceptionallyReserved: ${listText(codes.exceptionallyReserved)},
  transitionallyReserved: ${listText(codes.transitionallyReserved)},
  indeterminatelyReserved: ${listText(codes.indeterminatelyReserved)},
  former: ${recordText(codes.former)},
  zones: ${recordText(codes.zones)},
  ambiguous: ${recordText(codes.ambiguous)},
};
`;
}

function groupText(file: GroupFile, zoneOf: (territory: string) => string): string {
  const rows = file.intervals.flatMap((interval) => {
    const source = file.sources[interval.source];
    if (source === undefined) throw new Error(`${file.group}: there is no source \`${interval.source}\``);
    return interval.territories.map((territory) => [
      territory,
      toUtc(interval.from, zoneOf(territory)),
      interval.until === undefined ? null : toUtc(interval.until, zoneOf(territory)),
      interval.inside !== false,
      interval.regime ?? null,
      source,
    ]);
  });
  return `  {
    group: ${JSON.stringify(file.group)},
    title: ${JSON.stringify(file.title)},
    intervals: [
${rows.map((row) => `      ${JSON.stringify(row)},`).join("\n")}
    ],
  },`;
}

// An instant stays; a civil date is its midnight in the zone. The zone's offset there and then is found by formatting
// the guess in the zone, twice, for dates near a change of clocks.
function toUtc(date: string, zone: string): number {
  const midnight = Date.parse(date.includes("T") ? date : `${date}T00:00:00Z`);
  if (Number.isNaN(midnight)) throw new Error(`\`${date}\` is no date`);
  if (date.includes("T")) return midnight;
  let guess = midnight;
  for (let round = 0; round < 2; round += 1) guess = midnight - offsetAt(zone, guess);
  return guess;
}

function offsetAt(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return (
    Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) -
    instant
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of Object.entries(generated())) writeFileSync(new URL(file, folder), text);
