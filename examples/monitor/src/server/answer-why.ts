import { explain, type PolicyImage, type RuleRecord, type Specificity } from "@demarc/matcher";
import { readQuestion } from "@demarc/runtime";
import type { WhyAnswer, WhyFault, WhyRule } from "../state.ts";

/** What the question may name: the images in force, by enforcement point. */
export type Images = ReadonlyMap<string, PolicyImage>;

/** Answers name + territory + time with the image of an enforcement point. */
export function answerWhy(
  images: Images,
  query: URLSearchParams,
  now: number,
): { readonly ok: true; readonly value: WhyAnswer } | { readonly ok: false; readonly fault: WhyFault } {
  const image = images.get(query.get("point") ?? "") ?? images.values().next().value;
  if (image === undefined) return refuse("point", "no enforcement point has an image that can be asked");
  const target = query.get("name") ?? "";
  const territory = query.get("territory") ?? "";
  const read = readQuestion(image, { target, territory, at: query.get("at") ?? "" }, now);
  if (!read.ok) {
    const { field, issue } = read.issue;
    const message = issue.help === undefined ? issue.message : `${issue.message}: ${issue.help}`;
    return refuse(field === "target" ? "name" : field === "at" ? "at" : "territory", message);
  }
  const { decision, applied, notApplied } = explain(image, read.value);
  return {
    ok: true,
    value: {
      question: {
        target: target.trim(),
        territory: territory.trim(),
        at: new Date(read.value.at).toISOString(),
      },
      verdict: decision.verdict,
      effect: decision.effect,
      reason:
        decision.rule === null
          ? "no rule decided; the policy set's default holds"
          : `decided by ${decision.rule.id}`,
      image: decision.image,
      applied: applied.map((each) =>
        whyRule(
          each.rule,
          each.specificity,
          each.outcome === "decides"
            ? "decides"
            : each.outcome === "observed"
              ? "observes"
              : lossWords(each.why, each.to),
        ),
      ),
      notApplied: notApplied.map((each) => whyRule(each.rule, each.specificity, NOT_APPLIED[each.why])),
    },
  };
}

const NOT_APPLIED = {
  status: "is not in force",
  "not-yet-effective": "is not yet in effect",
  expired: "has ended",
  schedule: "is for other hours",
  exception: "has an exception that matches",
  territory: "is for other territories",
  "unknown-place": "needs a place that is unknown",
} as const;

const LOSSES: Readonly<Record<string, string>> = {
  overridden: "overridden by",
  "other-law": "of another law than",
  "less-specific": "less specific than",
  "later-layer": "in a later layer than",
  "weaker-effect": "equal to, but less free than",
  "later-id": "equal to, with a later id than",
};

function lossWords(why: string | null, to: string | null): string {
  return `${LOSSES[why ?? ""] ?? "lost to"} ${to ?? "another rule"}`;
}

function whyRule(rule: RuleRecord, { kind, length }: Specificity, fate: string): WhyRule {
  return {
    rule: rule.id,
    title:
      rule.title["en"] ?? rule.title[rule.policy.language ?? ""] ?? Object.values(rule.title)[0] ?? rule.id,
    effect: rule.effect.action,
    authority: rule.legalBasis.authority.name,
    specificity: length > 0 ? `${kind} (${length})` : kind,
    fate,
    until: rule.expires ?? null,
  };
}

function refuse(field: WhyFault["field"], message: string): { readonly ok: false; readonly fault: WhyFault } {
  return { ok: false, fault: { field, message } };
}
