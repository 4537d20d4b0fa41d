// data/*.yaml to src/tables.generated.ts: civil dates become UTC instants at midnight in the territory's legal time.
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

const folder = fileURLToPath(new URL("../data/", import.meta.url));
const read = (name: string): string => readFileSync(`${folder}${name}`, "utf8");
// YAML 1.2 with dates left as text.
const zones = parse(read("zones.yaml")) as { default: string; zones: Record<string, string> };
const codes = parse(read("codes.yaml")) as {
  assigned: string;
  userAssignedInUse: string;
  exceptionallyReserved: string;
  transitionallyReserved: string;
  former: Record<string, string[]>;
  zones: Record<string, string>;
  ambiguous: Record<string, string[]>;
};

const groups = readdirSync(`${folder}groups`)
  .sort()
  .map((file) => parse(read(`groups/${file}`)) as GroupFile)
  .map((file) => ({
    group: file.group,
    title: file.title,
    intervals: file.intervals.flatMap((interval) =>
      interval.territories.map((territory) => {
        const source = file.sources[interval.source];
        if (source === undefined) throw new Error(`${file.group}: no source ${interval.source}`);
        return [
          territory,
          toUtc(interval.from, territory),
          interval.until === undefined ? null : toUtc(interval.until, territory),
          interval.inside !== false,
          interval.regime ?? null,
          source,
        ];
      }),
    ),
  }));

const names = new Intl.DisplayNames("en", { type: "region" });
const list = (text: string): string[] => text.trim().split(/\s+/);
const assigned = list(codes.assigned);
const tables = {
  names: Object.fromEntries(
    [...assigned, codes.userAssignedInUse].map((code) => [code, names.of(code) ?? code]),
  ),
  exceptionallyReserved: list(codes.exceptionallyReserved),
  transitionallyReserved: list(codes.transitionallyReserved),
  userAssignedInUse: [codes.userAssignedInUse],
  former: codes.former,
  zones: codes.zones,
  ambiguous: codes.ambiguous,
};

const text = `// Made from data/*.yaml by scripts/generate.ts (npm run generate). Do not edit.
import type { CodeTables, GroupTable } from "./internal/table-types.ts";

export const CODES: CodeTables = ${JSON.stringify(tables, null, 2)};

export const GROUPS: readonly GroupTable[] = [
${groups
  .map(
    (group) =>
      `  {\n    group: ${JSON.stringify(group.group)},\n    title: ${JSON.stringify(group.title)},\n    intervals: [\n${group.intervals.map((row) => `      ${JSON.stringify(row)},`).join("\n")}\n    ],\n  },`,
  )
  .join("\n")}
];
`;
writeFileSync(fileURLToPath(new URL("../src/tables.generated.ts", import.meta.url)), text);

// An instant stays; a civil date is its midnight in the territory's zone. The zone's offset there and then is found by
// formatting the UTC guess in the zone, twice, for dates near a change of clocks.
function toUtc(date: string, territory: string): number {
  if (date.includes("T")) return Date.parse(date);
  const zone = zones.zones[territory] ?? zones.zones[territory.replace(/-.*/, "")] ?? zones.default;
  const midnight = Date.parse(`${date}T00:00:00Z`);
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
