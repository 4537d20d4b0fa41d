import { getDomain, getPublicSuffix, parse } from "tldts";
import { describe, expect, test } from "vitest";
import vectors from "../test/vectors/public-suffixes.json" with { type: "json" };
import { type RuleNode, ruleTree } from "./internal/rule-tree.ts";
import { parseName } from "./name.ts";
import {
  PUBLIC_SUFFIX_SOURCE,
  publicSuffix,
  registrableName,
  suffixesBelow,
  suffixSection,
} from "./public-suffix.ts";

test.each(vectors)("$name: $why", ({ name, suffix, section, registrable }) => {
  expect(publicSuffix(name)).toEqual({ suffix, section });
  expect(registrableName(name)).toBe(registrable);
  expect(suffixSection(name)).toBe(section !== "none" && suffix === name ? section : null);
});

/** Every rule as a name; any label is written as `x`. */
function everyRule(node: RuleNode = ruleTree(), below = ""): string[] {
  const children = [...node.children, ...(node.any === undefined ? [] : [["x", node.any] as const])];
  return children.flatMap(([label, child]) => {
    const name = below === "" ? label : `${label}.${below}`;
    return [...(child.mark === "" ? [] : [name]), ...everyRule(child, name)];
  });
}

describe("against the package that the rules come from", () => {
  const options = { allowPrivateDomains: true, extractHostname: false };

  test("the same suffix and registrable name at, below and beside every rule", () => {
    const rules = everyRule();
    expect(rules.length).toBeGreaterThan(9000);
    for (const rule of rules) {
      for (const name of [rule, `a.${rule}`, `b.a.${rule}`, rule.replace(/^[^.]+/, "other")]) {
        const their = parse(name, options);
        const ours = publicSuffix(name);
        expect([name, ours.suffix]).toEqual([name, getPublicSuffix(name, options)]);
        expect([name, registrableName(name)]).toEqual([name, getDomain(name, options)]);
        const section = their.isIcann ? "icann" : their.isPrivate ? "private" : "none";
        expect([name, ours.section]).toEqual([name, section]);
      }
    }
  });

  test("every rule is of canonical names", () => {
    for (const rule of everyRule()) expect(parseName(rule)).toEqual({ ok: true, value: rule });
  });

  test("the source is named with its version", () => {
    expect(PUBLIC_SUFFIX_SOURCE).toMatch(/^tldts \d+\.\d+\.\d+$/);
  });
});

describe("suffixesBelow", () => {
  test("a registry with registries and private suffixes below it", () => {
    const below = suffixesBelow("uk");
    expect(below.icann).toBeGreaterThan(5);
    expect(below.examples).toContain("ac.uk");
  });

  test("a name above private suffixes that is none itself", () => {
    expect(suffixesBelow("amazonaws.com").private).toBeGreaterThan(10);
  });

  test("a rule for any label is one", () => {
    expect(suffixesBelow("mm")).toMatchObject({ icann: 1, examples: ["*.mm"] });
  });

  test.each(["a.example", "example.com", "example", "www.ck"])("nothing below %s", (name) => {
    expect(suffixesBelow(name)).toEqual({ icann: 0, private: 0, examples: [] });
  });
});

test.each([
  "",
  ".",
  "..",
  "a..b",
  ".com",
  "com.",
  "*",
  "(",
  "!.ck",
  "constructor",
  "__proto__.com",
  "x".repeat(10_000),
])("text that is no name does no harm: %j", (text) => {
  expect(text.endsWith(publicSuffix(text).suffix)).toBe(true);
  expect(() => [registrableName(text), suffixSection(text), suffixesBelow(text)]).not.toThrow();
});
