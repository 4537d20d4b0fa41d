// A log's decisions, made again from its public files alone: entry by entry, with the image and the engine that each names.
import { type DecisionEntry, decodeEntry, type EngineReference } from "@demarc/audit";
import type { LogReader } from "@demarc/audit/node";
import { type Decision, decide, type PolicyImage, type Request } from "@demarc/matcher";
import { loadedEngine, loadedTerritories, objectDigest } from "@demarc/runtime";
import { Effect, type Scope } from "effect";
import { attempt } from "../audit-directory.ts";
import { InputFault } from "../exit.ts";
import { type LoggedEngine, startEngine } from "./logged-engine.ts";
import {
  checkActivation,
  engineFiles,
  loadImage,
  loadObject,
  type Objects,
  type PartFinding,
} from "./parts.ts";
import { type Difference, derivedEntry, differenceOf, requestOf } from "./rederive.ts";

/** A decision that does not follow from what its entry names, and what that is to be laid to. */
export interface ReplayDifference extends Difference {
  readonly index: number;
  readonly ref: string;
  /** `entry`: everything it names is whole, and the decision is another. `engine`: another engine had to be used. */
  readonly cause: "entry" | "engine";
}

/** An engine that the range names. `other` is set where this program's had to stand in for it. */
export interface ReplayedEngine extends EngineReference {
  readonly ran: "this program" | "the log's files" | "this program instead";
  readonly other?: { readonly path: string; readonly byte: number | null } | undefined;
}

/** The result of a replay. `ok`: every decision of the range follows, by the engine and image that it names. */
export interface ReplayReport {
  readonly ok: boolean;
  readonly from: number;
  readonly to: number;
  readonly decisions: number;
  readonly same: number;
  readonly differing: number;
  /** Decisions with a sealed field: they can be replayed only by who has the openings. */
  readonly sealed: number;
  /** Decisions whose image or entry could not be read. */
  readonly undecidable: number;
  readonly engines: readonly ReplayedEngine[];
  readonly parts: readonly PartFinding[];
  /** The first hundred. */
  readonly differences: readonly ReplayDifference[];
}

/** What to replay, and how. */
export interface ReplayOptions {
  readonly from: number;
  readonly to: number;
  /** RFC 3339 day such as 2026-11-24: only decisions of that day, in UTC. */
  readonly day?: string | undefined;
  readonly spare: LogReader | null;
  /** Run the log's own engine where this program's is another. */
  readonly runEngine: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

const MOST_DIFFERENCES = 100;

type Decider = (object: string, request: Request) => Promise<Decision> | Decision;

class Replay {
  readonly objects: Objects;
  readonly options: ReplayOptions;
  readonly parts: PartFinding[] = [];
  readonly differences: ReplayDifference[] = [];
  readonly engines = new Map<
    string,
    { readonly info: ReplayedEngine; readonly logged: LoggedEngine | null }
  >();
  readonly images = new Map<string, PolicyImage | null>();
  readonly activations = new Map<number, string>();
  decisions = 0;
  same = 0;
  differing = 0;
  sealed = 0;
  undecidable = 0;

  constructor(objects: Objects, options: ReplayOptions) {
    this.objects = objects;
    this.options = options;
  }

  note(findings: readonly PartFinding[]): void {
    for (const finding of findings)
      if (!this.parts.some((each) => each.object === finding.object && each.message === finding.message))
        this.parts.push(finding);
  }

  settle(index: number, bytes: Uint8Array, entry: DecisionEntry, request: Request, decision: Decision): void {
    const difference = differenceOf(bytes, entry, derivedEntry(entry, request, decision));
    if (difference === null) {
      this.same += 1;
      return;
    }
    this.differing += 1;
    if (this.differences.length >= MOST_DIFFERENCES) return;
    const ran = this.engines.get(engineName(entry.engine))?.info.ran;
    const cause = ran === "this program instead" ? "engine" : "entry";
    this.differences.push({ index, ref: entry.id, cause, ...difference });
  }
}

const engineName = ({ name, version, digest }: EngineReference): string => digest ?? `${name} ${version}`;

// The engine that an entry names: this program's where it is the same, else the log's, else this program's and said so.
const findEngine = Effect.fnUntraced(function* (
  replay: Replay,
  named: EngineReference,
): Effect.fn.Return<
  { readonly info: ReplayedEngine; readonly logged: LoggedEngine | null },
  InputFault,
  Scope.Scope
> {
  const known = replay.engines.get(engineName(named));
  if (known !== undefined) return known;
  const own = loadedEngine();
  const remember = (info: ReplayedEngine, logged: LoggedEngine | null = null) => {
    const found = { info, logged };
    replay.engines.set(engineName(named), found);
    return found;
  };
  if (named.digest === null) return remember({ ...named, ran: "this program instead" });
  const { files, listed, findings } = yield* engineFiles(replay.objects, "engine", named.digest);
  replay.note(findings);
  if (named.digest === own.reference.digest) return remember({ ...named, ran: "this program" });
  const isWhole = listed.length > 0 && listed.every(({ path }) => files.has(path));
  if (replay.options.runEngine && isWhole)
    return remember({ ...named, ran: "the log's files" }, yield* startEngine(files));
  const other = listed.find(({ path, sha256 }) => own.files.get(path)?.digest !== sha256);
  const theirs = other === undefined ? undefined : files.get(other.path);
  const ours = other === undefined ? undefined : own.files.get(other.path)?.bytes;
  const byte = theirs === undefined || ours === undefined ? null : firstDifferent(theirs, ours);
  const differs = other === undefined ? {} : { other: { path: other.path, byte } };
  return remember({ ...named, ran: "this program instead", ...differs });
});

function firstDifferent(a: Uint8Array, b: Uint8Array): number {
  let byte = 0;
  while (byte < a.length && a[byte] === b[byte]) byte += 1;
  return byte;
}

// The activation that an entry points at: it announces this image, and everything that it names is there.
const checkActivationOf = Effect.fnUntraced(function* (
  replay: Replay,
  index: number,
  entry: DecisionEntry,
): Effect.fn.Return<void, InputFault> {
  const { activation, object } = entry.policy;
  if (activation === null) return;
  const known = replay.activations.get(activation);
  const wrong = (message: string) =>
    replay.note([{ part: "policy", object: `entry ${activation}`, path: "activation", message }]);
  if (known !== undefined) {
    if (known !== object) wrong(`announces ${known}, and entry ${index} names ${object}`);
    return;
  }
  const { size } = (yield* attempt(() => replay.objects.reader.checkpoint())).checkpoint;
  const decoded =
    activation < size ? decodeEntry(yield* attempt(() => replay.objects.reader.entry(activation))) : null;
  if (decoded === null || !decoded.ok || decoded.value.type !== "policy.activated") {
    replay.activations.set(activation, "");
    return wrong("is no activation of a policy set");
  }
  const announced = decoded.value;
  replay.activations.set(activation, announced.policy.object);
  if (announced.policy.object !== object)
    wrong(`announces ${announced.policy.object}, and entry ${index} names ${object}`);
  replay.note(yield* checkActivation(replay.objects, announced.manifest));
});

const deciderOf = Effect.fnUntraced(function* (
  replay: Replay,
  index: number,
  entry: DecisionEntry,
): Effect.fn.Return<Decider | null, InputFault, Scope.Scope> {
  const engine = yield* findEngine(replay, entry.engine);
  yield* checkActivationOf(replay, index, entry);
  const { object } = entry.policy;
  if (!replay.images.has(object)) {
    const { image, bytes, findings } = yield* loadImage(replay.objects, entry.policy);
    replay.note(findings);
    replay.images.set(object, image);
    if (bytes !== null) for (const { logged } of replay.engines.values()) logged?.addImage(object, bytes);
  } else if (engine.logged !== null && !engine.logged.hasImage(object)) {
    const { bytes } = yield* loadObject(replay.objects, "policy", object, "image");
    if (bytes !== null) engine.logged.addImage(object, bytes);
  }
  const { logged } = engine;
  if (logged !== null)
    return logged.hasImage(object) ? (each, request) => logged.decide(each, request) : null;
  const image = replay.images.get(object) ?? null;
  return image === null ? null : (_object, request) => decide(image, request);
});

const replayEntry = Effect.fnUntraced(function* (
  replay: Replay,
  index: number,
  bytes: Uint8Array,
): Effect.fn.Return<void, InputFault, Scope.Scope> {
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) {
    replay.undecidable += 1;
    const object = `entry ${index}`;
    return replay.note([{ part: "policy", object, path: "entry", message: decoded.issue.message }]);
  }
  const entry = decoded.value;
  if (entry.type !== "decision") return;
  if (replay.options.day !== undefined && !entry.time.startsWith(replay.options.day)) return;
  replay.decisions += 1;
  const request = requestOf(entry);
  if ("unreadable" in request) {
    if (request.unreadable === "/input/sealed") replay.sealed += 1;
    else replay.undecidable += 1;
    return;
  }
  const decider = yield* deciderOf(replay, index, entry);
  if (decider === null) {
    replay.undecidable += 1;
    return;
  }
  const decided = decider(entry.policy.object, request);
  if (!(decided instanceof Promise)) return replay.settle(index, bytes, entry, request, decided);
  const decision = yield* Effect.tryPromise({
    try: () => decided,
    catch: (cause) =>
      new InputFault({
        code: "cli/engine",
        message: `the log's engine gave no decision for entry ${index}: ${cause instanceof Error ? cause.message : String(cause)}`,
      }),
  });
  replay.settle(index, bytes, entry, request, decision);
});

/** Replays the decisions of a range. Constant memory: one bundle and the images that it names at a time. */
export const replayLog = Effect.fn("replayLog")(function* (
  reader: LogReader,
  options: ReplayOptions,
): Effect.fn.Return<ReplayReport, InputFault, Scope.Scope> {
  const { checkpoint } = yield* attempt(() => reader.checkpoint());
  const to = Math.min(options.to, checkpoint.size);
  const own = new Map(
    [...loadedEngine().objects, ...loadedTerritories().objects].map((bytes) => [objectDigest(bytes), bytes]),
  );
  const replay = new Replay({ reader, spare: options.spare, own }, options);
  for (let at = options.from; at < to; ) {
    const bundle = Math.floor(at / 256);
    const entries = yield* attempt(() => reader.bundle(bundle, checkpoint.size));
    for (; at < to && at < (bundle + 1) * 256; at += 1)
      yield* replayEntry(replay, at, entries[at - bundle * 256] as Uint8Array);
    options.onProgress(at - options.from, to - options.from);
  }
  const { decisions, same, differing, sealed, undecidable, parts, differences } = replay;
  const engines = Array.from(replay.engines.values(), ({ info }) => info);
  const isByNamed = engines.every(({ ran }) => ran !== "this program instead");
  return {
    ok: same === decisions && parts.length === 0 && isByNamed,
    from: options.from,
    to,
    decisions,
    same,
    differing,
    sealed,
    undecidable,
    engines,
    parts,
    differences,
  };
});
