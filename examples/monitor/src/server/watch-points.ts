// The state directories, looked at every second: status, image and log of each enforcement point become the page's state.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { type PointStatus, readStatus } from "@demarc/runtime";
import { Effect, Schedule } from "effect";
import type { MonitorState, PointState } from "../state.ts";
import { answerWhy } from "./answer-why.ts";
import { LogWatch } from "./log-watch.ts";
import type { Answers } from "./page-server.ts";
import { ruleStates } from "./rule-states.ts";

const LOOK_INTERVAL = "1 second";

/** A status older than this comes from a point that is silent, in milliseconds. */
const SILENT_AFTER_MS = 5000;

interface WatchedPoint {
  readonly log: LogWatch;
  status: PointStatus | null;
  image: PolicyImage | null;
}

/** Watches every enforcement point below `state` for as long as the scope lives, and answers from memory. */
export const watchPoints = Effect.fn("watchPoints")(function* (state: string) {
  const points = new Map<string, WatchedPoint>();
  const look = Effect.gen(function* () {
    for (const app of appsIn(state)) {
      const directory = join(state, app);
      const point = points.get(app) ?? { log: new LogWatch(directory), status: null, image: null };
      points.set(app, point);
      point.status = readStatus(join(directory, "status.json")) ?? point.status;
      point.image = imageOf(directory, point);
      yield* point.log.look(Date.now());
    }
  });
  yield* look;
  yield* look.pipe(Effect.repeat(Schedule.spaced(LOOK_INTERVAL)), Effect.forkScoped);
  return {
    state: () => stateOf(points, Date.now()),
    why: (query) => {
      const images = [...points].flatMap(([app, { image }]) =>
        image === null ? [] : [[app, image] as const],
      );
      return answerWhy(new Map(images), query, Date.now());
    },
    logFile: (app, path) => (points.has(app) ? join(state, app, "log", path) : null),
  } satisfies Answers;
});

function appsIn(state: string): string[] {
  if (!existsSync(state)) return [];
  return readdirSync(state)
    .sort()
    .filter((app) => existsSync(join(state, app, "status.json")));
}

// The image is an object of the log, named by its digest; it is opened again only when another one is in force.
function imageOf(directory: string, point: WatchedPoint): PolicyImage | null {
  const wanted = point.status?.policy;
  if (wanted === undefined || point.image?.digest === wanted.image) return point.image;
  const file = join(directory, "log", "objects", "sha256", wanted.object);
  if (!existsSync(file)) return point.image;
  const opened = openImage(new Uint8Array(readFileSync(file)));
  return opened.ok ? opened.value : point.image;
}

function stateOf(points: ReadonlyMap<string, WatchedPoint>, now: number): MonitorState {
  const known = [...points].map(([app, point]) => ({ app, ...point }));
  return {
    at: new Date(now).toISOString(),
    points: known.map(({ app, status, log }) => pointState(app, status, log, now)),
    rules: ruleStates(
      known.flatMap(({ status, image }) => (status === null || image === null ? [] : [{ status, image }])),
      now,
    ),
  };
}

function pointState(app: string, status: PointStatus | null, log: LogWatch, now: number): PointState {
  return {
    app,
    state:
      status === null
        ? "missing"
        : now - Date.parse(status.updatedAt) > SILENT_AFTER_MS
          ? "silent"
          : "running",
    updatedAt: status?.updatedAt ?? null,
    listen: status?.listen ?? null,
    policy: status?.policy ?? null,
    passed: status?.decisions.passed ?? 0,
    refused: status?.decisions.refused ?? 0,
    series: status?.series ?? [],
    log: {
      origin: status?.audit.origin ?? null,
      verifierKey: status?.audit.verifierKey ?? null,
      writing: status === null ? "unknown" : status.audit.state,
      dropped: status?.audit.dropped ?? 0,
      ...log.seen,
    },
  };
}
