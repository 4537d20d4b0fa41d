// Parts of an image with something of everything, and requests that reach all of it.
import {
  type ImageParts,
  KeyCollector,
  PrefixCollector,
  placePatterns,
  type RulePart,
} from "../../src/format.ts";
import type { Effect, Request, RuleRecord } from "../../src/index.ts";

const at = Date.parse("2026-06-01T00:00:00Z");

/** A rule of layer 0 about Germany. */
export function rulePart(id: string, action: Effect, written: Partial<RulePart> = {}): RulePart {
  const record: Omit<RuleRecord, "index"> = {
    id,
    title: { en: id },
    status: "in-force",
    category: "test",
    effect: action === "route" ? { action, egress: ["DE"], onFailure: "refuse" } : { action },
    scope: {
      territories: ["DE", "group:EU"],
      connectors: ["subject-location"],
      minConfidence: 0.5,
      whenUnknown: "report",
    },
    legalBasis: {
      kind: "court-order",
      discretion: "mandatory",
      citations: [{ scheme: "docket", id: "1 O 1/26", pinpoint: ["1"] }],
      authority: { name: "Court", type: "court" },
    },
    effective: "2026-01-01T00:00:00Z",
    justification: { aim: "test" },
    remedy: { url: "https://court.example/", body: "Court" },
    overrides: [],
    policy: {
      id: "https://policies.example/p",
      version: "1",
      digest: "cd".repeat(32),
      publisher: { name: "P", type: "other" },
    },
    layer: "law",
    layerIndex: 0,
  };
  return {
    record,
    effective: Date.parse("2026-01-01T00:00:00Z"),
    expires: Number.POSITIVE_INFINITY,
    overrides: [],
    territories: [
      { code: "DE", isGroup: false },
      { code: "group:EU", isGroup: true },
    ],
    except: [{ code: "x-de-harbour", isGroup: false }],
    egress: action === "route" ? [{ code: "DE", isGroup: false }] : [],
    ...written,
  };
}

// A schedule that always holds, in two pieces, and states that end in force: their tables are read, the answers stay plain.
const WINDOWS = [
  { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "06:00", to: "22:30" },
  { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "22:30", to: "06:00" },
];
const STATES = [
  { from: Date.parse("2026-02-01T00:00:00Z"), state: "stayed" },
  { from: Date.parse("2026-03-01T00:00:00Z"), state: "in-force" },
] as const;

function withRecord(part: RulePart, written: Partial<RuleRecord>): RulePart {
  return { ...part, record: { ...part.record, ...written } };
}

/** Five rules, one per effect, reached by every kind of selector. */
export const parts: ImageParts = {
  set: {
    id: "https://isp.example/set",
    version: "1.0.0",
    digest: "ab".repeat(32),
    default: "allow",
    operator: { name: "Example Access", jurisdiction: "DE" },
    layers: ["law"],
  },
  rules: [
    rulePart("a", "block", { overrides: [1] }),
    rulePart("b", "allow"),
    withRecord(rulePart("c", "route", { schedule: 0 }), {
      schedule: { zone: "Europe/Berlin", windows: WINDOWS },
    }),
    withRecord(rulePart("d", "gate", { expires: at + 1, states: STATES }), {
      history: STATES.map(({ from, state }) => ({ state, from: new Date(from).toISOString() })),
    }),
    rulePart("e", "observe"),
  ],
  intervals: [
    { group: "group:EU", territory: "FR", from: 0, until: Number.POSITIVE_INFINITY, inside: true },
    { group: "group:EU", territory: "x-fr-cove", from: 0, until: at, inside: false },
  ],
  atoms: [
    { rule: 0, role: "selector", list: null },
    { rule: 1, role: "selector", list: null },
    { rule: 2, role: "selector", list: "https://lists.example/l" },
    { rule: 3, role: "selector", list: null },
    { rule: 4, role: "selector", list: null },
    { rule: 0, role: "exception", list: null },
  ],
  names: new KeyCollector()
    .add("a.example", 0, { atom: 0, excluded: false })
    .add("example", 1, { atom: 1, excluded: false })
    .add("example", 1, { atom: 2, excluded: false })
    .add("b.example", 1, { atom: 2, excluded: true })
    .add("b.example", 1, { atom: 5, excluded: false })
    .add("b.example", 2, { atom: 0, excluded: false }),
  urls: new KeyCollector()
    .add("http://a.example/x", 0, { atom: 3, excluded: false })
    .add("http://a.example/", 1, { atom: 0, excluded: false }),
  patterns: placePatterns([
    { pattern: "||a.example/ads/*.gif|", postings: [{ atom: 2, excluded: false }] },
    {
      pattern: "/ads/*/y^",
      postings: [
        { atom: 2, excluded: false },
        { atom: 5, excluded: false },
      ],
    },
    { pattern: "/ads/ok^", postings: [{ atom: 2, excluded: true }] },
    { pattern: "|https://b.example^x*banner/y", postings: [{ atom: 2, excluded: false }] },
  ]).placed,
  prefixes: new PrefixCollector()
    .add({ address: Uint8Array.of(192, 0, 2, 0), length: 24 }, { atom: 3, excluded: false })
    .add({ address: Uint8Array.of(192, 0, 2, 128), length: 25 }, { atom: 0, excluded: false })
    .add(
      { address: Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), length: 32 },
      { atom: 2, excluded: false },
    ),
  ports: [
    { from: 53, to: 60, protocol: "udp", postings: [{ atom: 3, excluded: false }] },
    { from: 443, to: 443, protocol: null, postings: [{ atom: 1, excluded: false }] },
  ],
  classes: new Map([["health", [{ atom: 3, excluded: false }]]]),
  asns: new Map([[64_500, [{ atom: 3, excluded: false }]]]),
  schedules: [
    {
      windows: WINDOWS,
      offsets: [
        { from: Date.parse("2025-10-26T01:00:00Z"), seconds: 3600 },
        { from: Date.parse("2026-03-29T01:00:00Z"), seconds: 7200 },
      ],
    },
  ],
  any: [{ atom: 4, excluded: false }],
};

/** Requests that reach every selector family, with known, foreign and unknown places. */
export const requests: readonly Request[] = [
  { at },
  { at, name: "a.example", places: [{ connector: "subject-location", territory: "DE", confidence: 1 }] },
  {
    at,
    name: "www.b.example",
    places: [{ connector: "subject-location", territory: "x-fr-cove", confidence: 1 }],
  },
  {
    at,
    name: "c.example",
    address: Uint8Array.of(192, 0, 2, 200),
    port: 53,
    protocol: "udp",
    url: "http://a.example/x",
    dataClasses: ["health"],
    places: [
      { connector: "subject-location", territory: "FR", confidence: 0.5 },
      { connector: "host-location", territory: "DE", confidence: 1 },
    ],
  },
  {
    at,
    address: Uint8Array.of(0x20, 1, 0xd, 0xb8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    port: 443,
    places: [],
  },
  { at, url: "https://www.a.example/ads/x/ads/y/banner.GIF" },
  { at, url: `https://b.example/x/ads/ok${"/a-banner/ads".repeat(90)}/y` },
  { at: Number.MAX_SAFE_INTEGER, name: "a".repeat(300), url: "http://a.example/x/y?z#".repeat(9) },
];
