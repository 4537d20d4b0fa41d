// The page for people about groups of territories: one picture each, made from the same data as the answers.
import { codesFile, type GroupFile } from "./data-files.ts";
import { rowsOf } from "./groups-table.ts";

export function territoriesPage(files: readonly GroupFile[]): string {
  return `# Whose law applied where, and since when

<!-- Made from packages/jurisdiction/data by packages/jurisdiction/scripts/generate.ts (npm run generate). Do not edit. -->

A scope names territories (\`DE\`, \`ES-CN\`, \`x-cy-north\`) and groups (\`group:EU\`). A group is a function of territory and instant: every
interval below begins and ends by a legal act, at midnight in the legal time of the territory unless the act says another instant. In the pictures
one lane is one territory, or several with the same dates; a bar with a point still runs. Grey bars are carved out: the territory is not in
the group although its state is, or EU law says so itself. Point at a bar in an opened picture for its act.

The same in words, for any instant, with the acts:

\`\`\`sh
npx demarc groups                        # all groups
npx demarc groups EU --at 2013-07-01     # where EU law applied on that day
npx demarc groups GL --at 1985-02-01     # the groups that a territory was in
\`\`\`

A code for places under different law (\`SJ\`: Svalbard and Jan Mayen) is in no lane, its parts are. Programs in other
languages read [groups.json](../packages/jurisdiction/json/groups.json). What an address says about a place, and what not, is in
[where a client is](where-is-a-client.md).

## A group more, or a correction

A group is one YAML file in \`packages/jurisdiction/data/groups\`; a correction is one line of it. Every interval names its source:

\`\`\`yaml
group: GCC
title: Gulf Cooperation Council
sources:
  charter: Charter of the Cooperation Council for the Arab States of the Gulf, Abu Dhabi, 1981-05-25
intervals:
  - { territories: [AE, BH, KW, OM, QA, SA], from: 1981-05-25, source: charter }
\`\`\`

\`from\` is the first day on which it holds and \`until\` the first on which it does not, at midnight in the legal time of each territory, or an
instant as \`"2020-02-01T00:00[Europe/Brussels]"\`. \`regime\` says how far it goes, \`inside: false\` carves a part or a dependency out, and \`note\` is
for people. \`npm run generate\` says every fault with its line and column (a source that is missing or that nobody names, an unknown code, a day that does
not exist, intervals that overlap), and then makes tables, JSON and pictures. Add the days before and after each change to
\`packages/jurisdiction/test/vectors/dated-cases.json\`, each with a \`why\`.

${files.map(section).join("\n")}`;
}

function section(file: GroupFile): string {
  const other = new Set(Object.values(codesFile.alsoCoded).flat());
  const territories = new Set(
    rowsOf(file)
      .map(({ territory }) => territory)
      .filter((territory) => !other.has(territory)),
  );
  const path = `packages/jurisdiction/data/groups/${file.group.toLowerCase()}.yaml`;
  return `## group:${file.group}

${file.title}. ${counted(territories.size, "territory", "territories")}, ${counted(Object.keys(file.sources).length, "source", "sources")}: [data with sources](../${path}).

[![Timeline of group:${file.group}, ${file.title}](timelines/${file.group}.svg)](timelines/${file.group}.svg)
`;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
