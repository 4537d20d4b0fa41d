// The gate with everything behind it: policy store, log, status file. One layer per enforcement point.
import { randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Config, Context, Data, Effect, Layer, Schedule } from "effect";
import { keepAllowedNames } from "./allowed-names.ts";
import { type AuditUnavailable, makeAuditSink } from "./audit-sink.ts";
import { DecisionCounts } from "./decision-counts.ts";
import type { EvidenceFile } from "./evidence-config.ts";
import type { Gate } from "./gate.ts";
import { loadAside } from "./load-aside.ts";
import { loadEvidence, NO_EVIDENCE } from "./load-evidence.ts";
import type { PrivacyOptions } from "./log-port.ts";
import { makeGate, type Serial } from "./make-gate.ts";
import { loadFirst, watchSite } from "./policy-watch.ts";
import { privacyOf, tellLateChange } from "./privacy-of.ts";
import { RecordQueue } from "./record-queue.ts";
import { publishReleases, type ReleaseTiming } from "./release-rounds.ts";
import { fingerprintOf } from "./site-folder.ts";
import { loadHere } from "./site-loader.ts";
import type { SiteRefused } from "./site-refused.ts";
import { askInRounds } from "./witness-rounds.ts";
import { logPort } from "./worker-port.ts";
import { writeStatus } from "./write-status.ts";

/** How an enforcement point is set up. */
export interface GateOptions {
  /** Name of the app; its state goes into a folder of that name. */
  readonly app: string;
  /** Folder with policy-set.yaml. */
  readonly site: string;
  /** Folder for the state of all enforcement points of this machine. */
  readonly state: string;
  /** Where the app listens, for the status. */
  readonly listen?: string | undefined;
  /** MMDB files that place addresses; DEMARC_MMDB (separated by commas) unless given. */
  readonly mmdb?: readonly string[] | undefined;
  /** Pseudonyms and sealed fields; what the site's audit.yaml says unless given. */
  readonly privacy?: PrivacyOptions | undefined;
  /** How often it is looked whether numbers are to be published; for tests. */
  readonly releaseTiming?: ReleaseTiming | undefined;
}

/** The state directory, or a database, can not be used; the message says what to do. */
export class GateUnavailable extends Data.TaggedError("GateUnavailable")<{ readonly message: string }> {}

const COUNT_INTERVAL = "60 seconds";
const STATUS_INTERVAL = "1 second";

/** The gate of an enforcement point. */
export class GateService extends Context.Service<GateService, Gate>()("@demarc/runtime/GateService") {
  /**
   * Loads the site, opens the log, and keeps both going until the scope ends; then the log is complete and checkpointed.
   *
   * Errors: `SiteRefused` (with no last good site to fall back on), `AuditUnavailable`, `GateUnavailable`. Each message is
   * meant for a person.
   */
  static readonly layer = (
    options: GateOptions,
  ): Layer.Layer<GateService, SiteRefused | AuditUnavailable | GateUnavailable | Config.ConfigError> =>
    Layer.effect(
      GateService,
      Effect.gen(function* () {
        const directory = join(options.state, options.app);
        yield* Effect.try({
          try: () => mkdirSync(directory, { recursive: true }),
          catch: (cause) =>
            new GateUnavailable({
              message: `the state directory ${directory} can not be made: ${cause instanceof Error ? cause.message : String(cause)}; set DEMARC_STATE to a folder that can be written`,
            }),
        });
        const files =
          options.mmdb ??
          (yield* Config.String("DEMARC_MMDB").pipe(Config.withDefault("")))
            .split(",")
            .filter((file) => file !== "");
        const evidence = yield* Effect.forEach(files, requireDatabase);
        const startedAt = Date.now();
        const queue = new RecordQueue();
        const counts = new DecisionCounts();
        const serial: Serial = { run: bootText(), last: 0 };
        const watch = { app: options.app, site: options.site, directory, evidence, load: loadAside };
        // The site first: a site that is refused must not leave a log behind.
        const since = fingerprintOf(options.site);
        // Nobody waits for an answer yet, so the first one needs no thread of its own.
        const cell = yield* loadFirst({ ...watch, load: loadHere }, queue);
        // Finalizers run in reverse order: the last status is written when the log is complete and closed.
        let status = Effect.void;
        yield* Effect.addFinalizer(() => Effect.suspend(() => status));
        const privacy = options.privacy ?? privacyOf(cell.current.site.audit);
        const port = logPort({ directory, app: options.app, privacy });
        const sink = yield* makeAuditSink(port, queue);
        const allowed = yield* keepAllowedNames(cell, directory);
        yield* countAllowed(counts, queue, options.app, serial);
        yield* watchSite(cell, watch, queue, since);
        const witnesses = yield* askInRounds(cell, {
          app: options.app,
          queue,
          directory,
          verifierKey: () => sink.status().verifierKey,
        });
        const release = yield* publishReleases({
          app: options.app,
          directory,
          cell,
          queue,
          port,
          sink,
          timing: options.releaseTiming,
        });
        if (options.privacy === undefined) yield* tellLateChange(cell, privacy);
        status = writeStatus(join(directory, "status.json"), {
          app: options.app,
          startedAt,
          listen: options.listen ?? null,
          cell,
          counts,
          audit: sink.status,
          witnesses,
          release,
        });
        yield* status.pipe(Effect.repeat(Schedule.spaced(STATUS_INTERVAL)), Effect.forkScoped);
        return makeGate({
          cell,
          counts,
          queue,
          now: Date.now,
          serial,
          keepsClient: privacy?.clients === "pseudonym",
          allowed,
        });
      }),
    );
}

// A file that the app was started with must be there; one that breaks later is told, and what it said stays in use.
const requireDatabase = (path: string): Effect.Effect<EvidenceFile, GateUnavailable> =>
  Effect.gen(function* () {
    const file: EvidenceFile = { format: "mmdb", path: resolve(path) };
    const { issues } = yield* loadEvidence({ sources: [file] }, "", NO_EVIDENCE);
    const [issue] = issues;
    if (issue !== undefined)
      return yield* new GateUnavailable({ message: `${path}: ${issue.message}; check DEMARC_MMDB` });
    return file;
  });

// Traffic that passed goes into the log as a number per interval, and once more at the end.
// Each interval also has a sign of life with the last number given out, so that a missing tail is seen.
const countAllowed = Effect.fnUntraced(function* (
  counts: DecisionCounts,
  queue: RecordQueue,
  app: string,
  serial: Serial,
) {
  let from = Date.now();
  let passed = 0;
  let refused = 0;
  const flush = Effect.sync(() => {
    const until = Date.now();
    const window = { passed: counts.passed - passed, refused: counts.refused - refused };
    if (window.passed > 0 || window.refused > 0) {
      const entry = {
        v: 1,
        type: "count",
        enforcer: app,
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
        counts: window,
      } as const;
      queue.offer({ kind: "entry", entry }, until);
    }
    passed = counts.passed;
    refused = counts.refused;
    from = until;
  });
  const beat = (state: "started" | "running" | "ended") =>
    Effect.sync(() => {
      const at = Date.now();
      const time = new Date(at).toISOString();
      const { run, last: seq } = serial;
      queue.offer(
        { kind: "entry", entry: { v: 1, type: "heartbeat", enforcer: app, time, run, seq, state } },
        at,
      );
    });
  yield* beat("started");
  yield* Effect.addFinalizer(() => flush.pipe(Effect.andThen(beat("ended"))));
  yield* Effect.sleep(COUNT_INTERVAL).pipe(
    Effect.andThen(flush),
    Effect.andThen(beat("running")),
    Effect.forever,
    Effect.forkScoped,
  );
});

const BOOT_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

function bootText(): string {
  return Array.from({ length: 8 }, () => BOOT_LETTERS[randomInt(BOOT_LETTERS.length)]).join("");
}
