import type { Rule } from "../document.ts";
import type { Warn } from "./lint-context.ts";

/** What a rule does not show by its tests: `golden-tests`. */
export function lintTests(rule: Rule, warn: Warn): void {
  const tests = rule.tests ?? [];
  const end = rule.expires === undefined ? null : Date.parse(rule.expires);
  const isAfter = (at: string): boolean => end !== null && Date.parse(at) >= end;
  const missing = [
    ...(tests.some(({ expect }) => expect !== "no-match") ? [] : ["one case that it applies to"]),
    ...(tests.some(({ expect, at }) => expect === "no-match" && !isAfter(at))
      ? []
      : ["one place where it does not"]),
    ...(end === null || tests.some(({ expect, at }) => expect === "no-match" && isAfter(at))
      ? []
      : ["one instant after its end"]),
  ];
  if (missing.length > 0)
    warn(
      "policy/golden-tests",
      rule.tests === undefined ? "/id" : "/tests",
      `its tests do not show ${missing.join(", ").replace(/, ([^,]*)$/, " and $1")}`,
      "write a test for each: at, where, target, expect",
    );
}
