// data/groups and data/states.yaml as rows with instants: one row per territory, and one more for each other code of it.
import { codesFile, type GroupFile, statesFile, zoneOf } from "./data-files.ts";
import { type LocalInstant, readLocal } from "./local-time.ts";

export interface GroupRow {
  readonly territory: string;
  readonly from: LocalInstant;
  readonly until: LocalInstant | null;
  readonly inside: boolean;
  readonly regime: string | null;
  readonly source: string;
  readonly note: string | null;
}

export function rowsOf(file: GroupFile): readonly GroupRow[] {
  const rows = file.intervals.flatMap((interval) => {
    const source = sourceOf(file.sources, interval.source, file.group);
    return interval.territories.flatMap(codesOf).map((territory) => ({
      territory,
      from: readLocal(interval.from, file.zone ?? zoneOf(territory)),
      until: interval.until === undefined ? null : readLocal(interval.until, file.zone ?? zoneOf(territory)),
      inside: interval.inside !== false,
      regime: interval.regime ?? null,
      source,
      note: interval.note ?? null,
    }));
  });
  return [...rows, ...carvedOut(rows)];
}

// A subdivision code of a place with a code of its own has the law of that: where its country is in a group and the own code has
// no interval, it is out too. Changes of one civil date at two midnights are left alone.
function carvedOut(rows: readonly GroupRow[]): readonly GroupRow[] {
  return Object.entries(codesFile.alsoCoded)
    .filter(([own]) => !own.includes("-"))
    .flatMap(([own, others]) => {
      const known = rows.filter((row) => row.territory === own);
      const country = rows.filter((row) => row.territory === others[0]?.slice(0, 2) && row.inside);
      const gaps = country.flatMap((row) => without(row, known));
      return others.flatMap((territory) =>
        gaps.map((gap) => ({
          ...gap,
          territory,
          inside: false,
          regime: null,
          note: `the law there is that of ${own}`,
        })),
      );
    });
}

// What of a row's time no other row takes.
function without(row: GroupRow, others: readonly GroupRow[]): readonly GroupRow[] {
  const end = (each: GroupRow): number => each.until?.at ?? Number.POSITIVE_INFINITY;
  const first = others.find((other) => other.from.at < end(row) && row.from.at < end(other));
  if (first === undefined) return end(row) - row.from.at > DAY_MS ? [row] : [];
  const before = first.from.at > row.from.at ? without({ ...row, until: first.from }, others) : [];
  const after =
    first.until !== null && end(first) < end(row) ? without({ ...row, from: first.until }, others) : [];
  return [...before, ...after];
}

const DAY_MS = 86_400_000;

export const stateRows = statesFile.states.flatMap((each) =>
  each.territories.map((territory) => ({
    territory,
    sovereign: each.sovereign,
    administrator: each.administrator ?? each.sovereign,
    from: each.from === undefined ? null : readLocal(each.from, zoneOf(territory)).at,
    until: each.until === undefined ? null : readLocal(each.until, zoneOf(territory)).at,
    source: sourceOf(statesFile.sources, each.source, "states"),
  })),
);

export const disputeRows = statesFile.disputes.map(({ territory, views, claims, held, source }) => ({
  territory,
  views,
  claims,
  heldBy: held ?? null,
  source: sourceOf(statesFile.sources, source, "disputes"),
}));

const codesOf = (territory: string): readonly string[] => [
  territory,
  ...(codesFile.alsoCoded[territory] ?? []),
];

function sourceOf(sources: Readonly<Record<string, string>>, key: string, where: string): string {
  const found = sources[key];
  if (found === undefined) throw new Error(`${where}: there is no source \`${key}\``);
  return found;
}
