import type { Decision, RuleRecord } from "@demarc/matcher";

/** Whose decision a refusal is: somebody else's order or law, the operator's own, or the client's own wish. */
export type DecidedBy = "external-order" | "operator" | "client-wish";

/**
 * Whose decision it is, from the deciding rule's legal basis; the operator's own when the default decided.
 * A voluntary reading of somebody else's law is the operator's own decision.
 */
export function decidedBy(rule: RuleRecord | null): DecidedBy {
  if (rule === null) return "operator";
  const { kind, discretion } = rule.legalBasis;
  if (kind === "consent") return "client-wish";
  if (kind === "operator-policy" || kind === "contract" || discretion === "voluntary") return "operator";
  return "external-order";
}

/**
 * The Extended DNS Error code of a decision, or null when it passes.
 *
 * 16 Censored for an external order, 15 Blocked for the operator's own policy, 17 Filtered for the client's own wish;
 * the rule's `notice.ede` wins where written. Source: RFC 8914 §4.16–4.18.
 */
export function edeOf(decision: Decision): number | null {
  if (decision.verdict === "pass") return null;
  const written = decision.rule?.effect.notice?.ede;
  if (written !== undefined) return written;
  const by = decidedBy(decision.rule);
  return by === "external-order" ? 16 : by === "client-wish" ? 17 : 15;
}
