import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import fc from "fast-check";
import { DecisionCounts, SERIES_MINUTES } from "../src/decision-counts.ts";
import { enforcedPolicy, type PolicyCell } from "../src/enforced-policy.ts";
import { loadSite, readStatus } from "../src/index.ts";
import { NO_EVIDENCE } from "../src/load-evidence.ts";
import { readySite } from "../src/ready-site.ts";
import { type StatusParts, writeStatus } from "../src/write-status.ts";
import { scratch, writeSite } from "./site.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");
const MINUTE = 60_000;
const WARNING = { code: "compiler/list-lines", severity: "warning", message: "a line says nothing" } as const;

const rig = Effect.gen(function* () {
  const folder = yield* scratch;
  const site = readySite(yield* loadSite(writeSite(join(folder, "site"))));
  const cell: PolicyCell = {
    current: enforcedPolicy({ ...site, issues: [WARNING, WARNING] }, NO_EVIDENCE, AT),
    refused: null,
  };
  const counts = new DecisionCounts();
  const audit = {
    state: "ok",
    message: null,
    origin: "demarc.example/test",
    verifierKey: "k",
    size: 1,
    waiting: 0,
    dropped: 0,
  } as const;
  const none = () => null;
  const parts: StatusParts = {
    app: "test",
    startedAt: AT,
    listen: null,
    cell,
    counts,
    audit: () => audit,
    witnesses: none,
    release: none,
  };
  return { folder, file: join(folder, "status.json"), cell, counts, parts, audit };
});

it.effect("the file says what is in force, what was decided, and how the log is", () =>
  Effect.gen(function* () {
    const { file, counts, parts, cell, audit } = yield* rig;
    counts.add(AT, true, null, [{ id: "watch" }]);
    counts.add(AT + MINUTE, false, "court", []);
    yield* writeStatus(file, parts);
    expect(readStatus(file)).toMatchObject({
      v: 1,
      app: "test",
      pid: process.pid,
      startedAt: "2026-11-24T12:00:00.000Z",
      listen: null,
      policy: {
        version: "1.0.0",
        image: cell.current.image.digest,
        lastGood: false,
        warnings: 2,
        refused: null,
      },
      decisions: { passed: 1, refused: 1, byRule: { court: 1, watch: 1 } },
      series: [
        { minute: "2026-11-24T12:00:00.000Z", passed: 1, refused: 0, rules: { watch: 1 } },
        { minute: "2026-11-24T12:01:00.000Z", passed: 0, refused: 1, rules: { court: 1 } },
      ],
      audit,
    });
  }),
);

it.effect("a refused site is told with errors and their places, without warnings", () =>
  Effect.gen(function* () {
    const { file, parts, cell } = yield* rig;
    cell.refused = {
      at: AT,
      issues: [
        { code: "a/b", severity: "error", message: "m", file: "p.yaml", line: 3, column: 4, help: "h" },
        { code: "a/c", severity: "warning", message: "w" },
        { code: "a/d", severity: "error", message: "n" },
      ],
    };
    yield* writeStatus(file, parts);
    expect(readStatus(file)?.policy).toMatchObject({
      lastGood: true,
      refused: {
        at: "2026-11-24T12:00:00.000Z",
        issues: [
          { where: "p.yaml:3:4", code: "a/b", message: "m", help: "h" },
          { where: "", code: "a/d", message: "n", help: null },
        ],
      },
    });
  }),
);

// Reads as fast as it can until told to stop, and says what it saw.
const READER = `
const { parentPort, workerData } = require("node:worker_threads");
const { readFileSync } = require("node:fs");
let broken = 0;
const [STOP, VERSIONS] = [0, 1];
const shared = new Int32Array(workerData.shared);
let last = "";
parentPort.postMessage("ready");
while (Atomics.load(shared, STOP) === 0) {
  try {
    const text = readFileSync(workerData.file, "utf8");
    if (text !== last) {
      Atomics.add(shared, VERSIONS, 1);
      if (JSON.parse(text).v !== 1) broken += 1;
    }
    last = text;
  } catch { broken += 1; }
}
parentPort.postMessage(broken);
`;

it.live("a reader at any time finds whole, valid JSON", () =>
  Effect.gen(function* () {
    const { file, folder, counts, parts } = yield* rig;
    // A file that takes more than one write to disk.
    for (let rule = 0; rule < 4_000; rule += 1) counts.add(AT, false, `rule-${rule}`, []);
    yield* writeStatus(file, parts);
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(READER, { eval: true, workerData: { file, shared: shared.buffer } });
    const told = () => new Promise<unknown>((resolve) => worker.once("message", resolve));
    yield* Effect.promise(told);
    for (let round = 0; round < 2_000 && Atomics.load(shared, 1) < 30; round += 1) {
      counts.add(AT, true, null, []);
      yield* writeStatus(file, parts);
    }
    const broken = told();
    Atomics.store(shared, 0, 1);
    expect(yield* Effect.promise(() => broken)).toBe(0);
    expect(Atomics.load(shared, 1)).toBeGreaterThanOrEqual(30);
    expect(readdirSync(folder).filter((name) => name.startsWith("status"))).toEqual(["status.json"]);
  }),
);

it.effect("a status that can not be written stops nothing", () =>
  Effect.gen(function* () {
    const { folder, parts } = yield* rig;
    yield* writeStatus(join(folder, "no-such-folder", "status.json"), parts);
  }),
);

it.effect("what is no status of this version reads as none", () =>
  Effect.gen(function* () {
    const { file, parts } = yield* rig;
    expect(readStatus(file)).toBeNull();
    yield* writeStatus(file, parts);
    const whole = readFileSync(file, "utf8");
    fc.assert(
      fc.property(fc.nat(whole.length - 3), (length) => {
        writeFileSync(file, whole.slice(0, length));
        expect(readStatus(file)).toBeNull();
      }),
    );
    for (const text of ["null", "[]", "1", '{"v":1}', whole.replace('"v":1', '"v":2')]) {
      writeFileSync(file, text);
      expect(readStatus(file)).toBeNull();
    }
    rmSync(file);
  }),
);

it("counts: totals are the sum of decisions, the series is the last hour in order", () => {
  const decision = fc.tuple(fc.integer({ min: -2, max: 40 }), fc.boolean(), fc.constantFrom(null, "a", "b"));
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 200 }), (decisions) => {
      const counts = new DecisionCounts();
      let now = AT;
      for (const [minutes, passed, rule] of decisions) {
        // Clocks are set back now and then.
        now += minutes * MINUTE;
        counts.add(now, passed, rule, [{ id: "o" }]);
      }
      expect(counts.passed + counts.refused).toBe(decisions.length);
      expect(counts.byRule.get("o") ?? 0).toBe(decisions.length);
      const minutes = counts.series.map((each) => each.minute);
      expect(minutes).toEqual([...new Set(minutes)].toSorted((a, b) => a - b));
      const span = (minutes.at(-1) ?? 0) - (minutes[0] ?? 0);
      expect(span).toBeLessThan(SERIES_MINUTES * MINUTE);
    }),
  );
});
