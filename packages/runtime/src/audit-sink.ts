// The queue's other end: batches become durable entries. A log that fails never stops or widens a decision: records wait
// up to the queue's bound while it is opened again, then they are counted as a gap.
import { join } from "node:path";
import { type Entry, encodeEntry } from "@demarc/audit";
import { type AuditError, type AuditKey, type AuditLog, loadOrCreateKey, openLog } from "@demarc/audit/node";
import { Data, Effect, Schedule, type Scope } from "effect";
import type { Activation } from "./activation.ts";
import { decisionEntry, type PendingDecision } from "./decision-entry.ts";
import { loadedEngine } from "./engine.ts";
import type { RecordQueue } from "./record-queue.ts";
import type { AuditStatus } from "./status.ts";

/** The log can not be opened when the app starts; the message says what to do. */
export class AuditUnavailable extends Data.TaggedError("AuditUnavailable")<{ readonly message: string }> {}

/** Most entries in one durable write. */
const BATCH = 512;

/** How often the queue is looked at. */
const DRAIN_INTERVAL = "25 millis";

/** Waits between attempts to open a failed log again: one second, doubling, half a minute at most. */
const REOPEN = Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("30 seconds")]);

/** What the rest of the runtime sees of the sink. */
export interface AuditSink {
  readonly status: () => AuditStatus;
}

/**
 * Opens the log in `directory` and drains the queue into it until the scope ends; then everything that waits is written
 * and a last checkpoint published.
 */
export const makeAuditSink = Effect.fn("makeAuditSink")(function* (
  directory: string,
  app: string,
  queue: RecordQueue,
): Effect.fn.Return<AuditSink, AuditUnavailable, Scope.Scope> {
  const origin = `demarc.example/${app}`;
  const key = yield* tryAudit(() => loadOrCreateKey(join(directory, "key"), origin));
  let failure: string | null = null;
  let log: AuditLog | null = null;
  let size = 0;
  const announced: Announced = { data: null, policies: new Map(), current: null };
  const open = tryAudit(() => openLog({ dir: join(directory, "log"), origin, signer: key })).pipe(
    Effect.tap((opened) =>
      Effect.sync(() => {
        log = opened;
        size = opened.size;
        failure = null;
      }),
    ),
  );
  const opened = yield* open;
  if (opened.size === 0) yield* tryAudit(() => opened.append(keyEntry(key, app)));

  const drainOnce = Effect.gen(function* () {
    while (log !== null) {
      const current: AuditLog = log;
      // A checkpoint can fail while nothing waits; such a log takes nothing more either.
      if (current.failure !== null) return yield* unavailable(current.failure);
      // Uninterruptible: a batch that is on its way to the disk must leave the queue, or it would be written twice.
      const wrote = yield* Effect.uninterruptible(writeBatch(current, queue, app, announced));
      size = current.size;
      if (!wrote) return;
    }
  });
  const fail = (error: AuditUnavailable) =>
    Effect.gen(function* () {
      failure = error.message;
      const broken = log;
      log = null;
      yield* Effect.logWarning(`the log can not be written: ${error.message}`);
      if (broken !== null) yield* Effect.ignore(tryAudit(() => broken.close()));
      yield* Effect.retry(open, REOPEN);
      yield* Effect.logInfo("the log can be written again");
    });
  // Finalizers run in reverse order: the fiber below is gone when this one writes what is left.
  yield* Effect.addFinalizer(() =>
    drainOnce.pipe(
      Effect.catchTag("AuditUnavailable", (error) => Effect.logError(error.message)),
      Effect.andThen(
        Effect.suspend(() =>
          queue.waiting === 0 ? Effect.void : Effect.logError(`${queue.waiting} records were not logged`),
        ),
      ),
      // Also after a failed write: what is durable gets its checkpoint where that can be, and the lock is given back.
      Effect.andThen(
        Effect.suspend(() => (log === null ? Effect.void : tryAudit(() => (log as AuditLog).close()))),
      ),
      Effect.catchTag("AuditUnavailable", (error) =>
        Effect.logError(`the log could not be closed cleanly: ${error.message}`),
      ),
    ),
  );
  yield* drainOnce.pipe(
    Effect.catchTag("AuditUnavailable", (error) => Effect.ignore(fail(error))),
    Effect.repeat(Schedule.spaced(DRAIN_INTERVAL)),
    Effect.forkScoped,
  );
  return {
    status: () => ({
      state: failure === null ? "ok" : "failing",
      message: failure,
      origin,
      verifierKey: key.verifierKey,
      size,
      waiting: queue.waiting,
      dropped: queue.dropped,
    }),
  };
});

/** What this run has told the log: the data in use, and under which index each image was announced. */
interface Announced {
  data: string | null;
  policies: Map<string, number>;
  current: { readonly activation: Activation; readonly index: number } | null;
}

// Writes one batch; false when there was nothing to write. Records leave the queue once they are durable.
const writeBatch = Effect.fnUntraced(function* (
  log: AuditLog,
  queue: RecordQueue,
  app: string,
  announced: Announced,
): Effect.fn.Return<boolean, AuditUnavailable> {
  const gap = queue.gap();
  const records = queue.peek(BATCH);
  if (gap === null && records.length === 0) return false;
  const entries: Uint8Array[] = [];
  // What the log was told counts once it is durable: a batch that fails is told again.
  const told: Announced = { ...announced, policies: new Map(announced.policies) };
  for (const record of records) {
    switch (record.kind) {
      case "decision": {
        const activation = told.policies.get(record.pending.policy.object) ?? null;
        entries.push(encodedDecision(record.pending, app, activation));
        break;
      }
      case "entry":
        entries.push(encoded(record.entry));
        break;
      case "activation": {
        const { activation, at } = record;
        for (const bytes of activation.objects) yield* tryAudit(() => log.putObject(bytes));
        for (const entry of activationEntries(activation, at, app, told)) entries.push(encoded(entry));
        const index = log.size + entries.length - 1;
        told.policies.set(activation.policy.object, index);
        told.current = { activation, index };
        told.data = activation.data.digest;
      }
    }
  }
  if (gap !== null) {
    entries.push(
      encoded({
        v: 1,
        type: "gap",
        enforcer: app,
        from: instant(gap.from),
        until: instant(gap.until),
        count: gap.count,
        cause: "the log could not take them",
        run: queue.run,
        first: gap.first,
        last: gap.last,
      }),
    );
  }
  yield* tryAudit(() => log.appendAll(entries));
  queue.remove(records.length);
  if (gap !== null) queue.closeGap(gap);
  Object.assign(announced, told);
  return true;
});

function activationEntries(activation: Activation, at: number, app: string, told: Announced): Entry[] {
  const { policy, policies, manifest, data } = activation;
  const common = { v: 1, enforcer: app, time: instant(at) } as const;
  const entries: Entry[] = [];
  if (told.data !== data.digest) {
    entries.push({ ...common, type: "data.activated", data: data.digest, sources: data.sources });
  }
  if (told.current !== null && told.current.activation.policy.object !== policy.object) {
    const { activation: before, index } = told.current;
    entries.push({
      ...common,
      type: "policy.retired",
      policy: before.policy,
      activation: index,
      cause: "replaced",
    });
  }
  entries.push({
    ...common,
    type: "policy.activated",
    policy,
    engine: loadedEngine().reference,
    manifest,
    policies,
  });
  return entries;
}

function keyEntry(key: AuditKey, app: string): Entry {
  const { verifierKey, second } = key;
  const further = second === null ? {} : { further: [second.verifierKey] };
  return { v: 1, type: "key", enforcer: app, time: instant(Date.now()), verifierKey, ...further };
}

// One record that can not be written must not keep the ones behind it from the log.
function encodedDecision(pending: PendingDecision, app: string, activation: number | null): Uint8Array {
  const { run, seq } = pending;
  try {
    const bytes = encodeEntry(decisionEntry(pending, app, activation));
    if (bytes.ok) return bytes.value;
    return lost(app, instant(pending.at), bytes.issue.message, { run, first: seq, last: seq });
  } catch (cause) {
    return lost(app, instant(Date.now()), String(cause), { run, first: seq, last: seq });
  }
}

// An entry that its own schema refuses is a fault of this program; it is told in the log rather than dropped in silence.
function encoded(entry: Entry): Uint8Array {
  const bytes = encodeEntry(entry);
  if (bytes.ok) return bytes.value;
  const time = "time" in entry ? entry.time : instant(Date.now());
  return lost(entry.enforcer, time, bytes.issue.message);
}

function lost(
  enforcer: string,
  time: string,
  cause: string,
  numbers: { readonly run?: string; readonly first?: number; readonly last?: number } = {},
): Uint8Array {
  const gap = encodeEntry({
    v: 1,
    type: "gap",
    enforcer,
    from: time,
    until: time,
    count: 1,
    cause: cause.slice(0, 500),
    ...numbers,
  });
  if (!gap.ok) throw new TypeError(gap.issue.message);
  return gap.value;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

const tryAudit = <A>(call: () => Promise<A>): Effect.Effect<A, AuditUnavailable> =>
  Effect.tryPromise({ try: call, catch: unavailable });

function unavailable(cause: unknown): AuditUnavailable {
  const { message, help } = cause as Partial<AuditError>;
  return new AuditUnavailable({
    message: `${message ?? String(cause)}${help === undefined ? "" : `; ${help}`}`,
  });
}
