import type { CoverageCase, TestCoverage } from "@demarc/compiler";
import { Effect } from "effect";
import { formatFinding, line, plural, styled } from "./print.ts";
import { groupBy, type RunReport, type TestReport } from "./run-tests.ts";

const CASES: readonly (readonly [CoverageCase, string])[] = [
  ["match", "a match"],
  ["territory", "a territorial non-match"],
  ["expiry", "an after-expiry non-match"],
];

/** Prints what failed and where, each rule with how many of its tests hold, what the tests cover, and the sum. */
export const printTestReport = Effect.fnUntraced(function* (
  { results, coverage }: RunReport,
  options: { readonly at: number | null },
) {
  for (const [id, ofDocument] of groupBy(results, (each) => each.policy)) {
    const file = ofDocument[0]?.file ?? null;
    yield* line(file === null ? id : `${file} (${id})`);
    for (const [rule, ofRule] of groupBy(ofDocument, (each) => each.rule)) {
      const failed = ofRule.filter((each) => !each.ok);
      const mark = failed.length === 0 ? styled("green", "ok    ") : styled("red", "failed");
      yield* line(
        `  ${mark} ${rule ?? "the whole set"}: ${ofRule.length - failed.length} of ${plural(ofRule.length, "test")}`,
      );
      for (const each of failed) yield* line(formatFinding(findingOf(each, options.at !== null)));
    }
  }
  yield* printCoverage(coverage);
  const failed = results.filter((each) => !each.ok).length;
  const rules = new Set(
    results.filter(({ rule }) => rule !== null).map(({ policy, rule }) => `${policy} ${rule}`),
  );
  const moved = options.at === null ? "" : ` at ${new Date(options.at).toISOString()}`;
  // Tests in a document of their own are of the set, not of one rule.
  const subject = rules.size === 0 ? "" : ` of ${plural(rules.size, "rule")}`;
  yield* line(`${plural(results.length - failed, "test")}${subject} passed${moved}, ${failed} failed`);
});

function findingOf({ test, index, message, file, line, column }: TestReport, moved: boolean) {
  const place = file === null ? {} : { file, ...(line === undefined ? {} : { line, column }) };
  return {
    ...place,
    severity: "error" as const,
    code: "test/failed",
    message: `test ${index + 1}, ${test.target} in ${test.where}${moved ? "" : ` at ${test.at}`}: ${message}`,
    ...(moved ? { help: `the test itself is about ${test.at}` } : {}),
  };
}

const printCoverage = Effect.fnUntraced(function* ({ rules, cases, complete }: TestCoverage) {
  if (rules.length === 0) return;
  const percent = Math.floor((complete / rules.length) * 100);
  yield* line(`coverage: ${complete} of ${plural(rules.length, "rule")} (${percent} %) show every case`);
  for (const [which, name] of CASES) {
    const { shown, of } = cases[which];
    const lacking = rules.filter((each) => each.shown[which] === false).map((each) => each.rule);
    yield* line(`  ${name}: ${shown} of ${of}${lacking.length === 0 ? "" : `; not ${someOf(lacking)}`}`);
  }
});

const MAX_NAMED = 5;

function someOf(ids: readonly string[]): string {
  const more = ids.length - MAX_NAMED;
  return ids.slice(0, MAX_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
