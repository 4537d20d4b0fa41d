// The site's folder to the policy in force: loaded at the start, then again whenever a file changes. A site that is
// refused changes nothing but the status; the last good one stays in force, and its rules still end on time.

import { encodeEntry, type PolicyRefusedEntry } from "@demarc/audit";
import { Cause, Clock, Effect, Schedule } from "effect";
import { activationOf } from "./activation.ts";
import { dataFiles, enforcedPolicy, type PolicyCell } from "./enforced-policy.ts";
import type { EvidenceConfig, EvidenceFile } from "./evidence-config.ts";
import { readLastGood } from "./last-good.ts";
import { type Evidence, evidenceAge, evidenceStamp, loadEvidence, NO_EVIDENCE } from "./load-evidence.ts";
import type { RecordQueue } from "./record-queue.ts";
import { fingerprintOf } from "./site-folder.ts";
import type { LoadedSite, SiteLoader } from "./site-loader.ts";
import { formatIssue, type SiteRefused } from "./site-refused.ts";

/** How often the folder is looked at. A change is loaded once two looks in a row agree, so that no half-written file is. */
const LOOK_INTERVAL = "300 millis";

/** How often the age of evidence is looked at; what is old is told once for each file. */
const AGE_INTERVAL = "1 hour";

/** Where things are, and what the site's policies are resolved with. */
export interface WatchOptions {
  readonly app: string;
  readonly site: string;
  /** The app's own state directory. */
  readonly directory: string;
  /** Files of evidence beside those that the site names. */
  readonly evidence: readonly EvidenceFile[];
  readonly load: SiteLoader;
}

/**
 * Loads the site, or the last good one where the site is refused.
 *
 * Errors: `SiteRefused` when the site is refused and there is no last good one.
 */
export const loadFirst = Effect.fn("loadFirst")(function* (
  options: WatchOptions,
  queue: RecordQueue,
): Effect.fn.Return<PolicyCell, SiteRefused> {
  const loaded = yield* Effect.result(options.load(options.site, options.directory));
  if (loaded._tag === "Success") {
    const current = yield* activate(loaded.success, options, queue, NO_EVIDENCE);
    yield* keep(loaded.success);
    return { current, refused: null };
  }
  const lastGood = readLastGood(options.directory);
  if (lastGood === null) return yield* loaded.failure;
  const now = Date.now();
  yield* Effect.logWarning(
    `${loaded.failure.message}\nthe last good policy set stays in force: ${lastGood.image.set.id} ${lastGood.image.set.version}`,
  );
  const { image } = lastGood;
  const evidence = yield* evidenceOf(lastGood.evidence, options, NO_EVIDENCE);
  const activation = activationOf(lastGood, dataFiles(evidence));
  const cell: PolicyCell = {
    current: enforcedPolicy(lastGood, evidence, now),
    refused: { at: now, issues: loaded.failure.issues },
  };
  queue.offer({ kind: "entry", entry: refusedEntry(loaded.failure, image.digest, options.app, now) }, now);
  queue.offer({ kind: "activation", activation, at: now }, now);
  return cell;
});

/** Watches the folder for as long as the scope lives. `since` is the fingerprint from before it was loaded first. */
export const watchSite = Effect.fn("watchSite")(function* (
  cell: PolicyCell,
  options: WatchOptions,
  queue: RecordQueue,
  since: string,
) {
  let loaded = since;
  let seen = since;
  const stamp = () => evidenceStamp(cell.current.evidence.config, options.site);
  let evidenceLoaded = stamp();
  let evidenceSeen = evidenceLoaded;
  const look = Effect.gen(function* () {
    const now = fingerprintOf(options.site);
    const settled = now === seen;
    seen = now;
    if (settled && now !== loaded && now !== "") {
      loaded = now;
      yield* reload(cell, options, queue);
      // A site that is refused leaves the evidence as it was read before.
      if (cell.refused === null) {
        evidenceLoaded = stamp();
        evidenceSeen = evidenceLoaded;
      }
      return;
    }
    const evidenceNow = stamp();
    const evidenceSettled = evidenceNow === evidenceSeen;
    evidenceSeen = evidenceNow;
    if (!evidenceSettled || evidenceNow === evidenceLoaded) return;
    evidenceLoaded = evidenceNow;
    yield* reloadEvidence(cell, options, queue);
  });
  // Whatever goes wrong with one look, there is a next one.
  const lasting = look.pipe(
    Effect.catchCause((cause) =>
      Cause.hasInterruptsOnly(cause)
        ? Effect.interrupt
        : Effect.logError("the site could not be looked at; it stays as it is", cause),
    ),
  );
  yield* lasting.pipe(Effect.repeat(Schedule.spaced(LOOK_INTERVAL)), Effect.forkScoped);
  // Data grows old without any file changing.
  const told = new Set<string>();
  const tellAge = Effect.gen(function* () {
    const { evidence } = cell.current;
    for (const { message, help } of evidenceAge(evidence, yield* Clock.currentTimeMillis)) {
      const source = /`[^`]*`/.exec(message)?.[0] ?? message;
      const key = `${source} ${evidence.sources.find(({ name }) => source === `\`${name}\``)?.digest ?? ""}`;
      if (told.has(key)) continue;
      told.add(key);
      yield* Effect.logWarning(`${message}; ${help ?? ""}`);
    }
  });
  yield* tellAge.pipe(Effect.repeat(Schedule.spaced(AGE_INTERVAL)), Effect.forkScoped);
});

/** Reads the files of evidence again and swaps the resolver; the image stays, and so do answers of files that broke. */
const reloadEvidence = Effect.fn("reloadEvidence")(function* (
  cell: PolicyCell,
  options: WatchOptions,
  queue: RecordQueue,
) {
  const { site, evidence: before, activatedAt } = cell.current;
  const evidence = yield* loadEvidence(before.config, options.site, before);
  yield* tellIssues(evidence);
  const now = Date.now();
  const next = enforcedPolicy(site, evidence, activatedAt);
  if (next.data !== cell.current.data)
    queue.offer({ kind: "activation", activation: activationOf(site, dataFiles(evidence)), at: now }, now);
  cell.current = next;
  yield* Effect.logInfo(
    `evidence read again: ${[...evidence.sources, ...evidence.maps].map(({ name }) => name).join(", ")}`,
  );
});

const tellIssues = (evidence: Evidence): Effect.Effect<void> =>
  Effect.forEach(evidence.issues, (issue) => Effect.logWarning(formatIssue(issue)), { discard: true });

// The site's files, then those that the app was started with.
const evidenceOf = Effect.fnUntraced(function* (
  config: EvidenceConfig,
  options: WatchOptions,
  previous: Evidence,
) {
  const evidence = yield* loadEvidence(
    { ...config, sources: [...config.sources, ...options.evidence] },
    options.site,
    previous,
  );
  yield* tellIssues(evidence);
  return evidence;
});

/** Loads the site now and swaps it in, or keeps what is in force and says why. */
export const reload = Effect.fn("reload")(function* (
  cell: PolicyCell,
  options: WatchOptions,
  queue: RecordQueue,
) {
  const loaded = yield* Effect.result(options.load(options.site, options.directory));
  const now = Date.now();
  if (loaded._tag === "Failure") {
    cell.refused = { at: now, issues: loaded.failure.issues };
    queue.offer(
      { kind: "entry", entry: refusedEntry(loaded.failure, cell.current.image.digest, options.app, now) },
      now,
    );
    yield* Effect.logWarning(
      `${loaded.failure.message}\nthe last good policy set stays in force: ${cell.current.image.set.id} ${cell.current.image.set.version}`,
    );
    return;
  }
  const before = cell.current.image.digest;
  cell.current = yield* activate(loaded.success, options, queue, cell.current.evidence);
  cell.refused = null;
  yield* keep(loaded.success);
  const { id, version } = cell.current.image.set;
  const words =
    before === cell.current.image.digest
      ? "unchanged, networks read again"
      : `in force, image ${cell.current.image.digest.slice(0, 16)}`;
  yield* Effect.logInfo(`policy set ${id} ${version}: ${words}`);
});

const activate = Effect.fnUntraced(function* (
  { site }: LoadedSite,
  options: WatchOptions,
  queue: RecordQueue,
  previous: Evidence,
) {
  for (const issue of site.issues)
    yield* Effect.logWarning(`${issue.file ?? options.site}: ${issue.message} (${issue.code})`);
  const evidence = yield* evidenceOf(site.evidence, options, previous);
  const now = Date.now();
  const activation = activationOf(site, dataFiles(evidence));
  queue.offer({ kind: "activation", activation, at: now }, now);
  return enforcedPolicy(site, evidence, now);
});

// Only what came into force is a last good one.
const keep = Effect.fnUntraced(function* (loaded: LoadedSite) {
  const notKept = yield* loaded.keep;
  if (notKept !== null) yield* Effect.logWarning(`the last good image could not be kept: ${notKept}`);
});

const MOST_ISSUES = 64;
const MOST_CHARS = 500;

function refusedEntry(refused: SiteRefused, image: string, app: string, at: number): PolicyRefusedEntry {
  const errors = refused.issues.filter((issue) => issue.severity === "error").slice(0, MOST_ISSUES);
  const entry = {
    v: 1,
    type: "policy.refused",
    enforcer: app,
    time: new Date(at).toISOString(),
    issues: errors.map(({ code, message }) => ({ code, message: shortened(message) })),
    image,
  } as const;
  // The first issues where all of them do not fit one entry; the status file has the rest.
  while (entry.issues.length > 1 && !encodeEntry(entry).ok) entry.issues.pop();
  return entry;
}

// Half a character at the cut has no canonical JSON form.
function shortened(message: string): string {
  return message.slice(0, MOST_CHARS).replace(/[\uD800-\uDBFF]$/, "");
}
