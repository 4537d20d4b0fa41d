// Is a rule's scope met, not met, or unknown? docs/decisions/0002 has the reasons.
import type { Place, Request } from "../types.ts";
import { connectorBit } from "./connector-bit.ts";
import { connectorsOf, minConfidenceOf, type RuleTable, scopeIn } from "./rule-table.ts";
import { isInScope, type Territories } from "./territory.ts";

const NO_PLACES: readonly Place[] = [];

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
export function scopeOf(
  table: RuleTable,
  rule: number,
  territories: Territories,
  request: Request,
): 0 | 1 | 2 {
  const connectors = connectorsOf(table, rule);
  const minConfidence = minConfidenceOf(table, rule);
  const places = request.places ?? NO_PLACES;
  let known = 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] as Place;
    const bit = connectorBit(place.connector);
    if ((connectors & bit) === 0 || place.confidence < minConfidence) continue;
    known |= bit;
    if (isInScope(territories, scopeIn(table, rule), place.territory, request)) return MET;
  }
  return (connectors & ~known) === 0 ? NOT_MET : UNKNOWN;
}

/**
 * The connectors through which a rule whose scope is met, or unknown, applies: one bit per position in CONNECTORS. Where it
 * applies because a place is unknown, those of the unknown places.
 */
export function connectorsThrough(
  table: RuleTable,
  rule: number,
  territories: Territories,
  request: Request,
): number {
  const connectors = connectorsOf(table, rule);
  const minConfidence = minConfidenceOf(table, rule);
  let known = 0;
  let through = 0;
  for (const place of request.places ?? NO_PLACES) {
    const bit = connectorBit(place.connector);
    if ((connectors & bit) === 0 || place.confidence < minConfidence) continue;
    known |= bit;
    if ((through & bit) === 0 && isInScope(territories, scopeIn(table, rule), place.territory, request))
      through |= bit;
  }
  return through === 0 ? connectors & ~known : through;
}
