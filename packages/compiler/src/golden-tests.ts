// The tests that policies carry themselves, and those of documents of their own, run against an image.
import {
  type Connector,
  type Explanation,
  explain,
  type NotAppliedReason,
  type Place,
  type PolicyImage,
  type Request,
} from "@demarc/matcher";
import { parseTarget } from "@demarc/net";
import type { GoldenTest, GoldenTestsDocument, PolicyDocument, Rule, TestOfSet } from "@demarc/policy";

/** What became of one test. */
export interface TestOutcome {
  /** 0-based position in the rule's or the document's tests. */
  readonly index: number;
  readonly ok: boolean;
  /** When the request came: the test's own instant, or the one that was asked for instead. Milliseconds since 1970. */
  readonly at: number;
  /**
   * What the rule did: its effect when it decided or observed, `no-match` when it did not apply, `lost` when it applied and
   * another decided. Of a whole set: what it decided, `observe` when it only observed, `no-match` when nothing applied.
   */
  readonly found: string;
  /** Why a rule whose selectors match did not apply; null where it applied or its selectors do not match. */
  readonly why: NotAppliedReason | null;
  /** What was expected and found; empty when it is the same. */
  readonly message: string;
}

/** What became of one test that a rule carries. */
export interface GoldenResult extends TestOutcome {
  readonly policy: string;
  readonly rule: string;
  readonly test: GoldenTest;
}

/** What became of one test of a golden tests document. */
export interface SetTestResult extends TestOutcome {
  /** Id of the document. */
  readonly document: string;
  /** The rule that was asked about; null: the decision of the whole set was. */
  readonly rule: string | null;
  readonly test: TestOfSet;
}

/** How to run. `at` puts every request at that instant, milliseconds since 1970, in place of the test's own. */
export interface RunOptions {
  readonly at?: number | undefined;
}

/**
 * Runs the golden tests of every rule of the policies.
 *
 * A test asks about its own rule: `expect: no-match` means that the rule does not apply; an effect means that it applies
 * with that effect and decides (an observe rule: that it observes). `where` is the place of every connector of the rule, at
 * confidence 1, `unknown` none at all; `host` is the place of the destination.
 */
export function runGoldenTests(
  image: PolicyImage,
  policies: readonly PolicyDocument[],
  options: RunOptions = {},
): readonly GoldenResult[] {
  return policies.flatMap((policy) =>
    policy.rules.flatMap((rule) =>
      (rule.tests ?? []).map((test, index) => ({
        policy: policy.id,
        rule: rule.id,
        test,
        ...outcomeOf(image, test, index, rule, options),
      })),
    ),
  );
}

/**
 * Runs the tests of a golden tests document against the set or policy that it is about.
 *
 * A test with a `rule` asks about that rule, as above. One without asks what the set decides: `where` is then the place of
 * the subject alone, and the operator's is the one that the set states.
 */
export function runTestsOfSet(
  image: PolicyImage,
  document: GoldenTestsDocument,
  policies: readonly PolicyDocument[],
  options: RunOptions = {},
): readonly SetTestResult[] {
  const rules = new Map(policies.flatMap((policy) => policy.rules.map((rule) => [rule.id, rule])));
  return document.tests.map((test, index) => {
    const base = { document: document.id, rule: test.rule ?? null, test };
    const rule = test.rule === undefined ? null : rules.get(test.rule);
    if (rule !== undefined) return { ...base, ...outcomeOf(image, test, index, rule, options) };
    const message = `there is no rule \`${test.rule}\``;
    return { ...base, index, ok: false, at: atOf(test, options), found: "no-match", why: null, message };
  });
}

function outcomeOf(
  image: PolicyImage,
  test: GoldenTest,
  index: number,
  rule: Rule | null,
  options: RunOptions,
): TestOutcome {
  const at = atOf(test, options);
  const target = parseTarget(test.target);
  if (!target.ok) {
    const message = `the target can not be read: ${target.issue.message}`;
    return { index, ok: false, at, found: "no-match", why: null, message };
  }
  const { text: _text, ...facts } = target.value;
  const request: Request = {
    at,
    ...facts,
    ...(test.port === undefined ? {} : { port: test.port }),
    ...(test.protocol === undefined ? {} : { protocol: test.protocol }),
    ...(test.asn === undefined ? {} : { asn: test.asn }),
    ...(test.dataClass === undefined ? {} : { dataClasses: [test.dataClass] }),
    places: rule === null ? placesOfSet(image, test) : placesOfRule(rule, test),
  };
  const explanation = explain(image, request);
  const found = rule === null ? foundOfSet(explanation) : foundOfRule(explanation, rule.id);
  const why = explanation.notApplied.find((each) => each.rule.id === rule?.id)?.why ?? null;
  const ok = found === test.expect;
  const message = ok ? "" : `expected ${test.expect}, found ${found}${reason(explanation, rule)}`;
  return { index, ok, at, found, why, message };
}

function atOf(test: GoldenTest, options: RunOptions): number {
  return options.at ?? Date.parse(test.at);
}

function foundOfRule({ applied, decision }: Explanation, rule: string): string {
  const fate = applied.find((each) => each.rule.id === rule);
  if (fate === undefined) return "no-match";
  if (fate.outcome === "lost") return "lost";
  return fate.outcome === "observed" ? "observe" : decision.effect;
}

function foundOfSet({ applied, decision }: Explanation): string {
  if (decision.rule !== null) return decision.effect;
  return applied.some((each) => each.outcome === "observed") ? "observe" : "no-match";
}

function placesOfRule(rule: Rule, test: GoldenTest): Place[] {
  const connectors = new Set<Connector>([
    ...rule.scope.connectors.filter((each) => each !== "host-location" || test.host === undefined),
    "subject-location",
  ]);
  return [
    ...(test.where === "unknown" ? [] : [...connectors].map((connector) => placeOf(connector, test.where))),
    ...(test.host === undefined ? [] : [placeOf("host-location", test.host)]),
  ];
}

function placesOfSet(image: PolicyImage, test: GoldenTest): Place[] {
  return [
    placeOf("operator-establishment", image.set.operator.jurisdiction),
    ...(test.where === "unknown" ? [] : [placeOf("subject-location", test.where)]),
    ...(test.host === undefined ? [] : [placeOf("host-location", test.host)]),
  ];
}

function placeOf(connector: Connector, territory: string): Place {
  return { connector, territory, confidence: 1 };
}

function reason({ applied, notApplied, decision }: Explanation, rule: Rule | null): string {
  if (rule === null) return decision.rule === null ? "" : ` (${decision.rule.id})`;
  const lost = applied.find((each) => each.rule.id === rule.id && each.outcome === "lost");
  if (lost !== undefined) return ` (${lost.why} to ${lost.to ?? "another rule"})`;
  const hindered = notApplied.find((each) => each.rule.id === rule.id);
  return hindered === undefined ? "" : ` (${hindered.why})`;
}
