// Dated memberships: which territory is in which group at which instant, with a source for every interval.
import { GROUPS } from "./groups.generated.ts";
import type { IntervalRow } from "./internal/table-types.ts";
import { parentTerritory } from "./territory.ts";

/**
 * One membership over time.
 *
 *   from, until  milliseconds UTC, half-open; `until` null while it lasts
 *   inside       false carves the territory out of a parent that is in the group
 *   regime       how far the membership goes, where that differs (Schengen: `full`, `partial-air-sea` ...)
 *   source       the legal act
 */
export interface Membership {
  readonly group: string;
  readonly territory: string;
  readonly from: number;
  readonly until: number | null;
  readonly inside: boolean;
  readonly regime: string | null;
  readonly source: string;
}

/** Every group, as it is written in a scope: `group:EU` ... */
export function groups(): readonly string[] {
  return GROUPS.map((group) => `group:${group.group}`);
}

/** True for `group:EU` and the like. */
export function isGroup(code: string): boolean {
  return BY_GROUP.has(code);
}

/** All intervals of a group (`group:EU`), in the order of the data; none for an unknown group. */
export function groupIntervals(group: string): readonly Membership[] {
  return BY_GROUP.get(group)?.intervals ?? [];
}

/**
 * The interval that decides about a territory in a group at an instant, or null: the closest of the territory and its
 * parents that has one. Its `inside` is the answer.
 */
export function membershipOf(group: string, territory: string, at: number): Membership | null {
  const byTerritory = BY_GROUP.get(group)?.byTerritory;
  if (byTerritory === undefined) return null;
  for (let each: string | null = territory; each !== null; each = parentTerritory(each)) {
    const found = byTerritory.get(each)?.find((interval) => holdsAt(interval, at));
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Whether a territory is in a group at an instant (milliseconds UTC). An unknown group or territory is not, nor is a
 * code that stands for places under different law (`ambiguousParts`).
 */
export function isMember(group: string, territory: string, at: number): boolean {
  return membershipOf(group, territory, at)?.inside ?? false;
}

/** Territories with a membership of their own in a group at an instant, sorted. Sub-territories follow their parents. */
export function members(group: string, at: number): readonly string[] {
  return groupIntervals(group)
    .filter((interval) => interval.inside && holdsAt(interval, at))
    .map((interval) => interval.territory)
    .toSorted();
}

/** The memberships that hold for a territory at an instant, one per group that it is in. */
export function memberships(territory: string, at: number): readonly Membership[] {
  return groups()
    .map((group) => membershipOf(group, territory, at))
    .filter((membership) => membership !== null)
    .filter((membership) => membership.inside);
}

interface Table {
  readonly intervals: readonly Membership[];
  readonly byTerritory: ReadonlyMap<string, readonly Membership[]>;
}

const BY_GROUP: ReadonlyMap<string, Table> = new Map(
  GROUPS.map(({ group, intervals: rows }) => {
    const name = `group:${group}`;
    const intervals = rows.map((row) => membership(name, row));
    return [name, { intervals, byTerritory: groupByTerritory(intervals) }];
  }),
);

function groupByTerritory(intervals: readonly Membership[]): ReadonlyMap<string, readonly Membership[]> {
  const byTerritory = new Map<string, Membership[]>();
  for (const interval of intervals) {
    const found = byTerritory.get(interval.territory);
    if (found === undefined) byTerritory.set(interval.territory, [interval]);
    else found.push(interval);
  }
  return byTerritory;
}

function holdsAt({ from, until }: Membership, at: number): boolean {
  return from <= at && (until === null || at < until);
}

function membership(
  group: string,
  [territory, from, until, inside, regime, source]: IntervalRow,
): Membership {
  return { group, territory, from, until, inside, regime, source };
}
