import { openImage } from "@demarc/matcher";
import type { GoldenTest, GoldenTestsDocument, Rule, TestOfSet } from "@demarc/policy";
import { describe, expect, test } from "vitest";
import { inputOf, policyOf, ruleOf } from "../test/support/documents.ts";
import { compile } from "./compile.ts";
import { type GoldenResult, runGoldenTests, runTestsOfSet } from "./golden-tests.ts";
import { coverageOf } from "./test-coverage.ts";

function imageOf(rules: readonly Rule[]) {
  const policy = policyOf("p.yaml", rules);
  const compiled = compile(inputOf({ policies: [policy] }));
  const opened = compiled.ok ? openImage(compiled.image) : null;
  if (opened?.ok !== true) throw new Error("there is no image");
  return { image: opened.value, policies: [policy.document] };
}

function resultsOf(...rules: readonly Rule[]): readonly GoldenResult[] {
  const { image, policies } = imageOf(rules);
  return runGoldenTests(image, policies);
}

const asked: GoldenTest = {
  at: "2026-06-01T00:00:00Z",
  where: "DE",
  target: "www.blocked.example",
  expect: "block",
};
const found = (rule: Partial<Rule>, written: Partial<GoldenTest> = {}): unknown[] =>
  resultsOf(ruleOf("a", { ...rule, tests: [{ ...asked, ...written }] })).map((each) => [
    each.ok,
    each.found,
    each.message,
  ]);

test("a test that holds", () => expect(found({})).toEqual([[true, "block", ""]]));

test.each<[string, Partial<Rule>, Partial<GoldenTest>, string]>([
  ["elsewhere", {}, { where: "FR" }, "expected block, found no-match (territory)"],
  ["unknown place", {}, { where: "unknown" }, "expected block, found no-match (unknown-place)"],
  ["too early", {}, { at: "2025-12-31T23:59:59Z" }, "expected block, found no-match (not-yet-effective)"],
  ["stayed", { status: "stayed" }, {}, "expected block, found no-match (status)"],
  ["another target", {}, { target: "other.example" }, "expected block, found no-match"],
  ["another effect", { effect: { action: "allow" } }, {}, "expected block, found allow"],
  ["no target", {}, { target: "not a name" }, "the target can not be read"],
])("%s fails with the reason", (_, rule, written, message) => {
  const [result] = found(rule, written) as [[boolean, string, string]];
  expect(result[0]).toBe(false);
  expect(result[2].startsWith(message)).toBe(true);
});

test("no-match, observe and route are expectations too", () => {
  expect(found({}, { where: "FR", expect: "no-match" })).toEqual([[true, "no-match", ""]]);
  expect(found({ effect: { action: "observe" } }, { expect: "observe" })).toEqual([[true, "observe", ""]]);
  const route = { action: "route", egress: ["DE"], onFailure: "refuse", notice: {} } as const;
  expect(found({ effect: route }, { host: "FR", expect: "route" })).toEqual([[true, "route", ""]]);
});

test("a test names the autonomous system that evidence would", () => {
  const rule = { selectors: [{ type: "asn", value: 64_496 }] } as const;
  expect(found(rule, { target: "192.0.2.1", asn: 64_496 })).toEqual([[true, "block", ""]]);
  expect(found(rule, { target: "192.0.2.1", asn: 64_497, expect: "no-match" })).toEqual([
    [true, "no-match", ""],
  ]);
});

test("a rule that another beats is lost, and to whom is told", () => {
  const winner = ruleOf("winner", {
    selectors: [{ type: "domain", value: "www.blocked.example", match: "exact" }],
    effect: { action: "allow" },
  });
  const results = resultsOf(winner, ruleOf("a", { tests: [asked] }));
  expect(results).toMatchObject([
    {
      rule: "a",
      index: 0,
      ok: false,
      found: "lost",
      message: "expected block, found lost (less-specific to winner)",
    },
  ]);
});

test("a protocol that the selector does not name is no match", () => {
  const port: Partial<Rule> = { selectors: [{ type: "port", value: 853, protocol: "tcp" }] };
  expect(found(port, { port: 853, protocol: "tcp" })).toEqual([[true, "block", ""]]);
  expect(found(port, { port: 853, protocol: "udp", expect: "no-match" })).toEqual([[true, "no-match", ""]]);
});

test("at another instant each test is asked then, whatever it says itself", () => {
  const { image, policies } = imageOf([ruleOf("a", { expires: "2027-01-01T00:00:00Z", tests: [asked] })]);
  const at = Date.parse("2027-01-01T00:00:00Z");
  expect(runGoldenTests(image, policies, { at: at - 1 })).toMatchObject([{ ok: true, at: at - 1 }]);
  expect(runGoldenTests(image, policies, { at })).toMatchObject([
    { ok: false, at, why: "expired", message: "expected block, found no-match (expired)" },
  ]);
});

describe("a document of golden tests", () => {
  const rules = [
    ruleOf("a"),
    ruleOf("b", {
      selectors: [{ type: "domain", value: "open.blocked.example", match: "exact" }],
      effect: { action: "allow" },
      scope: {
        territories: ["DE"],
        connectors: ["operator-establishment"],
        minConfidence: 0,
        whenUnknown: "skip",
      },
    }),
    ruleOf("c", {
      selectors: [{ type: "domain", value: "seen.example", match: "exact" }],
      effect: { action: "observe" },
    }),
  ];
  const run = (...tests: readonly TestOfSet[]) => {
    const { image, policies } = imageOf(rules);
    const head = { specVersion: "1.0", id: "https://isp.example/tests", version: "1.0.0" } as const;
    const document: GoldenTestsDocument = { ...head, title: { en: "Tests" }, subject: "p.yaml", tests };
    return runTestsOfSet(image, document, policies).map(({ rule, ok, found, message }) => [
      rule,
      ok,
      found,
      message,
    ]);
  };
  const free: TestOfSet = { ...asked, target: "open.blocked.example", expect: "allow" };

  test("asks what the set decides, with the operator where the set says that it is", () => {
    expect(
      run(
        asked,
        free,
        { ...free, where: "FR" },
        { ...asked, target: "seen.example", expect: "observe" },
        { ...asked, where: "FR", expect: "no-match" },
        { ...asked, target: "other.example" },
        { ...free, expect: "block" },
      ),
    ).toEqual([
      [null, true, "block", ""],
      [null, true, "allow", ""],
      [null, true, "allow", ""],
      [null, true, "observe", ""],
      [null, true, "no-match", ""],
      [null, false, "no-match", "expected block, found no-match"],
      [null, false, "allow", "expected block, found allow (b)"],
    ]);
  });

  test("asks what one rule does, where it names that", () => {
    expect(run({ ...asked, rule: "a" }, { ...free, rule: "b" }, { ...free, where: "FR", rule: "b" })).toEqual(
      [
        ["a", true, "block", ""],
        ["b", true, "allow", ""],
        ["b", false, "no-match", "expected allow, found no-match (territory)"],
      ],
    );
    expect(run({ ...asked, rule: "z" })).toEqual([["z", false, "no-match", "there is no rule `z`"]]);
  });
});

describe("coverage", () => {
  const elsewhere: GoldenTest = { ...asked, where: "FR", expect: "no-match" };
  const ended: GoldenTest = { ...asked, at: "2027-01-01T00:00:00Z", expect: "no-match" };
  const shownBy = (tests: readonly GoldenTest[], rule: Partial<Rule> = { expires: ended.at }) => {
    const { image, policies } = imageOf([ruleOf("a", { ...rule, tests })]);
    const coverage = coverageOf(policies, runGoldenTests(image, policies));
    return [...Object.values(coverage.rules[0]?.shown ?? {}), coverage.complete];
  };

  test.each<[string, readonly GoldenTest[], readonly unknown[]]>([
    ["all three", [asked, elsewhere, ended], [true, true, true, 1]],
    ["none", [], [false, false, false, 0]],
    ["no place", [asked, ended], [true, false, true, 0]],
    ["no end", [asked, elsewhere], [true, true, false, 0]],
    ["no match", [elsewhere, ended], [false, true, true, 0]],
    ["a test that fails shows nothing", [{ ...asked, where: "FR" }], [false, false, false, 0]],
    [
      "another name elsewhere is no territorial non-match",
      [asked, { ...elsewhere, target: "other.example" }, ended],
      [true, false, true, 0],
    ],
    ["too early is not after the end", [{ ...ended, at: "2025-01-01T00:00:00Z" }], [false, false, false, 0]],
  ])("%s", (_, tests, shown) => expect(shownBy(tests)).toEqual(shown));

  test("a rule that is reviewed and does not end has nothing to show after its end", () =>
    expect(shownBy([asked, elsewhere], { reviewBy: ended.at })).toEqual([true, true, null, 1]));
});
