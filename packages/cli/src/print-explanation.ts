import type {
  AppliedRule,
  ConflictOfLaws,
  Explanation,
  NotAppliedReason,
  ReasonCode,
  Request,
  RuleRecord,
  Specificity,
} from "@demarc/matcher";
import { Effect } from "effect";
import { line, styled } from "./print.ts";

const REASONS: Readonly<Record<ReasonCode, string>> = {
  rule: "a rule decided",
  default: "no rule applied; the policy set's default decided",
  "egress-permitted": "the destination is inside the permitted territories",
  "egress-outside": "the destination is outside the permitted territories",
  "egress-unknown": "where the destination is, is unknown; the rule says what then",
  "request-malformed": "the request is malformed; the policy set's default decided",
};

const NOT_APPLIED: Readonly<Record<NotAppliedReason, string>> = {
  status: "is not in force",
  "not-yet-effective": "is not yet in effect",
  expired: "has ended",
  schedule: "is for other hours",
  exception: "has an exception that matches",
  territory: "is for other territories",
  "unknown-place": "needs a place that is unknown",
};

/** Prints an explanation for a person. */
export const printExplanation = Effect.fnUntraced(function* (
  target: string,
  request: Request,
  explanation: Explanation,
) {
  const { decision, applied, notApplied } = explanation;
  const subject =
    request.places?.find((place) => place.connector === "subject-location")?.territory ??
    "an unknown territory";
  yield* line(`${target} in ${subject} at ${new Date(request.at).toISOString()}`);
  const verdict = decision.verdict === "pass" ? styled("green", "passes") : styled("red", "refused");
  yield* line(`${verdict}: ${decision.effect}; ${REASONS[decision.reason]}`);
  if (decision.rule !== null) yield* printRule(decision.rule);
  if (decision.conflict !== undefined) yield* printConflict(decision.conflict);
  if (applied.length > 0) yield* line("applied, in order of precedence:");
  for (const each of applied) yield* line(`  ${describe(each.rule, each.specificity)}: ${fateOf(each)}`);
  if (notApplied.length > 0) yield* line("matched, but did not apply:");
  for (const each of notApplied)
    yield* line(`  ${describe(each.rule, each.specificity)}: ${NOT_APPLIED[each.why]}`);
  yield* line(`decided by image ${decision.image}`);
});

const printRule = Effect.fnUntraced(function* (rule: RuleRecord) {
  const { legalBasis } = rule;
  yield* line(
    `  ${rule.title["en"] ?? rule.title[rule.policy.language ?? ""] ?? Object.values(rule.title)[0] ?? rule.id}`,
  );
  yield* line(
    `  ${legalBasis.authority.name}, ${legalBasis.kind} (${legalBasis.discretion}): ${legalBasis.citations.map((citation) => citation.id).join(", ")}`,
  );
  const end = rule.expires ?? (rule.reviewBy === undefined ? "no end" : `review by ${rule.reviewBy}`);
  yield* line(
    `  in force from ${rule.effective} to ${end}; layer ${rule.layer}; policy ${rule.policy.id} ${rule.policy.version}`,
  );
  yield* line(`  remedy: ${rule.remedy.body}, ${rule.remedy.url}`);
});

const printConflict = Effect.fnUntraced(function* ({ strategy, resolved, laws }: ConflictOfLaws) {
  yield* line(
    resolved
      ? `laws conflict; the policy set says ${strategy}:`
      : `laws conflict, ${styled("bold", "unresolved")} (${strategy}); the ordinary precedence decided:`,
  );
  for (const { connector, rule } of laws)
    yield* line(`  through ${connector}: ${rule.effect.action} by ${rule.id}`);
});

function describe(rule: RuleRecord, specificity: Specificity): string {
  const length = specificity.length > 0 ? ` ${specificity.length}` : "";
  return `${rule.id} (${rule.effect.action}, ${specificity.kind}${length}, layer ${rule.layer})`;
}

function fateOf(applied: AppliedRule): string {
  if (applied.outcome === "decides") return styled("bold", "decides");
  if (applied.outcome === "observed") return "observed, for the report";
  const by = applied.to === null ? "" : ` ${applied.to}`;
  switch (applied.why) {
    case "overridden":
      return `overridden by${by}`;
    case "other-law":
      return `of another law than${by}; the policy set says which decides`;
    case "less-specific":
      return `less specific than${by}`;
    case "later-layer":
      return `in a later layer than${by}`;
    case "weaker-effect":
      return `equal to${by}, whose effect is the freer one`;
    case "later-id":
      return `equal to${by}, whose id comes first`;
    case "observe-only":
    case null:
      return "observes only";
  }
}
