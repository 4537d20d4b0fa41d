// The main path. A request comes in, a decision goes out: synchronous, total, without a clock, and without an
// allocation unless a rule observed something or laws conflict. The order of precedence stands here once; `explain` shows its work.
import { resolveConflict } from "./internal/conflict.ts";
import { findMatches } from "./internal/find-matches.ts";
import type { OpenedImage } from "./internal/opened-image.ts";
import { isWellFormed } from "./internal/request-form.ts";
import { isInForce, isScheduled } from "./internal/schedule.ts";
import { isInScope, MET, scopeOf, UNKNOWN } from "./internal/scope.ts";
import { EFFECTS, WHEN_UNKNOWN } from "./layout.ts";
import type { ConflictOfLaws, Decision, Place, PolicyImage, Request, RuleRecord } from "./types.ts";

/**
 * The decision of an image about a request.
 *
 * Never fails and never throws: a request with a field of the wrong form gets the policy set's default with the
 * reason `request-malformed`. The same image and request give the same decision on any machine.
 *
 * Cost: one hash probe per label of the name and per segment of the URL, one search among the ranges of the address;
 * then linear in the rules that match. Allocates only when a rule observed, or laws conflict. See the benchmarks of `@demarc/compiler`.
 * Source: docs of the project, "Decision semantics".
 */
export function decide(image: PolicyImage, request: Request): Decision {
  const opened = image as OpenedImage;
  if (!isWellFormed(request)) return opened.malformed;
  findMatches(opened, request);
  const { scratch, rows } = opened;
  if (scratch.matchedCount === 0) return opened.byDefault;

  const places = request.places ?? NO_PLACES;
  let observed: RuleRecord[] | null = null;
  let count = 0;
  for (let index = 0; index < scratch.matchedCount; index += 1) {
    const rule = scratch.matchedRules[index] as number;
    const applies = applicationOf(opened, rule, places, request.at);
    if (applies === OBSERVES) (observed ??= []).push(opened.rules[rule] as RuleRecord);
    else if (applies === APPLIES) {
      scratch.matchedRules[count] = rule;
      count += 1;
    }
  }
  if (count === 0) return withObserved(opened.byDefault, observed);

  // One rule alone decides: it can not override itself, and no law conflicts with it.
  if (count === 1)
    return withObserved(outcomeOf(opened, scratch.matchedRules[0] as number, places, request.at), observed);

  for (let index = 0; index < count; index += 1) {
    const rule = scratch.matchedRules[index] as number;
    const overrides = rows[rule]?.overrides ?? NO_RULES;
    for (let each = 0; each < overrides.length; each += 1) {
      const other = overrides[each] as number;
      if (rows[other]?.layer === rows[rule]?.layer) scratch.ruleOverridden[other] = scratch.generation;
    }
  }
  let best = -1;
  for (let index = 0; index < count; index += 1) {
    const rule = scratch.matchedRules[index] as number;
    if (scratch.ruleOverridden[rule] !== scratch.generation && (best < 0 || precedes(opened, rule, best)))
      best = rule;
  }
  if (best < 0) return withObserved(opened.byDefault, observed);
  const { conflict: strategy } = opened.set;
  if (strategy !== undefined && count > 1) {
    const { matchedRules } = scratch;
    const choice = resolveConflict(opened, strategy, matchedRules, count, best, places, request.at, precedes);
    if (choice !== null)
      return withObserved(outcomeOf(opened, choice.rule, places, request.at), observed, choice.conflict);
  }
  return withObserved(outcomeOf(opened, best, places, request.at), observed);
}

/** Answers of `applicationOf`. */
export const DOES_NOT_APPLY = 0;
export const APPLIES = 1;
export const OBSERVES = 2;

/** Whether a rule whose selector matches applies to the request, and if so whether it may decide. */
export function applicationOf(
  image: OpenedImage,
  rule: number,
  places: readonly Place[],
  at: number,
): 0 | 1 | 2 {
  const row = image.rows[rule];
  if (row === undefined || at < row.effective || at >= row.expires) return DOES_NOT_APPLY;
  if (row.states.length === 0 ? !row.inForce : !isInForce(row.states, at)) return DOES_NOT_APPLY;
  if (row.schedule !== null && !isScheduled(row.schedule, at)) return DOES_NOT_APPLY;
  if (image.scratch.ruleExcepted[rule] === image.scratch.generation) return DOES_NOT_APPLY;
  const observes = row.effect === OBSERVE ? OBSERVES : APPLIES;
  const scope = scopeOf(row, image.groups, places, at);
  if (scope === MET) return observes;
  if (scope !== UNKNOWN || row.whenUnknown === SKIP) return DOES_NOT_APPLY;
  return row.whenUnknown === REPORT ? OBSERVES : observes;
}

/**
 * Whether rule `a` comes before rule `b`, both applying and not overridden:
 *   1. the layer that comes first;
 *   2. the more specific selector;
 *   3. the freer effect: allow, gate, route, block;
 *   4. the id that sorts first. Rules lie in the image by layer and id, so that is the position.
 */
export function precedes(image: OpenedImage, a: number, b: number): boolean {
  const rowA = image.rows[a];
  const rowB = image.rows[b];
  if (rowA === undefined || rowB === undefined) return false;
  if (rowA.layer !== rowB.layer) return rowA.layer < rowB.layer;
  const rankA = image.scratch.ruleRank[a] as number;
  const rankB = image.scratch.ruleRank[b] as number;
  if (rankA !== rankB) return rankA > rankB;
  if (rowA.effect !== rowB.effect) return rowA.effect < rowB.effect;
  return a < b;
}

/** The decision that the deciding rule leads to; for a route, by where the destination is known to be. */
export function outcomeOf(image: OpenedImage, rule: number, places: readonly Place[], at: number): Decision {
  const row = image.rows[rule];
  const decisions = image.decisions[rule];
  if (row === undefined || decisions === undefined) return image.byDefault;
  if (row.effect !== ROUTE) return decisions.plain;
  let known = false;
  for (const place of places) {
    if (place.connector !== "host-location" || place.confidence < row.minConfidence) continue;
    known = true;
    if (isInScope(row.egress, [], image.groups, place.territory, at)) return decisions.egressPermitted;
  }
  return known ? decisions.egressOutside : decisions.egressUnknown;
}

/** The decision with what observed it, in rule order, and the conflict it was made in; the shared one when there is neither. */
export function withObserved(
  decision: Decision,
  observed: RuleRecord[] | null,
  conflict?: ConflictOfLaws,
): Decision {
  if (observed === null && conflict === undefined) return decision;
  observed?.sort((a, b) => a.index - b.index);
  return Object.freeze({
    ...decision,
    ...(observed === null ? {} : { observed: Object.freeze(observed) }),
    ...(conflict === undefined ? {} : { conflict }),
  });
}

const NO_PLACES: readonly Place[] = [];
const NO_RULES = new Uint32Array();
const OBSERVE = EFFECTS.indexOf("observe");
const ROUTE = EFFECTS.indexOf("route");
const SKIP = WHEN_UNKNOWN.indexOf("skip");
const REPORT = WHEN_UNKNOWN.indexOf("report");
