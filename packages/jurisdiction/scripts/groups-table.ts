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
  return file.intervals.flatMap((interval) => {
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
}

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
