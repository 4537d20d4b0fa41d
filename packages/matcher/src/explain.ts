// The long answer: everything that applied, in order of precedence, why each loser lost, and what matched but did
// not apply. The deciding rule is found by the same functions as in decide.ts.
import { APPLIES, applicationOf, DOES_NOT_APPLY, decide, OBSERVES, precedes } from "./decide.ts";
import { resolveConflict } from "./internal/conflict.ts";
import { matchOf } from "./internal/find-matches.ts";
import { EXCEPTED, insideOf, type OpenedImage } from "./internal/opened-image.ts";
import { recordOf } from "./internal/prebuilt-decisions.ts";
import { RANK_STEP } from "./internal/ranks.ts";
import { isWellFormed } from "./internal/request-form.ts";
import {
  effectiveOf,
  effectOf,
  isEffective,
  layerOf,
  overridesCount,
  overridesStart,
  scheduleIn,
} from "./internal/rule-table.ts";
import { isInForce, isScheduled } from "./internal/schedule.ts";
import { scopeOf, UNKNOWN } from "./internal/scope.ts";
import { KINDS } from "./layout.ts";
import type {
  AppliedRule,
  Explanation,
  LossReason,
  NotAppliedReason,
  PolicyImage,
  Request,
  Specificity,
} from "./types.ts";

/**
 * The decision of an image about a request, with everything that applied and everything that matched in vain.
 *
 * `applied` has the deciding rule first, then the losers in order of precedence, then the observers. `decision` is the
 * one that `decide` gives. Never throws. Cost: that of `decide`, and objects for what it returns; not for the hot path.
 */
export function explain(image: PolicyImage, request: Request): Explanation {
  const opened = insideOf(image);
  const decision = decide(image, request);
  if (!isWellFormed(request)) return { decision, applied: [], notApplied: [] };
  // decide() has left the matches, and which of them are overridden. In rule order:
  const { matchRules, matchCount } = opened.scratch;
  const ruleOf = (match: number): number => matchRules[match] as number;
  const fates = Array.from({ length: matchCount }, (_, match) => ({
    match,
    applies: applicationOf(opened, match, request),
  })).toSorted((a, b) => ruleOf(a.match) - ruleOf(b.match));
  const competing = fates.filter((fate) => fate.applies === APPLIES).map((fate) => fate.match);
  const overriddenBy = overridesAmong(opened, competing);
  const order = (a: number, b: number) => (precedes(opened, a, b) ? -1 : 1);
  const standing = competing.filter((match) => !overriddenBy.has(match)).toSorted(order);
  const fallen = competing.filter((match) => overriddenBy.has(match)).toSorted(order);
  const best = decidingOf(opened, standing, request);

  const applied: AppliedRule[] = [...standing, ...fallen]
    .toSorted((a, b) => (a === best ? -1 : b === best ? 1 : order(a, b)))
    .map((match) => {
      const base = { rule: recordOf(opened, ruleOf(match)), specificity: specificityOf(opened, match) };
      if (match === best) return { ...base, outcome: "decides", why: null, to: null };
      const overriding = overriddenBy.get(match);
      const winner = overriding ?? best ?? match;
      const why = overriding === undefined ? lossOf(opened, match, winner) : "overridden";
      return { ...base, outcome: "lost", why, to: recordOf(opened, ruleOf(winner)).id };
    });
  for (const { match, applies } of fates) {
    if (applies !== OBSERVES) continue;
    applied.push({
      rule: recordOf(opened, ruleOf(match)),
      specificity: specificityOf(opened, match),
      outcome: "observed",
      why: "observe-only",
      to: null,
    });
  }
  const notApplied = fates
    .filter((fate) => fate.applies === DOES_NOT_APPLY)
    .map(({ match }) => ({
      rule: recordOf(opened, ruleOf(match)),
      specificity: specificityOf(opened, match),
      why: hindranceOf(opened, match, request),
    }));
  return { decision, applied, notApplied };
}

// Match to the first competing match of its layer that overrides it.
function overridesAmong({ table, scratch }: OpenedImage, competing: readonly number[]): Map<number, number> {
  const overriddenBy = new Map<number, number>();
  const among = new Set(competing);
  for (const match of competing) {
    const rule = scratch.matchRules[match] as number;
    const start = overridesStart(table, rule);
    for (const other of table.overrides.subarray(start, start + overridesCount(table, rule))) {
      const fallen = matchOf(scratch, other);
      if (layerOf(table, other) === layerOf(table, rule) && among.has(fallen) && !overriddenBy.has(fallen))
        overriddenBy.set(fallen, match);
    }
  }
  return overriddenBy;
}

// As in decide: by the policy set's strategy where laws conflict.
function decidingOf(image: OpenedImage, standing: readonly number[], request: Request): number | undefined {
  const [best] = standing;
  const { conflict } = image.set;
  if (best === undefined || conflict === undefined) return best;
  return resolveConflict(image, conflict, standing, standing.length, best, request, precedes)?.match ?? best;
}

function lossOf(image: OpenedImage, match: number, winner: number): LossReason {
  if (precedes(image, match, winner)) return "other-law";
  const { table, scratch } = image;
  const rule = scratch.matchRules[match] as number;
  const winning = scratch.matchRules[winner] as number;
  if (layerOf(table, rule) !== layerOf(table, winning)) return "later-layer";
  if (scratch.matchRanks[match] !== scratch.matchRanks[winner]) return "less-specific";
  return effectOf(table, rule) === effectOf(table, winning) ? "later-id" : "weaker-effect";
}

// The first hindrance in the order in which a person would ask: is it in force, is it time, is it excepted, is it here?
function hindranceOf(image: OpenedImage, match: number, request: Request): NotAppliedReason {
  const { table, scratch } = image;
  const rule = scratch.matchRules[match] as number;
  if (!isInForce(table, rule, request)) return "status";
  if (!isEffective(table, rule, request))
    return request.at < effectiveOf(table, rule) ? "not-yet-effective" : "expired";
  if (scheduleIn(table, rule) !== 0 && !isScheduled(table, rule, request)) return "schedule";
  if (((scratch.matchMarks[match] as number) & EXCEPTED) !== 0) return "exception";
  return scopeOf(table, rule, image.territories, request) === UNKNOWN ? "unknown-place" : "territory";
}

function specificityOf(image: OpenedImage, match: number): Specificity {
  const rank = image.scratch.matchRanks[match] ?? 0;
  const kind = KINDS[Math.floor(rank / RANK_STEP)] ?? "any";
  const length = rank % RANK_STEP;
  if (kind !== "name-suffix") return { kind, length };
  return { kind: length % 2 === 0 ? kind : "name-wildcard", length: Math.floor(length / 2) };
}
