import type { Rule } from "@demarc/policy";
import { expect, test } from "vitest";
import { inputOf, policyOf, ruleOf } from "../test/support/documents.ts";
import { compile } from "./compile.ts";

test.each<[string, Partial<Rule>]>([
  ["schedule", { schedule: { zone: "UTC", windows: [{ days: ["mon"], from: "00:00", to: "24:00" }] } }],
  ["history", { history: [{ state: "in-force", from: "2026-02-01T00:00:00Z" }] }],
  ["wildcard", { selectors: [{ type: "domain", value: "*.blocked.example", match: "wildcard" }] }],
  ["asn", { exceptions: [{ type: "asn", value: 64500 }] }],
  ["range of ports", { selectors: [{ type: "port", value: { from: 1, to: 2 } }] }],
])("%s is refused, not ignored", (word, written) => {
  const compiled = compile(inputOf({ policies: [policyOf("p.yaml", [ruleOf("a", written)])] }));
  expect(compiled.ok).toBe(false);
  expect(compiled.diagnostics).toEqual([
    expect.objectContaining({
      code: "compiler/unsupported",
      rule: "a",
      message: expect.stringContaining(word) as string,
    }),
  ]);
});
