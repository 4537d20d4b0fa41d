// Decisions are made once and handed out again: those of the default when an image opens, those of a rule when it first decides.
import { EFFECTS, ON_FAILURE } from "../layout.ts";
import type { Decision, ReasonCode, RuleRecord } from "../types.ts";
import type { OpenedImage, RouteDecisions } from "./opened-image.ts";
import { makeRecord } from "./records.ts";
import { effectOf, onFailureOf } from "./rule-table.ts";

const NOTHING: readonly RuleRecord[] = Object.freeze([]);

/** The decision when nothing applies; a default of `refuse` is a block that no rule made. */
export function defaultDecision(stated: "allow" | "refuse", reason: ReasonCode, image: string): Decision {
  return Object.freeze<Decision>({
    effect: stated === "allow" ? "allow" : "block",
    verdict: stated === "allow" ? "pass" : "refuse",
    reason,
    rule: null,
    observed: NOTHING,
    image,
  });
}

/** The record of a rule, made once. */
export function recordOf(image: OpenedImage, rule: number): RuleRecord {
  let record = image.records.get(rule);
  if (record === undefined) {
    record = makeRecord(image, rule);
    image.records.set(rule, record);
  }
  return record;
}

/** The decision that a rule leads to; not for routes, which see to `routeOf`. */
export function decisionOf(image: OpenedImage, rule: number): Decision {
  let decision = image.decisions.get(rule);
  if (decision === undefined) {
    const effect = EFFECTS[effectOf(image.table, rule)] ?? "observe";
    const passes = effect === "allow" || effect === "observe";
    decision = decisionFor(image, rule, "rule", passes ? "pass" : "refuse");
    image.decisions.set(rule, decision);
  }
  return decision;
}

/** The decisions that a route can lead to. */
export function routeOf(image: OpenedImage, rule: number): RouteDecisions {
  let route = image.routes.get(rule);
  if (route === undefined) {
    const onFailure = ON_FAILURE[onFailureOf(image.table, rule)] === "allow" ? "pass" : "refuse";
    route = {
      permitted: decisionFor(image, rule, "egress-permitted", "pass"),
      outside: decisionFor(image, rule, "egress-outside", "refuse"),
      unknown: decisionFor(image, rule, "egress-unknown", onFailure),
    };
    image.routes.set(rule, route);
  }
  return route;
}

function decisionFor(
  image: OpenedImage,
  rule: number,
  reason: ReasonCode,
  verdict: Decision["verdict"],
): Decision {
  const effect = EFFECTS[effectOf(image.table, rule)] ?? "observe";
  return Object.freeze<Decision>({
    effect: effect === "observe" ? "allow" : effect,
    verdict,
    reason,
    rule: recordOf(image, rule),
    observed: NOTHING,
    image: image.digest,
  });
}
