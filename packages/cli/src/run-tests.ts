// Runs the tests of one subject and finds where each failing one stands.
import {
  coverageOf,
  type GoldenResult,
  joinCoverage,
  runGoldenTests,
  runTestsOfSet,
  type SetTestResult,
  type TestCoverage,
} from "@demarc/compiler";
import type { GoldenTest } from "@demarc/policy";
import { placeOfTest, type TestSubject } from "./test-subject.ts";

/** One test as it is reported; `line` and `column` of a failing one. */
export interface TestReport {
  /** Id of the policy or the document that the test stands in. */
  readonly policy: string;
  /** Null for a test of the whole set. */
  readonly rule: string | null;
  /** 0-based, in the rule's or the document's tests. */
  readonly index: number;
  readonly ok: boolean;
  readonly test: GoldenTest;
  /** When the request came, RFC 3339. */
  readonly at: string;
  readonly found: string;
  readonly why: string | null;
  readonly message: string;
  readonly file: string | null;
  readonly line?: number;
  readonly column?: number;
}

/** What all subjects gave. */
export interface RunReport {
  readonly results: readonly TestReport[];
  readonly coverage: TestCoverage;
}

/** Runs the tests of rules whose id contains a text; `at` in milliseconds since 1970, or null for each test's own instant. */
export function runSubject(
  subject: TestSubject,
  { rule, at }: { readonly rule: string; readonly at: number | null },
): RunReport {
  const { image, policies, tests } = subject;
  const run = (options: { at?: number }): readonly (GoldenResult | SetTestResult)[] =>
    (tests === null
      ? runGoldenTests(image, policies, options)
      : runTestsOfSet(image, tests, policies, options)
    ).filter((each) => (each.rule ?? "").includes(rule));
  const results = run(at === null ? {} : { at });
  // Coverage is what the tests show as they are written; of a rule, that is what it and documents about it show together.
  const shown = [...runGoldenTests(image, policies), ...(tests === null ? [] : run({}))];
  const coverage = coverageOf(
    policies.map((policy) => ({
      ...policy,
      rules: policy.rules.filter((each) => each.id.includes(rule)),
    })),
    shown,
  );
  return { results: results.map((each) => reportOf(each, subject)), coverage };
}

function reportOf(result: GoldenResult | SetTestResult, subject: TestSubject): TestReport {
  const { rule, index, ok, test, found, why, message } = result;
  const id = "document" in result ? result.document : result.policy;
  const source = subject.sources.get(id);
  const place =
    source === undefined || ok
      ? { file: source?.file ?? null }
      : placeOfTest(source, pointerOf(result, subject));
  return {
    policy: id,
    rule,
    index,
    ok,
    test,
    at: new Date(result.at).toISOString(),
    found,
    why,
    message,
    ...place,
  };
}

function pointerOf(result: GoldenResult | SetTestResult, { policies }: TestSubject): string {
  if ("document" in result) return `/tests/${result.index}`;
  const rules = policies.find(({ id }) => id === result.policy)?.rules ?? [];
  return `/rules/${rules.findIndex(({ id }) => id === result.rule)}/tests/${result.index}`;
}

/** Several reports as one. */
export function joinReports(reports: readonly RunReport[]): RunReport {
  return {
    results: reports.flatMap(({ results }) => results),
    coverage: joinCoverage(reports.map(({ coverage }) => coverage)),
  };
}

/** Items by a key, in the order in which each key is first met. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return groups;
}
