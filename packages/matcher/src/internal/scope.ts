// Is a rule's scope met, not met, or unknown? docs/decisions/0002 has the reasons.
import type { Place } from "../types.ts";
import { connectorBit } from "./connector-bit.ts";
import type { Groups, Item, RuleRow } from "./opened-image.ts";

/** Answers of `scopeOf`. */
export const NOT_MET = 0;
export const MET = 1;
export const UNKNOWN = 2;

/**
 * Whether a rule's scope is met by the places at the instant.
 *
 * MET: a place has one of the rule's connectors, enough confidence, and a territory in scope. UNKNOWN: not met, and a
 * connector of the rule has no place with enough confidence. Else NOT_MET.
 */
export function scopeOf(row: RuleRow, groups: Groups, places: readonly Place[], at: number): 0 | 1 | 2 {
  let known = 0;
  for (const place of places) {
    const bit = connectorBit(place.connector);
    if ((row.connectors & bit) === 0 || place.confidence < row.minConfidence) continue;
    known |= bit;
    if (isInScope(row.territories, row.except, groups, place.territory, at)) return MET;
  }
  return (row.connectors & ~known) === 0 ? NOT_MET : UNKNOWN;
}

/**
 * The connectors through which a rule whose scope is met, or unknown, applies: one bit per position in CONNECTORS. Where it
 * applies because a place is unknown, those of the unknown places.
 */
export function connectorsThrough(
  row: RuleRow,
  groups: Groups,
  places: readonly Place[],
  at: number,
): number {
  let known = 0;
  let through = 0;
  for (const place of places) {
    const bit = connectorBit(place.connector);
    if ((row.connectors & bit) === 0 || place.confidence < row.minConfidence) continue;
    known |= bit;
    if ((through & bit) === 0 && isInScope(row.territories, row.except, groups, place.territory, at))
      through |= bit;
  }
  return through === 0 ? row.connectors & ~known : through;
}

/** True when some item holds the territory and no `except` item does. */
export function isInScope(
  items: readonly Item[],
  except: readonly Item[],
  groups: Groups,
  territory: string,
  at: number,
): boolean {
  return holds(items, groups, territory, at) && !holds(except, groups, territory, at);
}

function holds(items: readonly Item[], groups: Groups, territory: string, at: number): boolean {
  for (const item of items) {
    if (item.isGroup ? isMember(groups, item.code, territory, at) : isWithin(territory, item.code))
      return true;
  }
  return false;
}

function isWithin(territory: string, code: string): boolean {
  for (let each: string | null = territory; each !== null; each = parentOf(each))
    if (each === code) return true;
  return false;
}

// The closest territory that has an interval at the instant decides, so that a part can be carved out of its parent.
function isMember(groups: Groups, group: string, territory: string, at: number): boolean {
  const members = groups.get(group);
  if (members === undefined) return false;
  for (let each: string | null = territory; each !== null; each = parentOf(each)) {
    for (const interval of members.get(each) ?? []) {
      if (interval.from <= at && at < interval.until) return interval.inside;
    }
  }
  return false;
}

// `ES-CN` lies in `ES` (ISO 3166-2), the zone `x-it-campione` in `IT`.
function parentOf(territory: string): string | null {
  if (territory.startsWith("x-")) {
    const dash = territory.indexOf("-", 2);
    return dash < 0 ? null : territory.slice(2, dash).toUpperCase();
  }
  const dash = territory.indexOf("-");
  return dash < 0 ? null : territory.slice(0, dash);
}
