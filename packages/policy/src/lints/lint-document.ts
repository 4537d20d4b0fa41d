// Lints: a document that is valid can still be badly founded. Each names the principle it comes from.
import type { KindedDocument, PolicyDocument, Rule } from "../document.ts";
import type { Fault } from "../policy-issue.ts";
import { lintBreadth } from "./lint-breadth.ts";
import type { LintContext, Warn } from "./lint-context.ts";
import { lintDates } from "./lint-dates.ts";
import { lintLaw } from "./lint-law.ts";
import { lintNotice } from "./lint-notice.ts";
import { lintList, lintSet } from "./lint-set.ts";
import { lintTests } from "./lint-tests.ts";
import { lintWords } from "./lint-words.ts";

/**
 * Findings about a valid document, all of severity warning; `LINTS` says what each is and where it comes from.
 *
 * A policy is held to all of them but those of lists; a policy set and a list to those of lists and layers. Rules that are
 * not in force are left alone.
 */
export function lintDocument({ kind, document }: KindedDocument, context: LintContext): readonly Fault[] {
  const faults: Fault[] = [];
  const warn = warnInto(faults, "", "");
  switch (kind) {
    case "policy":
      lintPolicy(document, context, faults);
      break;
    case "policy-set":
      lintSet(document, context, warn);
      break;
    case "list":
      lintList(document, context, warn);
      break;
    case "vocabulary":
    case "golden-tests":
      break;
  }
  return faults;
}

function lintPolicy(policy: PolicyDocument, context: LintContext, faults: Fault[]): void {
  const warnOf = (index: number): Warn =>
    warnInto(faults, `/rules/${index}`, `${policy.rules[index]?.id ?? ""}: `);
  for (const [index, rule] of policy.rules.entries())
    if (rule.status === "in-force") lintRule(rule, context, warnOf(index));
  lintWords(policy, warnOf);
}

function lintRule(rule: Rule, context: LintContext, warn: Warn): void {
  lintDates(rule, context.at, warn);
  lintNotice(rule, warn);
  lintLaw(rule, context, warn);
  lintBreadth(rule, context, warn);
  lintTests(rule, warn);
  if (context.isKnownCategory?.(rule.category) === false)
    warn(
      "policy/unknown-category",
      "/category",
      `the category \`${rule.category}\` is in no vocabulary`,
      "use a term of @demarc/vocabularies, or contribute one",
    );
}

function warnInto(faults: Fault[], at: string, subject: string): Warn {
  return (code, pointer, message, help, more) => {
    faults.push({
      code,
      severity: "warning",
      pointer: `${at}${pointer}`,
      message: `${subject}${message}`,
      ...more,
      help,
    });
  };
}
