// Published numbers: when an hour or a day is over and all of it is in the log, its decisions are counted there and the
// `release` is appended. What is counted is the log, so whoever has the log can count again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReleaseRequest } from "@demarc/audit/node";
import { Effect, Predicate, type Scope } from "effect";
import type { ReleaseConfig } from "./audit-config.ts";
import type { AuditSink } from "./audit-sink.ts";
import type { PolicyCell } from "./enforced-policy.ts";
import type { LogPort } from "./log-port.ts";
import type { RecordQueue } from "./record-queue.ts";
import { replaceFile } from "./replace-file.ts";
import type { ReleaseStatus } from "./status.ts";

/** A window that is not published yet. Milliseconds since 1970; no decision of it is in an entry before `firstIndex`. */
export interface OpenWindow {
  readonly from: number;
  readonly until: number;
  readonly firstIndex: number;
}

/** How often it is looked whether a window is over, and how long after its end all of it is durable and signed. */
export interface ReleaseTiming {
  readonly lookMs: number;
  readonly settleMs: number;
}

const TIMING: ReleaseTiming = { lookMs: 30_000, settleMs: 60_000 };
const LENGTH_MS = { hour: 3_600_000, day: 86_400_000 } as const;
const THRESHOLD = 10;

/** The window that an instant is in; hours and days are those of UTC. */
export function windowAt(at: number, every: ReleaseConfig["every"], firstIndex: number): OpenWindow {
  const length = LENGTH_MS[every];
  const from = Math.floor(at / length) * length;
  return { from, until: from + length, firstIndex };
}

/** What the rounds work with. */
export interface ReleaseParts {
  readonly app: string;
  /** The app's state directory; `release.json` there is the open window, so that a restart goes on with it. */
  readonly directory: string;
  readonly cell: PolicyCell;
  readonly queue: RecordQueue;
  readonly port: LogPort;
  readonly sink: AuditSink;
  readonly timing?: ReleaseTiming | undefined;
}

/**
 * Publishes as the site's audit.yaml says until the scope ends. A window that a stop falls into is published after the next
 * start; hours or days without any enforcement are not. Gives what was published last; null before.
 */
export const publishReleases = Effect.fn("publishReleases")(function* (
  parts: ReleaseParts,
): Effect.fn.Return<() => ReleaseStatus | null, never, Scope.Scope> {
  const { app, directory, cell, queue, port, sink, timing = TIMING } = parts;
  const file = join(directory, "release.json");
  let status: ReleaseStatus | null = null;
  let open = readWindow(file);
  /** Size of the log at a look within the open window: what is in it by then is not of the next one. */
  let sizeWithin: number | null = null;
  const keep = (window: OpenWindow | null) =>
    Effect.try({
      try: () => replaceFile(file, `${JSON.stringify({ v: 1, window })}\n`),
      catch: messageOf,
    }).pipe(Effect.tap(() => Effect.sync(() => (open = window))));
  const publish = Effect.fnUntraced(function* (window: OpenWindow, config: ReleaseConfig) {
    const { every, dimensions, threshold = THRESHOLD, noise = { mechanism: "none" } } = config;
    const [from, until, time] = [window.from, window.until, Date.now()].map(instant) as [
      string,
      string,
      string,
    ];
    const id = from.slice(0, every === "day" ? "2026-11-27".length : "2026-11-27T21".length);
    const request: ReleaseRequest = { id, enforcer: app, time, from, until, dimensions, threshold, noise };
    const entry = yield* Effect.tryPromise({
      try: () => port.release({ ...request, firstIndex: window.firstIndex }),
      catch: messageOf,
    });
    queue.offer({ kind: "entry", entry }, Date.now());
    status = { id, until };
    yield* Effect.logInfo(`release ${id}: ${entry.cells.length} numbers, ${entry.suppressed} held back`);
  });
  const look = Effect.gen(function* () {
    const now = Date.now();
    const { releases } = cell.current.site.audit;
    const { size, state } = sink.status();
    if (releases === undefined) {
      if (open !== null) yield* keep(null);
      return;
    }
    // What an earlier run or setting left in the log of the first window is counted too, wherever it begins.
    if (open === null) return yield* keep(windowAt(now, releases.every, 0));
    if (now <= open.until) sizeWithin = size;
    if (state !== "ok" || now < open.until + timing.settleMs) return;
    const over = open;
    // The next window is kept first: whatever happens then, no window is published twice, blurred anew each time.
    yield* keep(windowAt(now, releases.every, sizeWithin ?? over.firstIndex));
    sizeWithin = null;
    yield* publish(over, releases);
  });
  yield* look.pipe(
    Effect.catch((message) => Effect.logWarning(`numbers could not be published: ${message}`)),
    Effect.andThen(Effect.sleep(timing.lookMs)),
    Effect.forever,
    Effect.forkScoped,
  );
  return () => status;
});

function readWindow(file: string): OpenWindow | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (!Predicate.hasProperty(value, "window")) return null;
    const { window } = value;
    return isWindow(window) ? window : null;
  } catch {
    return null;
  }
}

function isWindow(value: unknown): value is OpenWindow {
  if (!Predicate.isObjectKeyword(value)) return false;
  const { from, until, firstIndex } = value as Readonly<Record<string, unknown>>;
  return [from, until, firstIndex].every(Number.isSafeInteger) && Number(firstIndex) >= 0;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function messageOf(cause: unknown): string {
  return (cause as { readonly message?: string }).message ?? String(cause);
}
