import { createHash } from "node:crypto";
import type { DecisionEntry } from "../../dist/index.js";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
// Small and fixed, so that every run sees the same traffic.
let state = 6;
const random = (below: number): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state % below;
};
const names = Array.from(
  { length: 2000 },
  (_, at) => `${digest(`name ${at}`).slice(0, 4 + (at % 12))}.blocked-${at % 90}.example`,
);

/** The listed decision number `at` of a busy filter, with the pseudonym of one of 5,000 clients. */
export function decisionOf(at: number): DecisionEntry {
  const number = random(12);
  const rule = { id: `order-${number}`, policy: `https://court-${number % 5}.example/policy` };
  return {
    v: 1,
    type: "decision",
    id: `k3f9a2zq-${at + 1}`,
    run: "k3f9a2zq",
    seq: at + 1,
    time: new Date(1_772_366_400_000 + at * 40 + random(40)).toISOString(),
    enforcer: "dns-filter",
    places: [
      { connector: "subject-location", territory: ["DE", "FR", "AT"].at(random(3)) ?? "DE", confidence: 0.9 },
      { connector: "operator-establishment", territory: "DE", confidence: 1 },
    ],
    data: digest("data"),
    policy: {
      set: "https://isp.example/policy-set",
      version: "1.0.0",
      digest: digest("set"),
      image: digest("image"),
      object: digest("object"),
      activation: 2,
      rulePolicy: { id: rule.policy, version: "1.0.0", digest: digest(rule.policy) },
    },
    engine: { name: "demarc", version: "0.1.0", digest: digest("engine") },
    input: { name: names[random(names.length)] },
    client: { epoch: "2026-03-01", pseudonym: digest(`client ${random(5000)}`).slice(0, 32) },
    decision: {
      effect: "block",
      verdict: "refuse",
      reason: "rule",
      rule: rule.id,
      layer: "law",
      observed: [],
      ground: "legal-mandatory",
    },
    law: {
      kind: "court-order",
      authority: { name: "Landgericht Example", type: "court", jurisdiction: "DE" },
      citations: [{ scheme: "docket", id: `12 O ${rule.id.slice(6)}/26` }],
    },
    response: "NXDOMAIN",
    mode: "enforced",
  };
}
