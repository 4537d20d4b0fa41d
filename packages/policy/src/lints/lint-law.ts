import type { Rule } from "../document.ts";
import { isExternal, type LintContext, type Warn } from "./lint-context.ts";

const UNION: ReadonlySet<string> = new Set(["group:EU", "EU"]);

/** The law under a rule: `legal-basis-cited`, `aim-listed`, `authority-competent`, `scope-not-wider-than-basis`. */
export function lintLaw(rule: Rule, { covers, isKnownAim }: LintContext, warn: Warn): void {
  const { legalBasis } = rule;
  if (
    legalBasis.discretion !== "voluntary" &&
    isExternal(rule) &&
    legalBasis.citations.every(({ scheme }) => scheme === "document")
  )
    warn(
      "policy/legal-basis-cited",
      "/legalBasis/citations",
      "is demanded or permitted by law, and cites documents only",
      "cite the law or the order itself: eli, ecli, celex, akn or docket",
    );
  if (isExternal(rule) && isKnownAim?.(rule.justification.aim) === false)
    warn(
      "policy/aim-listed",
      "/justification/aim",
      `\`${rule.justification.aim}\` is no aim that a restriction may have`,
      "write a term of the vocabulary of aims, such as rights-of-others",
      { found: rule.justification.aim },
    );
  // An operator's own rule and a subscriber's wish bind wherever their contract does.
  if (covers === undefined || !isExternal(rule) || legalBasis.authority.type === "operator") return;
  const of = legalBasis.authority.jurisdiction;
  const at = Date.parse(rule.effective);
  for (const [index, place] of rule.scope.territories.entries()) {
    if (covers(of, place, at)) continue;
    const pointer = `/scope/territories/${index}`;
    if (!UNION.has(of)) {
      warn(
        "policy/authority-competent",
        pointer,
        `applies in ${place}, where an authority of ${of} had none on ${rule.effective.slice(0, 10)}`,
        "cite the authority that binds there, or narrow the scope",
        { expected: `${of}, or a part of it`, found: place },
      );
      continue;
    }
    // Acts of the Union may be taken over into the EEA Agreement; restrictive measures are not.
    const isMeasure = legalBasis.kind === "sanctions";
    if (!isMeasure && covers("group:EEA", place, at)) continue;
    warn(
      "policy/scope-not-wider-than-basis",
      pointer,
      isMeasure
        ? `is a restrictive measure of the Union, which does not bind ${place}`
        : `is an act of the Union, which did not apply in ${place} on ${rule.effective.slice(0, 10)}`,
      "cite the act that carries it over there, or narrow the scope",
      { expected: isMeasure ? "group:EU, or a part of it" : "group:EEA, or a part of it", found: place },
    );
  }
}
