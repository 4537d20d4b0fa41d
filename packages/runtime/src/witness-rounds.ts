// Witnesses, asked in rounds while the point runs. Only a checkpoint that their quorum cosigned is published as `witnessed`;
// without it the last one stays and the status says so: a log that nobody else saw must not look like one that was seen.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  formatCosignerKey,
  formatForkEvidence,
  parseTlogPolicy,
  parseVerifierKey,
  type TlogPolicy,
} from "@demarc/audit";
import { askWitnesses, type CosigningReport, openReader } from "@demarc/audit/node";
import { Effect, type Scope } from "effect";
import type { WitnessConfig } from "./audit-config.ts";
import type { PolicyCell } from "./enforced-policy.ts";
import type { RecordQueue } from "./record-queue.ts";
import { replaceFile } from "./replace-file.ts";
import type { WitnessStatus } from "./status.ts";

/** Seconds between two rounds, unless the operator says otherwise; and until it is looked at whether there are witnesses now. */
const EVERY_SECONDS = 60;

const WAITING: WitnessStatus = {
  state: "waiting",
  message: null,
  size: null,
  at: null,
  outcomes: [],
  evidence: [],
};

/** Where the log is, whose, and under which key it is signed. */
export interface WitnessedLog {
  readonly app: string;
  readonly queue: RecordQueue;
  /** The app's state directory. */
  readonly directory: string;
  readonly verifierKey: () => string;
}

/**
 * Asks the witnesses that the site's audit.yaml names until the scope ends; a changed file counts from the next round on.
 * What proves two histories of the log goes into `evidence/` of the state directory. Gives the status; null where none is asked.
 */
export const askInRounds = Effect.fn("askInRounds")(function* (
  cell: PolicyCell,
  log: WitnessedLog,
): Effect.fn.Return<() => WitnessStatus | null, never, Scope.Scope> {
  let status: WitnessStatus | null = cell.current.site.audit.witnesses === undefined ? null : WAITING;
  const fail = (message: string, outcomes: WitnessStatus["outcomes"] = []) =>
    Effect.gen(function* () {
      const before = status ?? WAITING;
      if (before.state !== "failing" || before.message !== message)
        yield* Effect.logWarning(`the log is not witnessed: ${message}`);
      status = { ...before, state: "failing", message, outcomes };
    });
  const publish = Effect.fnUntraced(function* ({ text, checkpoint, outcomes }: CosigningReport) {
    yield* Effect.try({
      try: () => replaceFile(join(log.directory, "log", "witnessed"), text),
      catch: messageOf,
    });
    if (status?.state !== "witnessed")
      yield* Effect.logInfo(`the log is witnessed up to ${checkpoint.size} entries`);
    const at = new Date().toISOString();
    const { evidence } = status ?? WAITING;
    status = { state: "witnessed", message: null, size: checkpoint.size, at, outcomes, evidence };
  });
  let announced = "";
  // The log itself says who is asked, so that a reader can tell a missing witness from one that never was.
  const announce = (policy: TlogPolicy): void => {
    const verifierKey = log.verifierKey();
    const witnesses = policy.witnesses.map(({ key }) => formatCosignerKey(key));
    const text = JSON.stringify([verifierKey, witnesses]);
    if (text === announced) return;
    announced = text;
    const now = Date.now();
    const entry = { v: 1, type: "key", enforcer: log.app, time: new Date(now).toISOString() } as const;
    log.queue.offer({ kind: "entry", entry: { ...entry, verifierKey, witnesses } }, now);
  };
  const round = Effect.fnUntraced(function* (config: WitnessConfig, policyText: string) {
    const policy = yield* Effect.try({
      try: () => policyOf(policyText, log.verifierKey()),
      catch: messageOf,
    });
    announce(policy);
    const report = yield* Effect.tryPromise({
      try: async (signal) =>
        askWitnesses(await openReader(join(log.directory, "log")), policy, {
          timeoutMs: config.timeoutMs,
          signal,
        }),
      catch: messageOf,
    });
    for (const [at, evidence] of report.evidence.entries()) {
      const file = join(log.directory, "evidence", `fork-${report.checkpoint.size}-${at}.json`);
      yield* Effect.try({
        try: () => {
          mkdirSync(join(log.directory, "evidence"), { recursive: true });
          replaceFile(file, formatForkEvidence(evidence));
        },
        catch: messageOf,
      });
      yield* Effect.logError(`two histories of this log were signed; the proof is ${file}`);
      const before = status ?? WAITING;
      status = { ...before, evidence: [...before.evidence, file].slice(-MOST_EVIDENCE) };
    }
    if (report.quorum) return yield* publish(report);
    const words = report.outcomes
      .filter(({ state }) => state !== "cosigned")
      .map(({ name, message }) => `${name}: ${message}`);
    yield* fail(`no quorum; ${words.join("; ")}`, report.outcomes);
  });
  const look = Effect.gen(function* () {
    const { audit, witnessPolicy } = cell.current.site;
    if (audit.witnesses === undefined || witnessPolicy === null) {
      status = null;
      return EVERY_SECONDS;
    }
    yield* round(audit.witnesses, witnessPolicy).pipe(Effect.catch((message) => fail(message)));
    return audit.witnesses.everySeconds ?? EVERY_SECONDS;
  });
  // The first checkpoint of a new log is there within a second.
  yield* Effect.sleep("1 second").pipe(
    Effect.andThen(
      look.pipe(
        Effect.flatMap((seconds) => Effect.sleep(`${seconds} seconds`)),
        Effect.forever,
      ),
    ),
    Effect.forkScoped,
  );
  return () => status;
});

const MOST_EVIDENCE = 16;

// A policy that names no log means this one: its key is made at the first start, after the policy was written.
function policyOf(text: string, verifierKey: string): TlogPolicy {
  const policy = parseTlogPolicy(text);
  if (!policy.ok) throw new Error(policy.issue.message);
  if (policy.value.logs.length > 0) return policy.value;
  const key = parseVerifierKey(verifierKey);
  if (!key.ok) throw new Error(key.issue.message);
  return { ...policy.value, logs: [{ key: key.value }] };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
