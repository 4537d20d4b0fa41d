// Records to entries to the disk: everything that need not be done where packets are answered. Runs in a thread of its own
// (`log-worker.ts`), or in the caller's where there is none.
import { join } from "node:path";
import { type DecisionEntry, type Entry, encodeEntry, lastingPart, type ReleaseEntry } from "@demarc/audit";
import {
  type AuditKey,
  type AuditLog,
  loadOrCreateKey,
  makeRelease,
  openLog,
  openReader,
  type ReleaseRequest,
} from "@demarc/audit/node";
import type { Activation } from "./activation.ts";
import { decisionEntry, type PendingDecision } from "./decision-entry.ts";
import type { Batch, LogFailure, LogPlace, LogPort, OpenedLog } from "./log-port.ts";
import { LogPrivacy } from "./log-privacy.ts";

/** What every decision by one rule of an image says: made ready for the log once. */
type SharedParts = Pick<DecisionEntry, "engine" | "policy" | "law">;

/** An image that was announced under an index; `shared` by position of the rule, at -1 for none. */
interface AnnouncedImage {
  readonly activation: Activation;
  readonly index: number | null;
  readonly shared: Map<number, SharedParts>;
}

/** What this run has told the log: the data in use, and under which index each image was announced. */
interface Announced {
  readonly data: string | null;
  readonly policies: ReadonlyMap<string, AnnouncedImage>;
  readonly current: { readonly activation: Activation; readonly index: number } | null;
}

/** A log and what was announced in it. */
export class LogWriter implements LogPort {
  readonly #place: LogPlace;
  #log: AuditLog | null = null;
  #privacy: LogPrivacy | null = null;
  #announced: Announced = { data: null, policies: new Map(), current: null };
  readonly #onFailure: (failure: LogFailure) => void;
  /** The write before, and the first one that failed since the log was opened. */
  #last: Promise<unknown> = Promise.resolve();
  #broken: { readonly cause: unknown } | null = null;

  constructor(place: LogPlace, onFailure: (failure: LogFailure) => void = () => undefined) {
    this.#place = place;
    this.#onFailure = onFailure;
  }

  async open(known: readonly Activation[]): Promise<OpenedLog> {
    await this.close().catch(() => undefined);
    this.#broken = null;
    const { directory, app } = this.#place;
    const origin = `demarc.example/${app}`;
    const signer = await loadOrCreateKey(join(directory, "key"), origin);
    const log = await openLog({
      dir: join(directory, "log"),
      origin,
      signer,
      onFailure: ({ message, help }) => this.#onFailure({ message, help }),
    });
    this.#log = log;
    this.#privacy = await LogPrivacy.open(this.#place);
    if (log.size === 0) await log.append(keyEntry(signer, app));
    const policies = new Map(this.#announced.policies);
    for (const activation of known) {
      const { object } = activation.policy;
      if (!policies.has(object)) policies.set(object, { activation, index: null, shared: new Map() });
    }
    this.#announced = { ...this.#announced, policies };
    return { origin, verifierKey: signer.verifierKey, size: log.size };
  }

  failure(): LogFailure | null {
    return this.#log?.failure ?? null;
  }

  write(batch: Batch): Promise<number> {
    const written = this.#last.then(() => this.#writeNext(batch));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #writeNext(batch: Batch): Promise<number> {
    if (this.#broken !== null) throw this.#broken.cause;
    try {
      return await this.#write(batch);
    } catch (cause) {
      this.#broken = { cause };
      throw cause;
    }
  }

  async #write({ records, gap }: Batch): Promise<number> {
    const log = this.#log;
    if (log === null) throw new Error("the log is not open");
    const { app } = this.#place;
    const entries: Uint8Array[] = [];
    // What the log was told counts once it is durable: a batch that fails is told again.
    let told = this.#announced;
    for (const record of records) {
      switch (record.kind) {
        case "decision": {
          const begun = await this.#privacy?.begin(record.pending.at);
          for (const entry of begun ?? []) entries.push(encoded(entry));
          entries.push(encodedDecision(record.pending, app, told, this.#privacy));
          break;
        }
        case "entry":
          entries.push(encoded(record.entry));
          break;
        case "activation": {
          const { activation, at } = record;
          for (const bytes of activation.objects) await log.putObject(bytes);
          for (const entry of activationEntries(activation, at, app, told)) entries.push(encoded(entry));
          const index = log.size + entries.length - 1;
          // Its objects are stored: what they took is given back.
          const kept = { ...activation, objects: [] };
          const image = { activation: kept, index, shared: new Map<number, SharedParts>() };
          const policies = new Map(told.policies).set(activation.policy.object, image);
          told = { data: activation.data.digest, policies, current: { activation: kept, index } };
        }
      }
    }
    if (gap !== null) {
      const { count, run, first, last } = gap;
      const cause = "the log could not take them";
      const window = { from: instant(gap.from), until: instant(gap.until) };
      entries.push(encoded({ v: 1, type: "gap", enforcer: app, ...window, count, cause, run, first, last }));
    }
    await this.#privacy?.sync();
    await log.appendAll(entries);
    this.#announced = told;
    return log.size;
  }

  async release(request: ReleaseRequest): Promise<ReleaseEntry> {
    return makeRelease(await openReader(join(this.#place.directory, "log")), request);
  }

  async close(): Promise<void> {
    await this.#last;
    const log = this.#log;
    this.#log = null;
    await log?.close();
  }
}

function activationEntries(activation: Activation, at: number, app: string, told: Announced): Entry[] {
  const { policy, policies, manifest, data, engine } = activation;
  const common = { v: 1, enforcer: app, time: instant(at) } as const;
  const entries: Entry[] = [];
  if (told.data !== data.digest)
    entries.push({ ...common, type: "data.activated", data: data.digest, sources: data.sources });
  if (told.current !== null && told.current.activation.policy.object !== policy.object) {
    const { activation: before, index } = told.current;
    const retired = { policy: before.policy, activation: index, cause: "replaced" } as const;
    entries.push({ ...common, type: "policy.retired", ...retired });
  }
  entries.push({ ...common, type: "policy.activated", policy, engine, manifest, policies });
  return entries;
}

function keyEntry(key: AuditKey, app: string): Entry {
  const { verifierKey, second } = key;
  const further = second === null ? {} : { further: [second.verifierKey] };
  return { v: 1, type: "key", enforcer: app, time: instant(Date.now()), verifierKey, ...further };
}

// One record that can not be written must not keep the ones behind it from the log.
function encodedDecision(
  pending: PendingDecision,
  app: string,
  told: Announced,
  privacy: LogPrivacy | null,
): Uint8Array {
  const { run, seq, object } = pending;
  const numbers = { run, first: seq, last: seq };
  try {
    const known = told.policies.get(object);
    if (known === undefined) throw new Error(`no image ${object} was activated`);
    const entry = entryOf(pending, app, known);
    const bytes = encodeEntry(privacy === null ? entry : privacy.protect(entry, pending));
    return bytes.ok ? bytes.value : lost(app, instant(pending.at), bytes.issue.message, numbers);
  } catch (cause) {
    return lost(app, instant(Date.now()), String(cause), numbers);
  }
}

function entryOf(pending: PendingDecision, app: string, image: AnnouncedImage): DecisionEntry {
  const entry = decisionEntry(pending, app, image.activation, image.index);
  let shared = image.shared.get(pending.rule);
  if (shared === undefined) {
    const { engine, policy, law } = entry;
    shared = {
      engine: lastingPart(engine),
      policy: lastingPart(policy),
      law: law === null ? null : lastingPart(law),
    };
    image.shared.set(pending.rule, shared);
  }
  return { ...entry, ...shared };
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
  const window = { from: time, until: time };
  const gap = encodeEntry({
    v: 1,
    type: "gap",
    enforcer,
    ...window,
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
