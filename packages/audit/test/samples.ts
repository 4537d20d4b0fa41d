import type { DecisionEntry, Entry } from "@demarc/audit";

const digest = "ab".repeat(32);
const time = "2026-03-01T12:00:00.000Z";
const enforcer = "dns.operator.example";
const policy = { set: "set.example", version: "1.0.0", digest, image: digest };

/** A decision entry with every field. */
export const decisionSample: DecisionEntry = {
  v: 1,
  type: "decision",
  id: "d-0001",
  time,
  enforcer,
  places: [{ connector: "subject-location", territory: "DE", confidence: 0.9 }],
  policy: { ...policy, rulePolicy: { id: "court.example", version: "1.0.0", digest } },
  engine: { name: "demarc", version: "0.1.0" },
  input: {
    name: "blocked.example",
    address: "192.0.2.1",
    port: 443,
    protocol: "tcp",
    url: "http://blocked.example/a",
    dataClasses: ["health"],
  },
  decision: {
    effect: "block",
    verdict: "refuse",
    reason: "rule",
    rule: "order-1",
    layer: "courts",
    observed: ["watch-1"],
  },
  law: {
    kind: "court-order",
    authority: {
      name: "Court of Example",
      type: "court",
      jurisdiction: "DE",
      contact: "office@court.example",
    },
    citations: [
      {
        scheme: "ecli",
        id: "ECLI:DE:EX:2026:1",
        pinpoint: ["1"],
        title: "Order",
        court: "Court",
        date: "2026-01-01",
        sha256: digest,
      },
    ],
  },
  response: "NXDOMAIN",
};

/** One entry of each type. */
export const samples: readonly Entry[] = [
  decisionSample,
  { v: 1, type: "count", enforcer, from: time, until: time, counts: { allow: 12 }, byRule: { "order-1": 2 } },
  { v: 1, type: "gap", enforcer, from: time, until: time, count: 3, cause: "queue full" },
  { v: 1, type: "heartbeat", enforcer, time },
  {
    v: 1,
    type: "policy.activated",
    enforcer,
    time,
    policy,
    policies: [{ id: "court.example", version: "1", digest }],
  },
  {
    v: 1,
    type: "policy.refused",
    enforcer,
    time,
    issues: [{ code: "policy/x", message: "wrong" }],
    image: null,
  },
  { v: 1, type: "key", enforcer, time, verifierKey: "log.example+00000000+AQ==" },
];
