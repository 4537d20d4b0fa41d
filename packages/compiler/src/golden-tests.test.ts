import { openImage } from "@demarc/matcher";
import type { GoldenTest, Rule } from "@demarc/policy";
import { expect, test } from "vitest";
import { inputOf, policyOf, ruleOf } from "../test/support/documents.ts";
import { compile } from "./compile.ts";
import { type GoldenResult, runGoldenTests } from "./golden-tests.ts";

function resultsOf(...rules: readonly Rule[]): readonly GoldenResult[] {
  const policy = policyOf("p.yaml", rules);
  const compiled = compile(inputOf({ policies: [policy] }));
  const opened = compiled.ok ? openImage(compiled.image) : null;
  if (opened?.ok !== true) throw new Error("there is no image");
  return runGoldenTests(opened.value, [policy.document]);
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
