// data/*.yaml and the packages of codes to src/*.generated.ts, to json/*.json for other languages, and to docs for people. Civil dates become UTC instants at
// midnight in the territory's legal time.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkGroupFile } from "./check-group-file.ts";
import { codeTables, unnamedCodes } from "./codes-table.ts";
import { groupFiles, groupTexts } from "./data-files.ts";
import { disputeRows, type GroupRow, rowsOf, stateRows } from "./groups-table.ts";
import type { LocalInstant } from "./local-time.ts";
import { territoriesPage } from "./territories-page.ts";
import { timelineSvg } from "./timeline-svg.ts";

const folder = new URL("../", import.meta.url);
const HEADER = "// Made from data/ by scripts/generate.ts (npm run generate). Do not edit.";

/** Text of every generated file, by its path in the package. */
export function generated(): Readonly<Record<string, string>> {
  return {
    "src/codes.generated.ts": `${HEADER}
import type { CodeTables } from "./internal/table-types.ts";

export const CODES: CodeTables = {
${Object.entries(codeTables)
  .map(([key, table]) => `  ${key}: ${Array.isArray(table) ? JSON.stringify(table) : recordText(table)},`)
  .join("\n")}
};
`,
    "src/groups.generated.ts": `${HEADER}
import type { GroupTable } from "./internal/table-types.ts";

export const GROUPS: readonly GroupTable[] = [
${groupFiles.map((file) => groupText(file.group, file.title, rowsOf(file))).join("\n")}
];
`,
    "src/states.generated.ts": `${HEADER}
import type { DisputeRow, StateRow } from "./internal/table-types.ts";

export const STATES: readonly StateRow[] = [
${stateRows.map((row) => `  ${JSON.stringify(row)},`).join("\n")}
];

export const DISPUTES: readonly DisputeRow[] = [
${disputeRows.map((row) => `  ${JSON.stringify(row)},`).join("\n")}
];
`,
    "json/groups.json": jsonText(
      groupFiles.map((file) => ({
        group: `group:${file.group}`,
        title: file.title,
        intervals: rowsOf(file).map((row) => ({
          territory: row.territory,
          from: utcText(row.from),
          fromLocal: localText(row.from),
          until: row.until === null ? null : utcText(row.until),
          untilLocal: row.until === null ? null : localText(row.until),
          inside: row.inside,
          regime: row.regime,
          source: row.source,
          ...(row.note === null ? {} : { note: row.note }),
        })),
      })),
    ),
    "json/territories.json": jsonText({
      ...codeTables,
      states: stateRows.map((row) => ({ ...row, from: utcOrNull(row.from), until: utcOrNull(row.until) })),
      disputes: disputeRows,
    }),
    [`${DOCS}territories.md`]: territoriesPage(groupFiles),
    ...Object.fromEntries(
      groupFiles.map((file) => [`${DOCS}timelines/${file.group}.svg`, timelineSvg(file)]),
    ),
  };
}

const DOCS = "../../docs/";

const recordText = (items: object): string =>
  `{\n${Object.entries(items)
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)},`)
    .join("\n")}\n  }`;

const utcOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const utcText = ({ at }: LocalInstant): string => new Date(at).toISOString().replace(".000Z", "Z");

// RFC 9557: local time, offset and zone.
function localText({ at, offset, zone }: LocalInstant): string {
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}[${zone}]`;
}

// One line per innermost object: lines are what a change of the data is read by.
function jsonText(value: unknown): string {
  const line = (each: unknown, indent: string): string => {
    const flat = JSON.stringify(each);
    if (flat.length <= 120 || typeof each !== "object" || each === null) return flat;
    const inner = `${indent}  `;
    const values = Object.values(each);
    if (values.every((part) => typeof part !== "object" || part === null) && !Array.isArray(each))
      return flat;
    if (Array.isArray(each))
      return `[\n${each.map((part) => inner + line(part, inner)).join(",\n")}\n${indent}]`;
    return `{\n${Object.entries(each)
      .map(([key, part]) => `${inner}${JSON.stringify(key)}: ${line(part, inner)}`)
      .join(",\n")}\n${indent}}`;
  };
  return `${line(value, "")}\n`;
}

function groupText(group: string, title: string, rows: readonly GroupRow[]): string {
  const sources = [...new Set(rows.map((row) => row.source))];
  const zones = [
    ...new Set(rows.flatMap((row) => [row.from.zone, ...(row.until === null ? [] : [row.until.zone])])),
  ];
  const notes = [...new Set(rows.flatMap((row) => (row.note === null ? [] : [row.note])))];
  const moment = (local: LocalInstant | null): unknown =>
    local === null ? null : [local.at, local.offset, zones.indexOf(local.zone)];
  const lines = rows.map((row) =>
    JSON.stringify([
      row.territory,
      moment(row.from),
      moment(row.until),
      row.inside,
      row.regime,
      sources.indexOf(row.source),
      row.note === null ? null : notes.indexOf(row.note),
    ]),
  );
  return `  {
    group: ${JSON.stringify(group)},
    title: ${JSON.stringify(title)},
    sources: ${JSON.stringify(sources)},
    zones: ${JSON.stringify(zones)},
    notes: ${JSON.stringify(notes)},
    intervals: [
${lines.map((line) => `      ${line},`).join("\n")}
    ],
  },`;
}

const territories = new Set([
  ...Object.keys({ ...codeTables.names, ...codeTables.zones }),
  ...Object.entries(codeTables.subdivisions).flatMap(([country, parts]) =>
    parts.split(" ").map((part) => `${country}-${part}`),
  ),
]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = Object.entries(groupTexts).flatMap(([file, text]) =>
    checkGroupFile(`data/groups/${file}`, text, (code) => territories.has(code)),
  );
  if (faults.length === 0)
    faults.push(
      ...unnamedCodes().map((code) => `\`${code}\` has no name: add one to \`parts\` of data/codes.yaml`),
    );
  if (faults.length > 0) {
    console.error(faults.join("\n"));
    process.exit(1);
  }
  for (const [file, text] of Object.entries(generated())) writeFileSync(new URL(file, folder), text);
}
