// A list that is written from policies blocks what `decide` blocks, and nothing else, in every format that says it is whole.
import { createHash } from "node:crypto";
import { compile, readSelectedList } from "@demarc/compiler";
import { formatList, LIST_FORMATS, type ListEntry, readList, type WritableFormat } from "@demarc/lists";
import { decide, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { parsePrefix, prefixContains } from "@demarc/net";
import type { PolicyDocument, Rule, Selector } from "@demarc/policy";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BlockedList, blockedList } from "../src/blocked/blocked-list.ts";
import { mentionsOf } from "../src/blocked/mentions.ts";

const at = Date.parse("2026-07-01T00:00:00Z");
const places = [
  { connector: "subject-location", territory: "DE", confidence: 1 },
  { connector: "operator-establishment", territory: "DE", confidence: 1 },
] as const;
const FORMATS = LIST_FORMATS.filter((format): format is WritableFormat => !format.endsWith("-dat"));

const NAMES = ["example", "a.example", "b.a.example", "c.b.a.example", "d.example", "x.test"];
const PREFIXES = [
  "192.0.2.0/24",
  "192.0.2.0/25",
  "192.0.2.64/26",
  "192.0.2.7/32",
  "2001:db8::/32",
  "2001:db8:8000::/33",
];
const URLS = ["http://a.example/x", "http://b.a.example/y/z", "http://192.0.2.7/x"];

const LISTS = [
  ["adguard", "||a.example^\n@@||b.a.example^\n|x.test^\n"],
  // Names and addresses that except each other.
  [
    "rpz",
    "*.d.example CNAME .\n24.0.2.0.192.rpz-ip CNAME .\nx.test CNAME rpz-passthru.\n26.64.2.0.192.rpz-ip CNAME rpz-passthru.\n",
  ],
].map(([format = "", text = ""]) => {
  const bytes = new TextEncoder().encode(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ref: `https://lists.example/${format}`, format, sha256, bytes };
});
const list = fc
  .constantFrom(...LISTS)
  .map(({ ref, sha256, format }) => ({ type: "list", ref, sha256, format }) as Selector);

const name = fc.constantFrom(...NAMES);
const domain: fc.Arbitrary<Selector> = fc.oneof(
  fc.record({
    type: fc.constant("domain" as const),
    value: name,
    match: fc.constantFrom("exact" as const, "subdomains" as const),
  }),
  name.map((value) => ({ type: "domain" as const, value: `*.${value}`, match: "wildcard" as const })),
);
const cidr: fc.Arbitrary<Selector> = fc
  .constantFrom(...PREFIXES)
  .map((value) => ({ type: "cidr" as const, value }));
const rest: fc.Arbitrary<Selector> = fc.oneof(
  fc.constantFrom<Selector>(
    { type: "port", value: 443 },
    { type: "port", value: { from: 8000, to: 8001 }, protocol: "tcp" },
    { type: "asn", value: 64500 },
    { type: "data-class", value: "personal-data" },
    { type: "any" },
  ),
  fc.record({
    type: fc.constant("url" as const),
    value: fc.constantFrom(...URLS),
    match: fc.constantFrom("exact" as const, "prefix" as const),
  }),
);
const selector = fc.oneof(
  { weight: 8, arbitrary: domain },
  { weight: 4, arbitrary: cidr },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: rest },
);

const written = fc.record({
  selectors: fc.array(selector, { minLength: 1, maxLength: 3 }),
  exceptions: fc.array(selector, { maxLength: 1 }),
  effect: fc.constantFrom("block", "block", "block", "block", "allow", "allow", "observe", "gate"),
  layer: fc.nat(1),
  territory: fc.constantFrom("DE", "DE", "DE", "AT"),
  connector: fc.constantFrom(
    "subject-location",
    "subject-location",
    "operator-establishment",
    "host-location",
  ),
  whenUnknown: fc.constantFrom("skip", "apply", "report"),
  ends: fc.constantFrom("2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-06-01T00:00:00Z"),
  hours: fc.constantFrom(false, false, false, false, true),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

function ruleOf(each: Written, index: number): Rule {
  const effect =
    each.effect === "block"
      ? { action: "block", notice: {} }
      : each.effect === "gate"
        ? { action: "gate", condition: "age-verified", minimumAge: 18, notice: {} }
        : { action: each.effect };
  return {
    id: `rule-${index}`,
    title: { en: "Rule" },
    status: "in-force",
    category: "other",
    selectors: each.selectors,
    exceptions: each.exceptions,
    effect,
    scope: {
      territories: [each.territory],
      connectors: [each.connector],
      minConfidence: 0.5,
      whenUnknown: each.whenUnknown,
    },
    ...(each.hours
      ? {
          schedule: {
            zone: "Europe/Berlin",
            windows: [{ days: ["mon", "tue", "wed"], from: "00:00", to: "24:00" }],
          },
        }
      : {}),
    legalBasis: {
      kind: "court-order",
      discretion: "mandatory",
      citations: [{ scheme: "ecli", id: "ECLI:DE:LGM:2026:0101.1O1.26.00" }],
      authority: { name: "Regional court", type: "court", jurisdiction: "DE" },
    },
    effective: "2026-01-01T00:00:00Z",
    expires: each.ends,
    justification: {
      aim: "test",
      necessity: "test",
      leastRestrictive: "test",
      overblocking: "none-expected",
    },
    remedy: { url: "https://court.example/appeal", body: "Regional court" },
  } as unknown as Rule;
}

function compiled(
  rules: readonly Written[],
  byDefault: "allow" | "refuse",
): { image: PolicyImage; policies: PolicyDocument[] } {
  const party = { name: "Example Access", type: "operator", jurisdiction: "DE" } as const;
  const common = { specVersion: "1.0", version: "1.0.0", title: { en: "Example" } } as const;
  const policies = [0, 1].map(
    (layer): PolicyDocument => ({
      ...common,
      id: `https://isp.example/${layer}`,
      publisher: party,
      published: "2026-01-01T00:00:00Z",
      rules: rules.map(ruleOf).filter((_, index) => rules[index]?.layer === layer),
    }),
  );
  const result = compile({
    set: {
      document: {
        ...common,
        id: "https://isp.example/set",
        operator: party,
        default: byDefault,
        layers: [0, 1].map((layer) => ({ id: `layer-${layer}`, policies: [`${layer}`] })),
      },
      digest: "ab".repeat(32),
    },
    policies: policies.map((document, layer) => ({ path: `${layer}`, document, digest: "cd".repeat(32) })),
    lists: LISTS,
  });
  const opened = result.ok ? openImage(result.image) : null;
  if (opened?.ok !== true) throw new Error(JSON.stringify(result.diagnostics));
  return { image: opened.value, policies };
}

// What is asked about: everything that is named, names one and two labels below, addresses in and beside, and facts beside them.
const ASKED_NAMES = NAMES.flatMap((each) => [each, `w.${each}`, `w.w.${each}`]).concat(
  "other",
  "other.other",
);
const ASKED_ADDRESSES = [
  "192.0.2.1",
  "192.0.2.7",
  "192.0.2.65",
  "192.0.2.130",
  "192.0.3.1",
  "2001:db8::1",
  "2001:db8:8000::1",
  "2001:db9::1",
].map((text) => {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new Error(text);
  return prefix.value.address;
});
const BESIDE: readonly Partial<Request>[] = [
  {},
  { port: 443, protocol: "tcp" },
  { port: 8000, protocol: "tcp" },
  { port: 8002, protocol: "udp" },
  { asn: 64500 },
  { dataClasses: ["personal-data"] },
];

const matches = (
  list: readonly ListEntry[],
  facts: { readonly name?: string; readonly address?: Uint8Array },
): boolean =>
  list.some((entry) => {
    if (entry.type === "domain")
      return (
        facts.name === entry.value ||
        (entry.match === "subdomains" && facts.name?.endsWith(`.${entry.value}`) === true)
      );
    if (entry.type === "url" || facts.address === undefined) return false;
    const prefix = parsePrefix(entry.value);
    return prefix.ok && prefixContains(prefix.value, facts.address);
  });

describe("a list written from policies", () => {
  test("blocks what decide blocks there and then, and tells what it does not", { timeout: 300_000 }, () => {
    let whole = 0;
    const check = (rules: readonly Written[], byDefault: "allow" | "refuse"): void => {
      const { image, policies } = compiled(rules, byDefault);
      const mentions = mentionsOf(policies, (asked) => {
        const found = LISTS.find(({ ref }) => ref === asked.ref);
        return found === undefined ? null : readSelectedList(asked, found.bytes);
      });
      const blocks = (facts: Partial<Request>) => decide(image, { at, places, ...facts }).effect === "block";
      for (const format of FORMATS) {
        const list: BlockedList = blockedList(image, mentions, { at, places }, format);
        const text = formatList(format, list.entries, { exceptions: list.exceptions });
        if (!text.ok) throw new Error(`${format} can not say what was chosen for it`);
        const read = readList(format, text.text);
        expect(read.diagnostics, text.text).toEqual([]);
        if (list.leftOut.length === 0 && list.entries.length > 0) whole += 1;
        for (const facts of [
          ...ASKED_NAMES.map((each) => ({ name: each })),
          ...ASKED_ADDRESSES.map((each) => ({ address: each })),
        ]) {
          const isListed = matches(read.entries, facts) && !matches(read.exceptions, facts);
          const where = `${format}: ${JSON.stringify(facts)} of ${text.text}`;
          if (list.leftOut.length === 0) expect(isListed, where).toBe(blocks(facts));
          if (!isListed) continue;
          for (const beside of BESIDE) expect(blocks({ ...facts, ...beside }), where).toBe(true);
          // A name at an address, an address with a name.
          if ("name" in facts)
            for (const address of ASKED_ADDRESSES) expect(blocks({ ...facts, address }), where).toBe(true);
          else for (const each of ASKED_NAMES) expect(blocks({ ...facts, name: each }), where).toBe(true);
        }
      }
    };
    fc.assert(
      fc.property(
        fc.array(written, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("allow" as const, "allow" as const, "allow" as const, "refuse" as const),
        check,
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 400) },
    );
    expect(whole).toBeGreaterThan(20);
  });
});
