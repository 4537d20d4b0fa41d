// The main path. A request comes in, a decision goes out: synchronous, total, without a clock, and without an
// allocation unless a rule decides for the first time, observed something, or laws conflict. The order of precedence stands here
// once; `explain` shows its work.
import { resolveConflict } from "./internal/conflict.ts";
import { findMatches, matchOf } from "./internal/find-matches.ts";
import { EXCEPTED, insideOf, type OpenedImage, OVERRIDDEN } from "./internal/opened-image.ts";
import { decisionOf, recordOf, routeOf } from "./internal/prebuilt-decisions.ts";
import { isWellFormed } from "./internal/request-form.ts";
import {
  effectOf,
  egressIn,
  isEffective,
  layerOf,
  minConfidenceOf,
  overridesCount,
  overridesStart,
  scheduleIn,
  whenUnknownOf,
} from "./internal/rule-table.ts";
import { isInForce, isScheduled } from "./internal/schedule.ts";
import { MET, NOT_MET, scopeOf } from "./internal/scope.ts";
import { isInScope } from "./internal/territory.ts";
import { EFFECTS, WHEN_UNKNOWN } from "./layout.ts";
import type { ConflictOfLaws, Decision, Place, PolicyImage, Request, RuleRecord } from "./types.ts";

/**
 * The decision of an image about a request.
 *
 * Never fails and never throws: a request with a field of the wrong form gets the policy set's default with the
 * reason `request-malformed`. The same image and request give the same decision on any machine.
 *
 * Cost: one hash probe per label of the name and per segment of the URL, one search among the ranges of the address;
 * then linear in the rules that match. Allocates only when a rule decides for the first time or observed, or laws conflict. See the benchmarks of `@demarc/compiler`.
 * Source: docs of the project, "Decision semantics".
 */
export function decide(image: PolicyImage, request: Request): Decision {
  const opened = insideOf(image);
  if (!isWellFormed(request)) return opened.malformed;
  findMatches(opened, request);
  const { matchCount } = opened.scratch;
  if (matchCount === 0) return opened.byDefault;
  if (matchCount > 1) return decideAmong(opened, request);
  // One rule alone: it can not override itself, and no law conflicts with it.
  const applies = applicationOf(opened, 0, request);
  if (applies === APPLIES) return outcomeOf(opened, 0, request);
  if (applies === DOES_NOT_APPLY) return opened.byDefault;
  return withObserved(opened.byDefault, [recordOf(opened, opened.scratch.matchRules[0] as number)]);
}

function decideAmong(opened: OpenedImage, request: Request): Decision {
  const { scratch } = opened;
  let observed: RuleRecord[] | null = null;
  let count = 0;
  for (let match = 0; match < scratch.matchCount; match += 1) {
    const applies = applicationOf(opened, match, request);
    if (applies === OBSERVES) (observed ??= []).push(recordOf(opened, scratch.matchRules[match] as number));
    else if (applies === APPLIES) {
      scratch.competing[count] = match;
      count += 1;
    }
  }
  if (count === 0) return withObserved(opened.byDefault, observed);
  if (count === 1) return withObserved(outcomeOf(opened, scratch.competing[0] as number, request), observed);

  for (let index = 0; index < count; index += 1) override(opened, scratch.competing[index] as number);
  let best = -1;
  for (let index = 0; index < count; index += 1) {
    const match = scratch.competing[index] as number;
    if (!isOverridden(opened, match) && (best < 0 || precedes(opened, match, best))) best = match;
  }
  if (best < 0) return withObserved(opened.byDefault, observed);
  const { conflict: strategy } = opened.set;
  if (strategy !== undefined) {
    const { competing } = scratch;
    const choice = resolveConflict(opened, strategy, competing, count, best, request, precedes);
    if (choice !== null)
      return withObserved(outcomeOf(opened, choice.match, request), observed, choice.conflict);
  }
  return withObserved(outcomeOf(opened, best, request), observed);
}

// Marks the matches that a competing one overrides.
function override({ table, scratch }: OpenedImage, match: number): void {
  const rule = scratch.matchRules[match] as number;
  const count = overridesCount(table, rule);
  if (count === 0) return;
  const start = overridesStart(table, rule);
  for (let index = start; index < start + count; index += 1) {
    const other = table.overrides[index] as number;
    if (layerOf(table, other) !== layerOf(table, rule)) continue;
    const fallen = matchOf(scratch, other);
    if (fallen >= 0) scratch.matchMarks[fallen] = (scratch.matchMarks[fallen] as number) | OVERRIDDEN;
  }
}

function isOverridden({ scratch }: OpenedImage, match: number): boolean {
  return ((scratch.matchMarks[match] as number) & OVERRIDDEN) !== 0;
}

/** Answers of `applicationOf`. */
export const DOES_NOT_APPLY = 0;
export const APPLIES = 1;
export const OBSERVES = 2;

/**
 * Whether the rule of a match applies to the request, and if so whether it may decide.
 *
 * The request is passed on whole: its instant alone would be made an object again by each call that an engine keeps.
 */
export function applicationOf(image: OpenedImage, match: number, request: Request): 0 | 1 | 2 {
  const { table, scratch } = image;
  const rule = scratch.matchRules[match] as number;
  if (!isEffective(table, rule, request) || !isInForce(table, rule, request)) return DOES_NOT_APPLY;
  if (scheduleIn(table, rule) !== 0 && !isScheduled(table, rule, request)) return DOES_NOT_APPLY;
  if (((scratch.matchMarks[match] as number) & EXCEPTED) !== 0) return DOES_NOT_APPLY;
  const scope = scopeOf(table, rule, image.territories, request);
  if (scope === NOT_MET) return DOES_NOT_APPLY;
  const observes = effectOf(table, rule) === OBSERVE ? OBSERVES : APPLIES;
  if (scope === MET) return observes;
  const whenUnknown = whenUnknownOf(table, rule);
  if (whenUnknown === SKIP) return DOES_NOT_APPLY;
  return whenUnknown === REPORT ? OBSERVES : observes;
}

/**
 * Whether match `a` comes before match `b`, both applying and not overridden:
 *   1. the layer that comes first;
 *   2. the more specific selector;
 *   3. the freer effect: allow, gate, route, block;
 *   4. the id that sorts first. Rules lie in the image by layer and id, so that is the position.
 */
export function precedes({ table, scratch }: OpenedImage, a: number, b: number): boolean {
  const ruleA = scratch.matchRules[a] as number;
  const ruleB = scratch.matchRules[b] as number;
  const layers = layerOf(table, ruleA) - layerOf(table, ruleB);
  if (layers !== 0) return layers < 0;
  const ranks = (scratch.matchRanks[a] as number) - (scratch.matchRanks[b] as number);
  if (ranks !== 0) return ranks > 0;
  const effects = effectOf(table, ruleA) - effectOf(table, ruleB);
  return effects === 0 ? ruleA < ruleB : effects < 0;
}

/** The decision that the deciding match leads to; for a route, by where the destination is known to be. */
export function outcomeOf(image: OpenedImage, match: number, request: Request): Decision {
  const { table } = image;
  const rule = image.scratch.matchRules[match] as number;
  if (effectOf(table, rule) !== ROUTE) return decisionOf(image, rule);
  const route = routeOf(image, rule);
  const egress = egressIn(table, rule) - 1;
  const minConfidence = minConfidenceOf(table, rule);
  let known = false;
  for (const place of request.places ?? NO_PLACES) {
    if (place.connector !== "host-location" || place.confidence < minConfidence) continue;
    known = true;
    if (isInScope(image.territories, egress, place.territory, request)) return route.permitted;
  }
  return known ? route.outside : route.unknown;
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
const OBSERVE = EFFECTS.indexOf("observe");
const ROUTE = EFFECTS.indexOf("route");
const SKIP = WHEN_UNKNOWN.indexOf("skip");
const REPORT = WHEN_UNKNOWN.indexOf("report");
