import type { Rule } from "@demarc/policy";
import { expect, test } from "vitest";
import { inputOf, policyOf, ruleOf } from "../test/support/documents.ts";
import { compile } from "./compile.ts";

function conflictsOf(...rules: readonly Rule[]): string[] {
  return compile(inputOf({ policies: [policyOf("p.yaml", rules)] }))
    .diagnostics.filter((each) => each.code === "compiler/conflict")
    .map((each) => each.message);
}

const block = ruleOf("block");
const allow = ruleOf("free", { effect: { action: "allow" } });

test("the same selector with different effects", () =>
  expect(conflictsOf(block, allow)).toEqual([
    "`block` (block) and `free` (allow) are about the same selector; the freer effect wins",
  ]));

test("several shared selectors are one conflict", () => {
  const selectors = [...block.selectors, { type: "port", value: 25 } as const];
  expect(conflictsOf({ ...block, selectors }, { ...allow, selectors })).toHaveLength(1);
});

test("selectors are compared in their canonical form", () => {
  const selectors = [{ type: "domain", value: "BLOCKED.example.", match: "subdomains" } as const];
  expect(conflictsOf(block, { ...allow, selectors })).toHaveLength(1);
});

test.each<[string, Partial<Rule>]>([
  ["another selector", { selectors: [{ type: "domain", value: "blocked.example", match: "exact" }] }],
  ["the same effect", { effect: block.effect }],
  ["an observer", { effect: { action: "observe" } }],
  ["a stayed rule", { status: "stayed" }],
  ["validities that do not meet", { effective: "2025-01-01T00:00:00Z", expires: "2026-01-01T00:00:00Z" }],
  ["an override", { overrides: ["block"] }],
  ["another territory", { scope: { ...block.scope, territories: ["FR"] } }],
])("%s is no conflict", (_, written) => expect(conflictsOf(block, { ...allow, ...written })).toEqual([]));

test("rules of different layers are no conflict", () => {
  const policies = [policyOf("p.yaml", [block]), policyOf("q.yaml", [allow])];
  const layers = [
    { id: "one", policies: ["p.yaml"] },
    { id: "two", policies: ["q.yaml"] },
  ];
  expect(compile(inputOf({ layers, policies })).diagnostics).toEqual([]);
});
