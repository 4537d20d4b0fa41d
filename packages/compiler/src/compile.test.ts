import { decide, openImage, type Request } from "@demarc/matcher";
import type { Selector } from "@demarc/policy";
import { describe, expect, test } from "vitest";
import { inputOf, listOf, policyOf, ruleOf } from "../test/support/documents.ts";
import { compile } from "./compile.ts";
import type { CompileInput } from "./compile-input.ts";
import { referenceDecide } from "./reference.ts";

const at = Date.parse("2026-06-01T00:00:00Z");
const places = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;

function decidingRule(input: CompileInput, request: Omit<Request, "at">): string | null {
  const compiled = compile(input);
  const opened = compiled.ok ? openImage(compiled.image) : null;
  if (opened?.ok !== true) throw new Error("there is no image");
  return decide(opened.value, { at, places, ...request }).rule?.id ?? null;
}

function diagnosticsOf(input: CompileInput): (string | undefined)[][] {
  return compile(input).diagnostics.map((each) => [each.severity, each.code, each.rule]);
}

function helpFor(territories: readonly string[]): string | undefined {
  const rule = ruleOf("a", { scope: { ...ruleOf("a").scope, territories } });
  return compile(inputOf({ policies: [policyOf("p.yaml", [rule])] })).diagnostics[0]?.help;
}

describe("one list of a file of many", () => {
  // GeoSiteList of two GeoSite: "ADS" with a root domain and a full one that is @x, "CN" with a root domain; and a GeoIPList of "AQ".
  const ads = [
    ...datItem(1, "ADS"),
    ...datBytes(2, [8, 2, ...datItem(2, "ads.example")]),
    ...datBytes(2, [8, 3, ...datItem(2, "only.example"), ...datBytes(3, datItem(1, "x"))]),
  ];
  const cn = [...datItem(1, "CN"), ...datBytes(2, [8, 2, ...datItem(2, "cn.example")])];
  const site = Uint8Array.from([...datBytes(1, ads), ...datBytes(1, cn)]);
  const ip = Uint8Array.from(
    datBytes(1, [...datItem(1, "AQ"), ...datBytes(2, [10, 4, 192, 0, 2, 0, 16, 24])]),
  );
  const of = (id: string, bytes: Uint8Array, format: "geosite-dat" | "geoip-dat", category?: string) => {
    const { selector, list } = listOf("https://lists.example/file.dat", bytes, format);
    return inputOf({
      policies: [policyOf("p.yaml", [ruleOf(id, { selectors: [{ ...selector, category } as Selector] })])],
      lists: [list],
    });
  };

  test.each([
    [
      "geosite-dat",
      "ads",
      ["ads.example", "www.ads.example", "only.example"],
      ["cn.example", "www.only.example"],
    ],
    ["geosite-dat", "ADS@x", ["only.example"], ["ads.example", "cn.example"]],
    ["geosite-dat", "ads@-x", ["ads.example"], ["only.example"]],
    ["geosite-dat", "cn", ["www.cn.example"], ["ads.example", "only.example"]],
  ] as const)("%s %s", (format, category, matched, others) => {
    const input = of("by-file", site, format, category);
    expect(diagnosticsOf(input)).toEqual([]);
    for (const name of [...matched, ...others]) {
      const expected = (matched as readonly string[]).includes(name) ? "by-file" : null;
      expect(decidingRule(input, { name }), name).toBe(expected);
      expect(referenceDecide(input, { at, places, name }).rule, name).toBe(expected);
    }
  });

  test("geoip-dat by its code", () => {
    const input = of("by-file", ip, "geoip-dat", "aq");
    expect(decidingRule(input, { address: Uint8Array.of(192, 0, 2, 9) })).toBe("by-file");
    expect(decidingRule(input, { address: Uint8Array.of(192, 0, 3, 9) })).toBeNull();
  });

  test("two lists of one file are two selectors", () => {
    const { selector, list } = listOf("https://lists.example/file.dat", site, "geosite-dat");
    const selectors = ["ads@x", "cn"].map((category) => ({ ...selector, category }) as Selector);
    const input = inputOf({ policies: [policyOf("p.yaml", [ruleOf("both", { selectors })])], lists: [list] });
    expect(
      ["only.example", "cn.example", "ads.example"].map((name) => decidingRule(input, { name })),
    ).toEqual(["both", "both", null]);
  });

  test.each([
    ["that is not there", "gone"],
    ["that nobody named", undefined],
  ])("a list %s matches nothing, and is told with those that are there", (_what, category) => {
    const input = of("by-file", site, "geosite-dat", category);
    const [diagnostic] = compile(input).diagnostics;
    expect(diagnosticsOf(input)).toEqual([["error", "compiler/list-category", "by-file"]]);
    expect(diagnostic?.message).toContain("it has ADS, CN");
    expect(decidingRule(input, { name: "ads.example" })).toBeNull();
  });
});

// A field of bytes in the wire form of protocol buffers; the lengths here are below 128.
function datBytes(id: number, content: readonly number[]): number[] {
  return [id * 8 + 2, content.length, ...content];
}

function datItem(id: number, text: string): number[] {
  return datBytes(id, [...new TextEncoder().encode(text)]);
}

describe("a list that can not be used is left out and the rest compiles", () => {
  const { selector, list } = listOf("https://lists.example/a", "listed.example\n");
  const rules = [ruleOf("by-list", { selectors: [selector] }), ruleOf("by-hand")];
  const policies = [policyOf("p.yaml", rules)];
  const changed = {
    ...list,
    bytes: new TextEncoder().encode("listed.example\nblocked.example\nmore.example\n"),
  };

  test("whole, it matches", () =>
    expect(decidingRule(inputOf({ policies, lists: [list] }), { name: "listed.example" })).toBe("by-list"));

  test.each([
    ["another digest", "compiler/list-digest", [changed]],
    ["missing", "compiler/list-missing", []],
  ])("%s: %s", (_, code, lists) => {
    const input = inputOf({ policies, lists });
    expect(diagnosticsOf(input)).toEqual([["error", code, "by-list"]]);
    expect(decidingRule(input, { name: "listed.example" })).toBeNull();
    expect(decidingRule(input, { name: "more.example" })).toBeNull();
    expect(decidingRule(input, { name: "www.blocked.example" })).toBe("by-hand");
  });

  test("no UTF-8", () => {
    const bad = listOf("https://lists.example/bad", Uint8Array.of(0xff, 0xfe, 0x61));
    const input = inputOf({
      policies: [policyOf("p.yaml", [ruleOf("bad", { selectors: [bad.selector] })])],
      lists: [bad.list],
    });
    expect(diagnosticsOf(input)).toEqual([["error", "compiler/list-encoding", "bad"]]);
    expect(compile(input).ok).toBe(true);
  });

  test("lines that say nothing are counted, the first is named, the others load", () => {
    const dirty = listOf(
      "https://lists.example/dirty",
      "good.example\nnot a name at all\n<html>\nfine.example\n",
    );
    const input = inputOf({
      policies: [policyOf("p.yaml", [ruleOf("dirty", { selectors: [dirty.selector] })])],
      lists: [dirty.list],
    });
    const [diagnostic, ...others] = compile(input).diagnostics;
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({ code: "compiler/list-lines", severity: "warning", rule: "dirty" });
    expect(diagnostic?.message).toMatch(/^2 of \d lines .* first at line 2:/);
    expect(decidingRule(input, { name: "good.example" })).toBe("dirty");
    expect(decidingRule(input, { name: "fine.example" })).toBe("dirty");
  });
});

describe("faults of the documents mean no image", () => {
  const one = policyOf("one.yaml", [ruleOf("a")]);
  test.each<[string, string, CompileInput, RegExp]>([
    [
      "a policy that is missing",
      "compiler/missing-policy",
      inputOf({ layers: [{ id: "law", policies: ["one.yaml", "gone.yaml"] }], policies: [one] }),
      /`gone.yaml` of layer `law`/,
    ],
    [
      "a policy in two layers",
      "compiler/policy-twice",
      inputOf({
        layers: [
          { id: "x", policies: ["one.yaml"] },
          { id: "y", policies: ["one.yaml"] },
        ],
        policies: [one],
      }),
      /`one.yaml` is in two layers/,
    ],
    [
      "a rule id twice",
      "compiler/duplicate-rule",
      inputOf({ policies: [one, policyOf("two.yaml", [ruleOf("a")])] }),
      /`a` is used twice/,
    ],
    [
      "a territory that is none",
      "compiler/unknown-territory",
      inputOf({
        policies: [
          policyOf("p.yaml", [ruleOf("a", { scope: { ...ruleOf("a").scope, territories: ["UK"] } })]),
        ],
      }),
      /`UK` is no territory/,
    ],
    [
      "an egress that is none",
      "compiler/unknown-territory",
      inputOf({
        policies: [
          policyOf("p.yaml", [
            ruleOf("a", {
              effect: { action: "route", egress: ["group:EUU"], onFailure: "refuse", notice: {} },
            }),
          ]),
        ],
      }),
      /`group:EUU`/,
    ],
    [
      "a selector that can not be read",
      "compiler/selector",
      inputOf({
        policies: [
          policyOf("p.yaml", [ruleOf("a", { selectors: [{ type: "cidr", value: "192.0.2.1/24" }] })]),
        ],
      }),
      /`a`/,
    ],
  ])("%s: %s", (_, code, input, message) => {
    const compiled = compile(input);
    expect(compiled.ok).toBe(false);
    expect(compiled.diagnostics.map((each) => each.code)).toEqual([code]);
    expect(compiled.diagnostics[0]).toMatchObject({
      severity: "error",
      message: expect.stringMatching(message) as string,
    });
  });

  test("a mistaken code has a suggestion", () => {
    expect(helpFor(["Germany"])).toBe("did you mean DE?");
    expect(helpFor(["UK"])).toBe("did you mean GB?");
    expect(helpFor(["group:EUU"])).toMatch(/^the groups are .*group:EU, /);
    expect(helpFor(["group:eu"])).toBe("did you mean group:EU?");
  });
});

test("an override of nothing is a warning and compiles", () => {
  const input = inputOf({ policies: [policyOf("p.yaml", [ruleOf("a", { overrides: ["gone"] })])] });
  expect(diagnosticsOf(input)).toEqual([["warning", "compiler/unknown-override", "a"]]);
  expect(compile(input).ok).toBe(true);
});

test("statistics count what is in the image", () => {
  const { selector, list } = listOf("https://lists.example/a", "x.example\ny.example\n");
  const compiled = compile(
    inputOf({
      policies: [
        policyOf("p.yaml", [ruleOf("a", { selectors: [selector, { type: "cidr", value: "192.0.2.0/24" }] })]),
      ],
      lists: [list],
    }),
  );
  if (!compiled.ok) throw new Error("there is no image");
  expect(compiled.stats).toEqual({
    rules: 1,
    listEntries: 2,
    names: 2,
    urls: 0,
    prefixes: 1,
    bytes: compiled.image.length,
  });
});
