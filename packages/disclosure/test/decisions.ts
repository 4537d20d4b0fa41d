import type { Decision, RuleRecord } from "@demarc/matcher";

export const OPERATOR = {
  name: "Example Access GmbH",
  jurisdiction: "DE",
  contact: "transparency@isp.example",
  url: "https://isp.example/",
};

export const COURT_RULE: RuleRecord = {
  index: 0,
  id: "de-court-2026-0115",
  title: { en: "Court order", de: "Gerichtsbeschluss" },
  status: "in-force",
  category: "intellectual-property",
  effect: { action: "block", notice: {} },
  scope: {
    territories: ["DE"],
    connectors: ["subject-location"],
    minConfidence: 0.9,
    whenUnknown: "skip",
  },
  legalBasis: {
    kind: "court-order",
    discretion: "mandatory",
    citations: [
      { scheme: "ecli", id: "ECLI:DE:LGEXMPL:2026:0115.14O100.25.00" },
      { scheme: "celex", id: "32014R0833", pinpoint: ["art_2f"] },
    ],
    authority: { name: "Landgericht Example", type: "court", jurisdiction: "DE" },
    issued: "2026-01-15",
  },
  effective: "2026-02-01T00:00:00Z",
  expires: "2027-02-01T00:00:00Z",
  justification: { aim: "rights-of-others", necessity: "Operator unreachable." },
  remedy: { url: "https://isp.example/appeal", body: "Landgericht Example" },
  overrides: [],
  policy: {
    id: "https://policies.example/de",
    version: "1.0.0",
    digest: "ab".repeat(32),
    publisher: { name: "Example Access GmbH", type: "operator" },
  },
  layer: "law",
  layerIndex: 0,
};

/** A refusal by `COURT_RULE` with some of its fields replaced. */
export function refusal(change: Partial<RuleRecord> = {}): Decision {
  const rule = { ...COURT_RULE, ...change };
  return {
    effect: rule.effect.action === "observe" ? "block" : rule.effect.action,
    verdict: "refuse",
    reason: "rule",
    rule,
    observed: [],
    image: "cd".repeat(32),
  };
}
