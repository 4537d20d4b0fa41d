// Which rules show, by tests that hold, that they match, where they do not, and that they end.
import type { PolicyDocument } from "@demarc/policy";
import type { TestOutcome } from "./golden-tests.ts";

/** The three cases that a rule's tests are to show. */
export const COVERAGE_CASES = ["match", "territory", "expiry"] as const;

/**
 * A case of coverage. `match`: some request that the rule applies to; `territory`: one that it matches but that is
 * elsewhere; `expiry`: one that it matched until it ended.
 */
export type CoverageCase = (typeof COVERAGE_CASES)[number];

/** What the tests of one rule show. */
export interface RuleCoverage {
  readonly policy: string;
  readonly rule: string;
  /** Null where the case can not be: a rule that is reviewed rather than ended has nothing after its end. */
  readonly shown: Readonly<Record<CoverageCase, boolean | null>>;
}

/** What the tests of all rules show. */
export interface TestCoverage {
  readonly rules: readonly RuleCoverage[];
  /** For each case: how many rules show it, of how many that can. */
  readonly cases: Readonly<Record<CoverageCase, { readonly shown: number; readonly of: number }>>;
  /** Rules that show every case that they can. */
  readonly complete: number;
}

/**
 * Which rules of the policies have a match, a territorial non-match and an after-expiry non-match among the tests that hold.
 *
 * A non-match counts for the reason that hindered the rule (`territory`, `expired`), so that a test of another name in
 * another country shows nothing about the territory. Run the tests at their own instants for this.
 */
export function coverageOf(
  policies: readonly PolicyDocument[],
  results: readonly (TestOutcome & { readonly rule: string | null })[],
): TestCoverage {
  const rules = policies.flatMap((policy) =>
    policy.rules.map((rule): RuleCoverage => {
      const held = results.filter((each) => each.ok && each.rule === rule.id);
      return {
        policy: policy.id,
        rule: rule.id,
        shown: {
          match: held.some((each) => each.found !== "no-match"),
          territory: held.some((each) => each.why === "territory"),
          expiry: rule.expires === undefined ? null : held.some((each) => each.why === "expired"),
        },
      };
    }),
  );
  return totalOf(rules);
}

/** Several coverages as one: a rule that is in several of them shows what any of them shows. */
export function joinCoverage(coverages: readonly TestCoverage[]): TestCoverage {
  const byRule = new Map<string, RuleCoverage>();
  for (const each of coverages.flatMap(({ rules }) => rules)) {
    const key = `${each.policy}\n${each.rule}`;
    const known = byRule.get(key);
    const either = (which: CoverageCase) =>
      each.shown[which] === null ? null : each.shown[which] || known?.shown[which] === true;
    byRule.set(key, {
      ...each,
      shown: { match: either("match"), territory: either("territory"), expiry: either("expiry") },
    });
  }
  return totalOf([...byRule.values()]);
}

function totalOf(rules: readonly RuleCoverage[]): TestCoverage {
  const count = (which: CoverageCase) => ({
    shown: rules.filter(({ shown }) => shown[which] === true).length,
    of: rules.filter(({ shown }) => shown[which] !== null).length,
  });
  return {
    rules,
    cases: { match: count("match"), territory: count("territory"), expiry: count("expiry") },
    complete: rules.filter(({ shown }) => COVERAGE_CASES.every((each) => shown[each] !== false)).length,
  };
}
