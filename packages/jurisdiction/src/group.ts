// Dated memberships: which territory is in which group at which instant, with a source for every interval.
import { GROUPS } from "./groups.generated.ts";
import { byTerritory } from "./internal/by-territory.ts";
import type { GroupTable, IntervalRow, Moment } from "./internal/table-types.ts";
import { parentUnder, type View } from "./state.ts";
import { ambiguousParts, canonicalTerritory } from "./territory.ts";

/**
 * One membership over time.
 *
 *   from, until  milliseconds UTC, half-open; `until` null while it lasts
 *   inside       false carves the territory out of a parent that is in the group
 *   regime       how far the membership goes, where that differs (Schengen: `full`, `partial-air-sea` ...), or why there is
 *                none (`group:EU`: `oct`, `suspended` ...)
 *   source       the legal act
 *   note         what a reader should know besides
 */
export interface Membership {
  readonly group: string;
  readonly territory: string;
  readonly from: number;
  readonly until: number | null;
  readonly inside: boolean;
  readonly regime: string | null;
  readonly source: string;
  readonly note: string | null;
  /** The legal local time of `from` as RFC 9557 writes it: `2013-07-01T00:00:00+02:00[Europe/Zagreb]`. */
  readonly fromLocal: string;
  readonly untilLocal: string | null;
}

/**
 * A day of the calendar as laws have it: whole, in the legal time of whoever it is about. `isMember("group:USMCA", "US", civilDay)`
 * asks about the day in Washington; midnight UTC would still be the evening before there.
 */
export interface CivilDay {
  /** Days since 1970-01-01. */
  readonly day: number;
}

/** An instant in milliseconds UTC, or a whole day. */
export type When = number | CivilDay;

/** The day of `2013-07-01`, or null for what is no day that exists. */
export function civilDay(text: string): CivilDay | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // A 31st of June would be read as the first of July.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : { day: at / DAY_MS };
}

/** Every group, as it is written in a scope: `group:EU` ... */
export function groups(): readonly string[] {
  return NAMES;
}

/** True for `group:EU` and the like. */
export function isGroup(code: string): boolean {
  return BY_GROUP.has(code);
}

/** What a group is, in English; the code itself for what is none. */
export function groupTitle(group: string): string {
  return tableOf(group)?.title ?? group;
}

/**
 * All intervals of a group, in the order of the data; none for an unknown group. Questions take `EU` for `group:EU`; answers, scopes
 * and `isGroup` have the whole name.
 */
export function groupIntervals(group: string): readonly Membership[] {
  return tableOf(group)?.intervals ?? [];
}

/**
 * The interval that decides about a territory in a group at an instant or on a day, or null: the closest of the territory and its
 * parents that has one. Its `inside` is the answer. `view` says to which state disputed territories belong (`iso` unless said).
 */
export function membershipOf(
  group: string,
  territory: string,
  at: When,
  view: View = "iso",
): Membership | null {
  const rows = tableOf(group)?.byTerritory;
  if (rows === undefined) return null;
  let each: string | null = territory;
  // A view given by an operator could run in a circle.
  for (let steps = 0; each !== null && steps < MAX_PARENTS; steps += 1) {
    const own = rows.get(each);
    if (own !== undefined) for (const interval of own) if (holdsAt(interval, at)) return interval;
    each = parentUnder(each, view);
  }
  return null;
}

/**
 * Whether a territory is in a group at an instant (milliseconds UTC) or on a day (`civilDay`). An unknown group or territory is not, nor is a
 * code that stands for places under different law (`ambiguousParts`).
 */
export function isMember(group: string, territory: string, at: When, view: View = "iso"): boolean {
  return membershipOf(group, territory, at, view)?.inside ?? false;
}

/**
 * `inside`, `outside`, or `ambiguous` for a code whose parts are under different law there and then: `SJ` in `group:EEA` is
 * neither in (Jan Mayen is) nor out (Svalbard is).
 */
export function standing(
  group: string,
  territory: string,
  at: When,
  view: View = "iso",
): "inside" | "outside" | "ambiguous" {
  const parts = ambiguousParts(territory);
  if (parts.length === 0) return isMember(group, territory, at, view) ? "inside" : "outside";
  const answers = new Set(parts.map((part) => isMember(group, part, at, view)));
  if (answers.size > 1) return "ambiguous";
  return answers.has(true) ? "inside" : "outside";
}

/**
 * Territories with a membership of their own in a group at an instant, sorted, each under one code. Sub-territories follow
 * their parents, and are here only where a regime of their own sets them apart.
 */
export function members(group: string, at: When): readonly string[] {
  return groupIntervals(group)
    .filter(
      (interval) =>
        interval.inside &&
        holdsAt(interval, at) &&
        canonicalTerritory(interval.territory) === interval.territory,
    )
    .map((interval) => interval.territory)
    .toSorted();
}

/** The memberships that hold for a territory at an instant, one per group that it is in. */
export function memberships(territory: string, at: When, view: View = "iso"): readonly Membership[] {
  return NAMES.map((group) => membershipOf(group, territory, at, view))
    .filter((membership) => membership !== null)
    .filter((membership) => membership.inside);
}

interface Table {
  readonly title: string;
  readonly intervals: readonly Membership[];
  readonly byTerritory: ReadonlyMap<string, readonly Membership[]>;
}

const MAX_PARENTS = 8;

const BY_GROUP: ReadonlyMap<string, Table> = new Map(
  GROUPS.map((table) => {
    const intervals = table.intervals.map((row) => membership(table, row));
    return [`group:${table.group}`, { title: table.title, intervals, byTerritory: byTerritory(intervals) }];
  }),
);

const BY_SHORT_NAME: ReadonlyMap<string, Table> = new Map(
  [...BY_GROUP].map(([group, table]) => [group.slice("group:".length), table]),
);

const tableOf = (group: string): Table | undefined => BY_GROUP.get(group) ?? BY_SHORT_NAME.get(group);

const NAMES: readonly string[] = Object.freeze([...BY_GROUP.keys()]);

/** Whether an interval holds at an instant, or for the whole of a day as its act counts days. */
export function holdsAt(membership: Membership, at: When): boolean {
  const { from, until } = membership;
  if (typeof at === "number") return from <= at && (until === null || at < until);
  const last = membership.untilLocal;
  return (
    localDays(membership.fromLocal) - CLOCK_CHANGE <= at.day &&
    (last === null || at.day + 1 <= localDays(last) + CLOCK_CHANGE)
  );
}

// Where clocks change at midnight, a day begins an hour later or earlier.
const CLOCK_CHANGE = 2 / 24;

// Days since 1970-01-01 of a local time, with its part of a day.
const localDays = (local: string): number => Date.parse(`${local.slice(0, 19)}Z`) / DAY_MS;

const DAY_MS = 86_400_000;

function membership(
  table: GroupTable,
  [territory, from, until, inside, regime, source, note]: IntervalRow,
): Membership {
  return {
    group: `group:${table.group}`,
    territory,
    from: from[0],
    until: until === null ? null : until[0],
    inside,
    regime,
    source: table.sources[source] ?? "",
    note: note === null ? null : (table.notes[note] ?? null),
    get fromLocal() {
      return localText(table, from);
    },
    get untilLocal() {
      return until === null ? null : localText(table, until);
    },
  };
}

function localText(table: GroupTable, [at, offset, zone]: Moment): string {
  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, "0");
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? "-" : "+";
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}[${table.zones[zone]}]`;
}
