// A rule as entries of the log name it.
import type { EntryLaw, Ground, PolicyReference } from "@demarc/audit";
import type { RuleRecord } from "@demarc/matcher";

/** What a decision entry says of a rule. */
export interface RuleFacts {
  readonly id: string;
  readonly layer: string;
  readonly policy: PolicyReference;
  readonly ground: Ground;
  readonly law: EntryLaw;
}

/** What entries say of a rule. */
export function ruleFacts(rule: RuleRecord): RuleFacts {
  const { id, version, digest } = rule.policy;
  const { kind, authority, citations } = rule.legalBasis;
  return {
    id: rule.id,
    layer: rule.layer,
    policy: { id, version, digest },
    ground: groundOf(rule),
    law: { kind, authority, citations },
  };
}

// RFC 8932 section 5.3.2 asks for the reason in these four words.
function groundOf(rule: RuleRecord): Ground {
  const { kind, discretion } = rule.legalBasis;
  if (discretion === "mandatory") return "legal-mandatory";
  if (kind === "operator-policy" || kind === "contract" || kind === "consent")
    return rule.category.startsWith("security") ? "security" : "other";
  return "legal-voluntary";
}
