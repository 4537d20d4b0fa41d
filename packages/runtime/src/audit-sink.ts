// The queue's other end: batches become durable entries. A log that fails never stops or widens a decision: records wait
// up to the queue's bound while it is opened again, then they are counted as a gap.
import { Data, Effect, Schedule, type Scope } from "effect";
import type { Activation } from "./activation.ts";
import type { Batch, LogPort, OpenedLog } from "./log-port.ts";
import type { QueuedRecord, RecordQueue } from "./record-queue.ts";
import type { AuditStatus } from "./status.ts";

/** The log can not be opened when the app starts; the message says what to do. */
export class AuditUnavailable extends Data.TaggedError("AuditUnavailable")<{ readonly message: string }> {}

/** Most records in one durable write, and writes that are under way together: the log's thread need not wait for the next. */
const BATCH = 1024;
const UNDER_WAY = 4;

/** How often the queue is looked at. */
const DRAIN_INTERVAL = "25 millis";

/** Waits between attempts to open a failed log again: one second, doubling, half a minute at most. */
const REOPEN = Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("30 seconds")]);

/** Images that decisions in the queue may still name, when the log's thread has to begin anew. */
const MOST_KNOWN = 16;

/** What the rest of the runtime sees of the sink. */
export interface AuditSink {
  readonly status: () => AuditStatus;
}

/**
 * Opens the log and drains the queue into it until the scope ends; then everything that waits is written and a last
 * checkpoint published.
 */
export const makeAuditSink = Effect.fn("makeAuditSink")(function* (
  port: LogPort,
  queue: RecordQueue,
): Effect.fn.Return<AuditSink, AuditUnavailable, Scope.Scope> {
  let failure: string | null = null;
  let log: OpenedLog | null = null;
  let size = 0;
  let known: readonly Activation[] = [];
  const open = Effect.suspend(() => tryAudit(() => port.open(known))).pipe(
    Effect.tap((opened) =>
      Effect.sync(() => {
        log = opened;
        size = opened.size;
        failure = null;
      }),
    ),
  );
  const { origin, verifierKey } = yield* open;

  // Writes some batches; false when there was nothing to write. Records leave the queue once they are durable.
  const writeBatches = Effect.gen(function* () {
    const gap = queue.gap();
    const batches = batchesOf(
      queue.peek(BATCH * UNDER_WAY),
      gap === null ? null : { ...gap, run: queue.run },
    );
    if (batches.length === 0) return false;
    const written = yield* Effect.promise(() =>
      Promise.allSettled(batches.map((batch) => port.write(batch))),
    );
    for (const [at, { records, gap: told }] of batches.entries()) {
      const result = written[at] as PromiseSettledResult<number>;
      if (result.status === "rejected") return yield* unavailable(result.reason);
      size = result.value;
      queue.remove(records.length);
      if (told !== null) queue.closeGap(told);
      for (const record of records)
        if (record.kind === "activation")
          known = [...known, { ...record.activation, objects: [] }].slice(-MOST_KNOWN);
    }
    return true;
  });
  const drainOnce = Effect.gen(function* () {
    while (log !== null) {
      // A checkpoint can fail while nothing waits; such a log takes nothing more either.
      const failed = port.failure();
      if (failed !== null) return yield* unavailable(failed);
      // Uninterruptible: a batch that is on its way to the disk must leave the queue, or it would be written twice.
      if (!(yield* Effect.uninterruptible(writeBatches))) return;
    }
  });
  const fail = (error: AuditUnavailable) =>
    Effect.gen(function* () {
      failure = error.message;
      log = null;
      yield* Effect.logWarning(`the log can not be written: ${error.message}`);
      yield* Effect.ignore(tryAudit(() => port.close()));
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
      Effect.andThen(tryAudit(() => port.close())),
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
      verifierKey,
      size,
      waiting: queue.waiting,
      dropped: queue.dropped,
    }),
  };
});

// The loss is told last: what is lost came after everything that waits.
function batchesOf(records: readonly QueuedRecord[], gap: Batch["gap"]): readonly Batch[] {
  const batches: Batch[] = [];
  for (let at = 0; at < records.length; at += BATCH)
    batches.push({ records: records.slice(at, at + BATCH), gap: null });
  if (gap === null) return batches;
  const last = batches.pop();
  return [...batches, { records: last?.records ?? [], gap }];
}

const tryAudit = <A>(call: () => Promise<A>): Effect.Effect<A, AuditUnavailable> =>
  Effect.tryPromise({ try: call, catch: unavailable });

function unavailable(cause: unknown): AuditUnavailable {
  const { message, help } = cause as { readonly message?: string; readonly help?: string };
  return new AuditUnavailable({
    message: `${message ?? String(cause)}${help === undefined ? "" : `; ${help}`}`,
  });
}
