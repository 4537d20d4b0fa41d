// The long answer: everything that applied, in order of precedence, why each loser lost, and what matched but did
// not apply. The deciding rule is found by the same functions as in decide.ts.
import { APPLIES, applicationOf, DOES_NOT_APPLY, decide, OBSERVES, precedes } from "./decide.ts";
import { resolveConflict } from "./internal/conflict.ts";
import { findMatches, RANK_STEP } from "./internal/find-matches.ts";
import type { OpenedImage } from "./internal/opened-image.ts";
import { isWellFormed } from "./internal/request-form.ts";
import { isInForce, isScheduled } from "./internal/schedule.ts";
import { scopeOf, UNKNOWN } from "./internal/scope.ts";
import { KINDS } from "./layout.ts";
import type {
  AppliedRule,
  Explanation,
  LossReason,
  NotAppliedReason,
  Place,
  PolicyImage,
  Request,
  RuleRecord,
  Specificity,
} from "./types.ts";

/**
 * The decision of an image about a request, with everything that applied and everything that matched in vain.
 *
 * `applied` has the deciding rule first, then the losers in order of precedence, then the observers. `decision` is the
 * one that `decide` gives. Never throws. Cost: that of `decide`, and objects for what it returns; not for the hot path.
 */
export function explain(image: PolicyImage, request: Request): Explanation {
  const opened = image as OpenedImage;
  const decision = decide(image, request);
  if (!isWellFormed(request)) return { decision, applied: [], notApplied: [] };
  // decide() has compacted the scratch space; find the matches again.
  findMatches(opened, request);
  const places = request.places ?? [];
  const matched = [...opened.scratch.matchedRules.subarray(0, opened.scratch.matchedCount)].toSorted(
    (a, b) => a - b,
  );
  const fates = matched.map((rule) => ({ rule, applies: applicationOf(opened, rule, places, request.at) }));
  const competing = fates.filter((fate) => fate.applies === APPLIES).map((fate) => fate.rule);
  const overriddenBy = overridesAmong(opened, competing);
  const order = (a: number, b: number) => (precedes(opened, a, b) ? -1 : 1);
  const standing = competing.filter((rule) => !overriddenBy.has(rule)).toSorted(order);
  const fallen = competing.filter((rule) => overriddenBy.has(rule)).toSorted(order);
  const best = decidingOf(opened, standing, places, request.at);

  const applied: AppliedRule[] = [...standing, ...fallen]
    .toSorted((a, b) => (a === best ? -1 : b === best ? 1 : order(a, b)))
    .map((rule) => {
      const base = { rule: recordOf(opened, rule), specificity: specificityOf(opened, rule) };
      if (rule === best) return { ...base, outcome: "decides", why: null, to: null };
      const overriding = overriddenBy.get(rule);
      const winner = overriding ?? best ?? rule;
      const why = overriding === undefined ? lossOf(opened, rule, winner) : "overridden";
      return { ...base, outcome: "lost", why, to: recordOf(opened, winner).id };
    });
  for (const { rule, applies } of fates) {
    if (applies !== OBSERVES) continue;
    applied.push({
      rule: recordOf(opened, rule),
      specificity: specificityOf(opened, rule),
      outcome: "observed",
      why: "observe-only",
      to: null,
    });
  }
  const notApplied = fates
    .filter((fate) => fate.applies === DOES_NOT_APPLY)
    .map(({ rule }) => ({
      rule: recordOf(opened, rule),
      specificity: specificityOf(opened, rule),
      why: hindranceOf(opened, rule, places, request.at),
    }));
  return { decision, applied, notApplied };
}

// Rule to the first competing rule of its layer that overrides it.
function overridesAmong(image: OpenedImage, competing: readonly number[]): Map<number, number> {
  const overriddenBy = new Map<number, number>();
  for (const rule of competing) {
    for (const other of image.rows[rule]?.overrides ?? []) {
      if (
        image.rows[other]?.layer === image.rows[rule]?.layer &&
        competing.includes(other) &&
        !overriddenBy.has(other)
      ) {
        overriddenBy.set(other, rule);
      }
    }
  }
  return overriddenBy;
}

// As in decide: by the policy set's strategy where laws conflict.
function decidingOf(
  image: OpenedImage,
  standing: readonly number[],
  places: readonly Place[],
  at: number,
): number | undefined {
  const [best] = standing;
  const { conflict } = image.set;
  if (best === undefined || conflict === undefined) return best;
  return (
    resolveConflict(image, conflict, standing, standing.length, best, places, at, precedes)?.rule ?? best
  );
}

function lossOf(image: OpenedImage, rule: number, winner: number): LossReason {
  if (precedes(image, rule, winner)) return "other-law";
  const row = image.rows[rule];
  const winning = image.rows[winner];
  if (row?.layer !== winning?.layer) return "later-layer";
  if (image.scratch.ruleRank[rule] !== image.scratch.ruleRank[winner]) return "less-specific";
  return row?.effect === winning?.effect ? "later-id" : "weaker-effect";
}

// The first hindrance in the order in which a person would ask: is it in force, is it time, is it excepted, is it here?
function hindranceOf(
  image: OpenedImage,
  rule: number,
  places: readonly Place[],
  at: number,
): NotAppliedReason {
  const row = image.rows[rule];
  if (row === undefined || !(row.states.length === 0 ? row.inForce : isInForce(row.states, at)))
    return "status";
  if (at < row.effective) return "not-yet-effective";
  if (at >= row.expires) return "expired";
  if (row.schedule !== null && !isScheduled(row.schedule, at)) return "schedule";
  if (image.scratch.ruleExcepted[rule] === image.scratch.generation) return "exception";
  return scopeOf(row, image.groups, places, at) === UNKNOWN ? "unknown-place" : "territory";
}

function specificityOf(image: OpenedImage, rule: number): Specificity {
  const rank = image.scratch.ruleRank[rule] ?? 0;
  const kind = KINDS[Math.floor(rank / RANK_STEP)] ?? "any";
  const length = rank % RANK_STEP;
  if (kind !== "name-suffix") return { kind, length };
  return { kind: length % 2 === 0 ? kind : "name-wildcard", length: Math.floor(length / 2) };
}

function recordOf(image: OpenedImage, rule: number): RuleRecord {
  return image.rules[rule] as RuleRecord;
}
