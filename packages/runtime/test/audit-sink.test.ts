import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeEntry, type Entry } from "@demarc/audit";
import { type LogOptions, openReader, verifyLog } from "@demarc/audit/node";
import { expect, it } from "@effect/vitest";
import { Effect, Exit, Scope } from "effect";
import { vi } from "vitest";
import { type Activation, activationOf } from "../src/activation.ts";
import { type AuditSink, makeAuditSink } from "../src/audit-sink.ts";
import { DecisionCounts } from "../src/decision-counts.ts";
import { digestOfBytes } from "../src/digest-of-bytes.ts";
import { enforcedPolicy } from "../src/enforced-policy.ts";
import { type Facts, loadSite } from "../src/index.ts";
import { NO_EVIDENCE } from "../src/load-evidence.ts";
import type { LogPort } from "../src/log-port.ts";
import { LogWriter } from "../src/log-writer.ts";
import { makeGate } from "../src/make-gate.ts";
import { readySite } from "../src/ready-site.ts";
import { RecordQueue } from "../src/record-queue.ts";
import { CLIENT, type SiteFiles, scratch, writeSite } from "./site.ts";

// A disk that can be full: the log is the real one, and what it writes fails on demand.
const disk = vi.hoisted(() => ({ full: false, checkpointFailed: false, appends: 0 }));
vi.mock("@demarc/audit/node", async (original) => {
  const real = await original<typeof import("@demarc/audit/node")>();
  const fault = () =>
    new real.AuditError("audit/write-failed", "the log can not be written: disk full", {
      help: "free space",
    });
  return {
    ...real,
    openLog: async (options: LogOptions) => {
      if (disk.full) throw fault();
      const log = await real.openLog(options);
      return {
        get size() {
          return log.size;
        },
        get failure() {
          return disk.checkpointFailed ? fault() : log.failure;
        },
        append: (entry: Entry | Uint8Array) => log.append(entry),
        appendAll: (entries: readonly Uint8Array[]) => {
          disk.appends += 1;
          return disk.full ? Promise.reject(fault()) : log.appendAll(entries);
        },
        putObject: (bytes: Uint8Array) => log.putObject(bytes),
        close: () => {
          disk.checkpointFailed = false;
          return log.close();
        },
      };
    },
  };
});

const AT = Date.parse("2026-11-24T12:00:00Z");

/** A log in this thread that knows an image, so that nothing but the key is in it before the first decision. */
function portTo(directory: string, activation: Activation): LogPort {
  const writer = new LogWriter({ directory, app: "test" });
  return {
    open: (known) => writer.open([activation, ...known]),
    write: (batch) => writer.write(batch),
    release: (request) => writer.release(request),
    failure: () => writer.failure(),
    close: () => writer.close(),
  };
}

/** A gate, its queue, and a sink that ends with `stop`. */
const rig = Effect.fnUntraced(function* (limit?: number, files: SiteFiles = {}) {
  disk.full = false;
  disk.checkpointFailed = false;
  const folder = yield* scratch;
  const site = readySite(yield* loadSite(writeSite(join(folder, "site"), files)));
  const queue = new RecordQueue(limit);
  const counts = new DecisionCounts();
  const current = enforcedPolicy(site, NO_EVIDENCE, AT);
  const gate = makeGate({
    cell: { current, refused: null },
    counts,
    queue,
    now: () => AT,
    serial: { run: "boot", last: 0 },
  });
  let asked = 0;
  /** Refuses `count` requests, each of its own name. */
  const refuse = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      asked += 1;
      const facts: Facts = { name: `n${asked}.piracy.example`, client: CLIENT };
      const decision = gate.decide(facts);
      expect(decision.verdict).toBe("refuse");
      expect(gate.record(facts, decision, "x")).toBe(`boot-${asked}`);
    }
  };
  const scope = yield* Scope.make();
  yield* Effect.addFinalizer(() =>
    Effect.suspend(() => ((disk.full = false), Scope.close(scope, Exit.void))),
  );
  const start = makeAuditSink(portTo(folder, activationOf(site, [])), queue).pipe(
    Effect.provideService(Scope.Scope, scope),
  );
  const stop = Scope.close(scope, Exit.void);
  return { folder, site, queue, gate, refuse, start, stop };
});

const until = (holds: () => boolean) =>
  Effect.promise(() => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 15_000, interval: 10 }));

const logged = Effect.fnUntraced(function* (folder: string, sink: AuditSink) {
  const directory = join(folder, "log");
  return yield* Effect.promise(async () => {
    const report = await verifyLog(directory, { verifierKey: sink.status().verifierKey });
    expect(report.findings).toEqual([]);
    const reader = await openReader(directory);
    const entries: Entry[] = [];
    for await (const { bytes } of reader.entries(0, (await reader.checkpoint()).checkpoint.size)) {
      const entry = decodeEntry(bytes);
      if (!entry.ok) throw new Error(entry.issue.message);
      entries.push(entry.value);
    }
    return entries;
  });
});

const idsOf = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.type === "decision" ? [entry.id] : []));
const refs = (count: number) => Array.from({ length: count }, (_, index) => `boot-${index + 1}`);
const lostIn = (entries: readonly Entry[]) =>
  entries.reduce((sum, entry) => sum + (entry.type === "gap" ? entry.count : 0), 0);

it.live("the key first, then each decision once and in order, durable at the end", () =>
  Effect.gen(function* () {
    const { folder, refuse, start, stop, queue } = yield* rig();
    const sink = yield* start;
    refuse(700);
    yield* until(() => queue.waiting === 0);
    refuse(600);
    yield* stop;
    const entries = yield* logged(folder, sink);
    expect(entries[0]).toMatchObject({ type: "key", verifierKey: sink.status().verifierKey });
    expect(idsOf(entries)).toEqual(refs(1300));
    expect(entries.length).toBe(1301);
    expect(sink.status()).toMatchObject({ state: "ok", message: null, size: 1301, waiting: 0, dropped: 0 });
  }),
);

it.live("an activation stores the image and every document before its entry", () =>
  Effect.gen(function* () {
    const { folder, site, queue, start, stop } = yield* rig();
    const sink = yield* start;
    queue.offer({ kind: "activation", activation: activationOf(site, []), at: AT }, AT);
    yield* stop;
    const entries = yield* logged(folder, sink);
    expect(entries[1]).toMatchObject({ type: "data.activated", sources: expect.arrayContaining([]) });
    expect(entries[2]).toMatchObject({
      type: "policy.activated",
      policy: { set: site.image.set.id, image: site.image.digest },
    });
    const reader = yield* Effect.promise(() => openReader(join(folder, "log")));
    const stored = yield* Effect.promise(() => reader.object(digestOfBytes(site.imageBytes)));
    expect(Buffer.compare(stored, site.imageBytes)).toBe(0);
  }),
);

it.live(
  "a full disk: decisions go on, the status says so, and nothing is lost or doubled once it is not",
  () =>
    Effect.gen(function* () {
      const { folder, refuse, start, stop, queue } = yield* rig();
      const sink = yield* start;
      refuse(3);
      yield* until(() => queue.waiting === 0);
      disk.full = true;
      refuse(5);
      yield* until(() => sink.status().state === "failing");
      expect(sink.status().message).toMatch(/disk full; free space/);
      refuse(5);
      expect(sink.status()).toMatchObject({ waiting: 10, dropped: 0, size: 4 });
      disk.full = false;
      yield* until(() => queue.waiting === 0 && sink.status().state === "ok");
      yield* stop;
      expect(idsOf(yield* logged(folder, sink))).toEqual(refs(13));
    }),
);

it.live("more than the queue holds while the disk is full: logged + gap = decided", () =>
  Effect.gen(function* () {
    const { folder, refuse, start, stop, queue } = yield* rig(7);
    const sink = yield* start;
    disk.full = true;
    refuse(20);
    yield* until(() => sink.status().state === "failing");
    refuse(4);
    expect(sink.status()).toMatchObject({ waiting: 7, dropped: 17 });
    disk.full = false;
    yield* until(() => queue.waiting === 0);
    refuse(2);
    yield* stop;
    const entries = yield* logged(folder, sink);
    expect(idsOf(entries)).toEqual([...refs(7), "boot-25", "boot-26"]);
    expect(entries.filter((entry) => entry.type === "gap")).toMatchObject([{ count: 17 }]);
    expect(idsOf(entries).length + lostIn(entries)).toBe(26);
  }),
);

it.live("a checkpoint that fails while nothing waits is told, and the log is opened again", () =>
  Effect.gen(function* () {
    const { refuse, start, queue } = yield* rig();
    const sink = yield* start;
    refuse(1);
    yield* until(() => queue.waiting === 0);
    disk.checkpointFailed = true;
    yield* until(() => sink.status().state === "failing");
    yield* until(() => sink.status().state === "ok");
  }),
);

it.live("a record that the log can not hold is told as one that was lost, and the others are written", () =>
  Effect.gen(function* () {
    const { folder, refuse, start, stop, queue } = yield* rig();
    const sink = yield* start;
    refuse(1);
    const [good] = queue.peek(1);
    if (good?.kind !== "decision") throw new Error("no decision waits");
    const { pending } = good;
    queue.offer({ kind: "decision", pending: { ...pending, name: "x".repeat(70_000) } }, AT);
    queue.offer({ kind: "decision", pending: { ...pending, address: new Uint8Array(3) } }, AT);
    queue.offer({ kind: "decision", pending: { ...pending, at: Number.NaN } }, AT);
    refuse(1);
    yield* stop;
    const entries = yield* logged(folder, sink);
    expect(idsOf(entries)).toEqual(refs(2));
    expect(lostIn(entries)).toBe(3);
    expect(JSON.stringify(entries)).not.toContain("xxxx");
    expect(sink.status()).toMatchObject({ state: "ok", waiting: 0 });
  }),
);

it.live("an end while the disk is full ends", () =>
  Effect.gen(function* () {
    const { refuse, start, stop, queue } = yield* rig();
    const sink = yield* start;
    disk.full = true;
    refuse(2);
    yield* until(() => sink.status().state === "failing");
    yield* stop.pipe(Effect.timeout("10 seconds"));
    expect(queue.waiting).toBe(2);
  }),
);

it.live("a disk that fills up at the very end: the log is given back with what is durable", () =>
  Effect.gen(function* () {
    const { folder, queue, refuse, start, stop } = yield* rig();
    yield* start;
    refuse(2);
    yield* until(() => queue.waiting === 0);
    disk.full = true;
    refuse(1);
    yield* stop;
    expect(queue.waiting).toBe(1);
    disk.full = false;
    const again = yield* Effect.scoped(
      makeAuditSink(new LogWriter({ directory: folder, app: "test" }), new RecordQueue()),
    );
    expect(idsOf(yield* logged(folder, again))).toEqual(refs(2));
  }),
);

it.live("a log that can not be opened is told at the start, with what is in the way", () =>
  Effect.gen(function* () {
    const { folder, start } = yield* rig();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "log"), "a file where the log should be");
    const refused = yield* Effect.flip(start);
    expect(refused._tag).toBe("AuditUnavailable");
    expect(refused.message).not.toBe("");
  }),
);
