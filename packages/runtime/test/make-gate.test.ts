import { decodeEntry, encodeEntry } from "@demarc/audit";
import { formatAddress } from "@demarc/net";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import fc from "fast-check";
import { type Activation, activationOf } from "../src/activation.ts";
import { DecisionCounts } from "../src/decision-counts.ts";
import { decisionEntry } from "../src/decision-entry.ts";
import { digestOfBytes } from "../src/digest-of-bytes.ts";
import { enforcedPolicy, type PolicyCell } from "../src/enforced-policy.ts";
import { type Facts, loadSite } from "../src/index.ts";
import { NO_EVIDENCE } from "../src/load-evidence.ts";
import { makeGate } from "../src/make-gate.ts";
import { readySite } from "../src/ready-site.ts";
import { type QueuedRecord, RecordQueue } from "../src/record-queue.ts";
import { BLOCK, CLIENT, policyText, SET, type SiteFiles, STRANGER, scratch, writeSite } from "./site.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");

const policy = Effect.fnUntraced(function* (files: SiteFiles = {}) {
  const folder = yield* scratch;
  const site = readySite(yield* loadSite(writeSite(folder, files)));
  activations.set(digestOfBytes(site.imageBytes), activationOf(site, []));
  return enforcedPolicy(site, NO_EVIDENCE, AT);
});

/** What the log would know of the images of these tests. */
const activations = new Map<string, Activation>();
const activationAt = (object: string): Activation => {
  const activation = activations.get(object);
  if (activation === undefined) throw new Error(`no activation of ${object}`);
  return activation;
};

/** A gate over the small site, with everything behind it in reach. */
const rig = Effect.fnUntraced(function* (files: SiteFiles = {}) {
  const cell: PolicyCell = { current: yield* policy(files), refused: null };
  const counts = new DecisionCounts();
  const queue = new RecordQueue();
  const clock = { now: AT };
  const gate = makeGate({ cell, counts, queue, now: () => clock.now, serial: { run: "boot", last: 0 } });
  const ask = (facts: Facts, response = "x") => {
    const decision = gate.decide(facts);
    return { decision, ref: gate.record(facts, decision, response) };
  };
  return { cell, counts, queue, clock, gate, ask };
});

/** The decision entries that wait, as the log will hold them. */
const entriesOf = (records: readonly QueuedRecord[]) =>
  records.flatMap((record) =>
    record.kind === "decision"
      ? [decisionEntry(record.pending, "test", activationAt(record.pending.object), null)]
      : [],
  );
const bytesOf = (queue: RecordQueue) =>
  entriesOf(queue.peek(Number.MAX_SAFE_INTEGER)).map((entry) => {
    const bytes = encodeEntry(entry);
    if (!bytes.ok) throw new Error(bytes.issue.message);
    return bytes.value;
  });

it.effect("what passes is counted and nothing else", () =>
  Effect.gen(function* () {
    const { ask, counts, queue } = yield* rig();
    expect(ask({ name: "free.example", client: CLIENT })).toMatchObject({
      decision: { verdict: "pass" },
      ref: null,
    });
    expect([counts.passed, counts.refused, queue.waiting, counts.byRule.size]).toEqual([1, 0, 0, 0]);
  }),
);

it.effect("what is refused is counted, listed and can be found by its reference", () =>
  Effect.gen(function* () {
    const { ask, counts, queue } = yield* rig();
    const first = ask({ name: "www.piracy.example", client: CLIENT }, "NXDOMAIN");
    const second = ask({ name: "piracy.example", client: CLIENT }, "NXDOMAIN");
    expect([first.ref, second.ref]).toEqual(["boot-1", "boot-2"]);
    expect([counts.passed, counts.refused, counts.byRule.get("court")]).toEqual([0, 2, 2]);
    expect(entriesOf(queue.peek(9))).toMatchObject([
      {
        id: "boot-1",
        time: "2026-11-24T12:00:00.000Z",
        input: { name: "www.piracy.example", dataClasses: ["personal-data"] },
        decision: { verdict: "refuse", effect: "block", rule: "court", layer: "law" },
        law: { kind: "court-order", authority: { name: "Landgericht Example" } },
        response: "NXDOMAIN",
      },
      { id: "boot-2" },
    ]);
  }),
);

it.effect("what a rule observes passes, is counted for the rule, and is listed", () =>
  Effect.gen(function* () {
    const { ask, counts, queue } = yield* rig();
    expect(ask({ name: "parked.test", client: CLIENT })).toMatchObject({
      decision: { verdict: "pass", observed: [{ id: "watch" }] },
      ref: "boot-1",
    });
    expect([counts.passed, counts.byRule.get("watch"), queue.waiting]).toEqual([1, 1, 1]);
  }),
);

it.effect(
  "a conflict of laws is in the decision and the log; one that nothing decides is listed though it passes",
  () =>
    Effect.gen(function* () {
      const allow = policyText({ ...BLOCK, id: "own", action: "allow" }, BLOCK).replace(
        "connectors: [subject-location]",
        "connectors: [operator-establishment]",
      );
      const under = (conflict: string) =>
        rig({ "policies/rules.yaml": allow, "policy-set.yaml": `${SET}conflict: ${conflict}\n` });
      const laws = [
        { connector: "subject-location", rule: "court" },
        { connector: "operator-establishment", rule: "own" },
      ];
      const asked = { name: "piracy.example", client: CLIENT };

      const report = yield* under("report");
      expect(report.ask(asked)).toMatchObject({
        decision: { verdict: "pass", conflict: { strategy: "report", resolved: false } },
        ref: "boot-1",
      });
      expect(entriesOf(report.queue.peek(9))).toMatchObject([
        { decision: { rule: "own", conflict: { strategy: "report", outcome: "unresolved", laws } } },
      ]);

      const strictest = yield* under("strictest");
      expect(strictest.ask(asked).decision).toMatchObject({ verdict: "refuse", rule: { id: "court" } });
      for (const bytes of bytesOf(strictest.queue)) {
        const entry = decodeEntry(bytes);
        expect(entry.ok && entry.value).toMatchObject({
          decision: { rule: "court", conflict: { strategy: "strictest", outcome: "resolved", laws } },
        });
      }

      // Decided for the freer law: traffic that passes is nobody's business.
      const operator = yield* under("operator-first");
      expect(operator.ask(asked)).toMatchObject({
        decision: { verdict: "pass", conflict: { resolved: true } },
        ref: null,
      });
      // One law alone is no conflict.
      const { decision } = operator.ask({ name: "piracy.example", client: STRANGER });
      expect(decision).not.toHaveProperty("conflict");
    }),
);

it.effect("what a route rule lets through has passed", () =>
  Effect.gen(function* () {
    const { gate, counts, queue } = yield* rig();
    const facts = { name: "free.example", client: CLIENT };
    const routed = { ...gate.decide(facts), effect: "route", reason: "egress-permitted" } as const;
    expect(gate.record(facts, routed, "x")).toBeNull();
    expect([counts.passed, counts.refused, queue.waiting]).toEqual([1, 0, 0]);
  }),
);

it.effect("a client that the map does not know has no place, and its rule does not apply", () =>
  Effect.gen(function* () {
    const { ask } = yield* rig();
    expect(ask({ name: "piracy.example", client: STRANGER }).decision.verdict).toBe("pass");
    expect(ask({ name: "piracy.example" }).decision.verdict).toBe("pass");
  }),
);

it.effect("the clock decides: a rule in the cell begins and ends on time", () =>
  Effect.gen(function* () {
    const { ask, clock } = yield* rig({
      "policies/rules.yaml": policyText({
        ...BLOCK,
        effective: "2026-01-01T00:00:00Z",
        expires: "2027-01-01T00:00:00Z",
      }),
    });
    const verdict = (at: string) => {
      clock.now = Date.parse(at);
      return ask({ name: "piracy.example", client: CLIENT }).decision.verdict;
    };
    expect(
      [
        "2025-12-31T23:59:59.999Z",
        "2026-01-01T00:00:00Z",
        "2026-12-31T23:59:59.999Z",
        "2027-01-01T00:00:00Z",
      ].map(verdict),
    ).toEqual(["pass", "refuse", "refuse", "pass"]);
  }),
);

it.effect(
  "a record names the instant, the places and the set that it was decided with, though they changed since",
  () =>
    Effect.gen(function* () {
      const { cell, clock, gate, queue } = yield* rig();
      const before = cell.current.image;
      const facts = { name: "piracy.example", client: CLIENT };
      const decision = gate.decide(facts);
      clock.now += 60_000;
      const set = "policy-set.yaml";
      const other = yield* policy({ "networks.yaml": null, [set]: NEXT_SET });
      cell.current = other;
      gate.record(facts, decision, "x");
      expect(other.image.set.digest).not.toBe(before.set.digest);
      expect(entriesOf(queue.peek(9))).toMatchObject([
        {
          time: "2026-11-24T12:00:00.000Z",
          places: expect.arrayContaining([
            expect.objectContaining({ connector: "subject-location", territory: "DE" }),
          ]),
          policy: {
            set: before.set.id,
            version: before.set.version,
            digest: before.set.digest,
            image: before.digest,
          },
        },
      ]);
    }),
);

const NEXT_SET = `specVersion: "1.0"
id: https://isp.example/policy-set
version: 2.0.0
title: { en: Next }
operator: { name: Example Access, type: operator, jurisdiction: DE, contact: "mailto:noc@isp.example" }
default: allow
layers: [{ id: law, title: { en: Law }, policies: [policies/rules.yaml] }]
`;

const bytes = (...lengths: readonly number[]) =>
  fc.oneof(...lengths.map((length) => fc.uint8Array({ minLength: length, maxLength: length })));
const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);

it.effect("taint: no client and no name that passed is in any byte that is kept", () =>
  Effect.gen(function* () {
    const { ask, cell, counts, queue } = yield* rig();
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(bytes(4, 16), label, fc.constantFrom("piracy.example", "parked.test", "free.example")),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (asked) => {
          const rest = queue.waiting;
          queue.remove(rest);
          const kept: string[] = [];
          for (const [client, first, last] of [...asked, [CLIENT, "www", "piracy.example"] as const]) {
            const name = `taint-${first}.${last}`;
            const { ref } = ask({ name, client, port: 443, protocol: "tcp" });
            if (ref !== null) kept.push(name);
          }
          const entries = bytesOf(queue);
          expect(entries.length).toBe(kept.length);
          const text = `${entries.map((entry) => new TextDecoder().decode(entry)).join("\n")}${JSON.stringify(
            {
              counts: [
                ...counts.byRule.keys(),
                ...counts.series.flatMap((minute) => [...minute.rules.keys()]),
              ],
              image: cell.current.image.digest,
            },
          )}`;
          for (const [client, first, last] of asked) {
            const name = `taint-${first}.${last}`;
            if (!kept.includes(name)) expect(text).not.toContain(`"${name}"`);
            expect(text).not.toContain(`"${formatAddress(client)}"`);
          }
          expect(text).not.toContain(formatAddress(CLIENT));
          expect(text).not.toContain("taint-free");
          expect(text).not.toMatch(/"client"/);
          for (const entry of entries) expect(decodeEntry(entry).ok).toBe(true);
        },
      ),
    );
  }),
);

it.effect("the client's address is nowhere in what waits for the log, in no form", () =>
  Effect.gen(function* () {
    const { ask, queue } = yield* rig();
    ask({ name: "piracy.example", client: CLIENT });
    const seen = new Set<unknown>();
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null || seen.has(value)) return;
      seen.add(value);
      expect(value).not.toBe(CLIENT);
      for (const each of Object.values(value)) visit(each);
    };
    expect(queue.waiting).toBe(1);
    visit(queue.peek(1));
  }),
);

it.effect("decide and record never throw, whatever the facts, and every decision is counted once", () =>
  Effect.gen(function* () {
    const { ask, counts, queue } = yield* rig();
    const facts: fc.Arbitrary<Facts> = fc.record(
      {
        name: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("piracy.example", "x.parked.test")),
        address: bytes(0, 3, 4, 16, 17),
        client: fc.oneof(bytes(0, 4, 5, 16), fc.constant(CLIENT)),
        port: fc.oneof(fc.integer(), fc.double()),
        protocol: fc.constantFrom("tcp" as const, "udp" as const),
        url: fc.oneof(fc.webUrl(), fc.string()),
        dataClasses: fc.subarray(["personal-data", "health-data"]),
      },
      { requiredKeys: [] },
    );
    let asked = 0;
    fc.assert(
      fc.property(facts, (each) => {
        asked += 1;
        ask(each);
        expect(counts.passed + counts.refused).toBe(asked);
      }),
      // One that is refused for certain: what the generator finds differs from run to run.
      { numRuns: 200, examples: [[{ name: "piracy.example", client: CLIENT, port: 443 }]] },
    );
    // What was refused can be written, too: the log never meets an entry that it can not hold.
    for (const entry of bytesOf(queue)) expect(decodeEntry(entry).ok).toBe(true);
    expect(queue.waiting).toBeGreaterThan(0);
  }),
);

it.effect("a full queue: decisions are made as before, and each is counted", () =>
  Effect.gen(function* () {
    const { cell } = yield* rig();
    const counts = new DecisionCounts();
    const queue = new RecordQueue(3);
    const gate = makeGate({ cell, counts, queue, now: () => AT, serial: { run: "boot", last: 0 } });
    const refs = Array.from({ length: 10 }, () => {
      const facts = { name: "piracy.example", client: CLIENT };
      const decision = gate.decide(facts);
      expect(decision.verdict).toBe("refuse");
      return gate.record(facts, decision, "x");
    });
    expect(new Set(refs).size).toBe(10);
    expect([counts.refused, queue.waiting, queue.dropped, queue.gap()?.count]).toEqual([10, 3, 7, 7]);
  }),
);
