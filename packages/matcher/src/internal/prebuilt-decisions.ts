import type { Decision, ReasonCode, RuleRecord } from "../types.ts";
import type { RuleDecisions } from "./opened-image.ts";

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

/** The decisions that a rule can lead to. */
export function decisionsOf(rule: RuleRecord, image: string): RuleDecisions {
  const { action, onFailure } = rule.effect;
  const make = (reason: ReasonCode, verdict: Decision["verdict"]) =>
    Object.freeze<Decision>({
      effect: action === "observe" ? "allow" : action,
      verdict,
      reason,
      rule,
      observed: NOTHING,
      image,
    });
  const plain = make("rule", action === "allow" || action === "observe" ? "pass" : "refuse");
  if (action !== "route")
    return { plain, egressPermitted: plain, egressOutside: plain, egressUnknown: plain };
  return {
    plain,
    egressPermitted: make("egress-permitted", "pass"),
    egressOutside: make("egress-outside", "refuse"),
    egressUnknown: make("egress-unknown", onFailure === "allow" ? "pass" : "refuse"),
  };
}
