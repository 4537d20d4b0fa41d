// The tests that rules carry themselves, run against an image.
import { type Connector, explain, type Place, type PolicyImage, type Request } from "@demarc/matcher";
import { parseTarget } from "@demarc/net";
import type { GoldenTest, PolicyDocument, Rule } from "@demarc/policy";

/** What became of one golden test. */
export interface GoldenResult {
  readonly policy: string;
  readonly rule: string;
  /** 0-based position in the rule's tests. */
  readonly index: number;
  readonly test: GoldenTest;
  readonly ok: boolean;
  /** What the rule did: its effect when it decided or observed, `no-match` when it did not apply, `lost` when it applied and another decided. */
  readonly found: string;
  readonly message: string;
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
): readonly GoldenResult[] {
  return policies.flatMap((policy) =>
    policy.rules.flatMap((rule) =>
      (rule.tests ?? []).map((test, index) => run(image, policy, rule, test, index)),
    ),
  );
}

function run(
  image: PolicyImage,
  policy: PolicyDocument,
  rule: Rule,
  test: GoldenTest,
  index: number,
): GoldenResult {
  const base = { policy: policy.id, rule: rule.id, index, test };
  const target = parseTarget(test.target);
  if (!target.ok)
    return {
      ...base,
      ok: false,
      found: "no-match",
      message: `the target can not be read: ${target.issue.message}`,
    };
  const { text: _text, ...facts } = target.value;
  const request: Request = {
    at: Date.parse(test.at),
    ...facts,
    ...(test.port === undefined ? {} : { port: test.port }),
    ...(test.dataClass === undefined ? {} : { dataClasses: [test.dataClass] }),
    places: placesOf(rule, test),
  };
  const explanation = explain(image, request);
  const applied = explanation.applied.find((each) => each.rule.id === rule.id);
  const found =
    applied === undefined
      ? "no-match"
      : applied.outcome === "lost"
        ? "lost"
        : applied.outcome === "observed"
          ? "observe"
          : explanation.decision.effect;
  const ok = found === test.expect;
  const message = ok ? "" : `expected ${test.expect}, found ${found}${reason(explanation, rule.id)}`;
  return { ...base, ok, found, message };
}

function placesOf(rule: Rule, test: GoldenTest): Place[] {
  const places: Place[] = [];
  if (test.where !== "unknown") {
    const connectors = new Set<Connector>([
      ...rule.scope.connectors.filter((each) => each !== "host-location" || test.host === undefined),
      "subject-location",
    ]);
    for (const connector of connectors) places.push({ connector, territory: test.where, confidence: 1 });
  }
  if (test.host !== undefined)
    places.push({ connector: "host-location", territory: test.host, confidence: 1 });
  return places;
}

function reason(explanation: ReturnType<typeof explain>, rule: string): string {
  const lost = explanation.applied.find((each) => each.rule.id === rule && each.outcome === "lost");
  if (lost !== undefined) return ` (${lost.why} to ${lost.to ?? "another rule"})`;
  const hindered = explanation.notApplied.find((each) => each.rule.id === rule);
  return hindered === undefined ? "" : ` (${hindered.why})`;
}
