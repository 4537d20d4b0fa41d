import { setImmediate as turn } from "node:timers/promises";
import { equalBytes, utf8 } from "../bytes.ts";
import { type Checkpoint, formatCheckpoint } from "../checkpoint.ts";
import type { Entry } from "../entry.ts";
import { MAX_ENTRY_LENGTH } from "../entry-bundle.ts";
import { encodeEntry } from "../entry-codec.ts";
import { formatNote } from "../note.ts";
import { AuditError, writeFailed } from "./audit-error.ts";
import { directoryStorage } from "./directory-storage.ts";
import { proveEntry } from "./entry-search.ts";
import type { AuditKey } from "./key-file.ts";
import type { Appended, AuditLog, LogOptions, Overload, PublishedCheckpoint } from "./log-contract.ts";
import { readerFrom } from "./log-reader.ts";
import { nodeSha256, signText } from "./node-hash.ts";
import { lastSigned, restoreTree, type Signed } from "./recovery.ts";
import type { Journal, Lease, Storage } from "./storage.ts";
import type { TileBuilder } from "./tile-builder.ts";
import { removePartials } from "./tree-files.ts";
import { encodeFrame, HEADER_LENGTH } from "./wal-frame.ts";

interface Waiting {
  readonly entries: readonly Uint8Array[];
  readonly length: number;
  /** Told the index of the first entry. */
  readonly resolve: (first: number) => void;
  readonly reject: (error: AuditError) => void;
}

/** Entries that were refused since the last gap entry, in milliseconds since 1970. */
interface Loss {
  readonly from: number;
  readonly until: number;
  readonly count: number;
}

const DEFAULT_INTERVAL = 1000;
const FRAME_ENTRIES = 1024;
const FRAME_BYTES = 1024 * 1024;
const APPEND_BYTES = 64 * 1024 * 1024;
const HASH_BATCH = 2048;
/** Unpublished bytes kept in memory; beyond it, appends wait for a checkpoint. */
const PENDING_BYTES = 64 * 1024 * 1024;

function tooLarge(entry: Uint8Array): AuditError | null {
  if (entry.length <= MAX_ENTRY_LENGTH) return null;
  const what = `entry of ${entry.length} bytes; at most ${MAX_ENTRY_LENGTH} are allowed`;
  return new AuditError("audit/entry-too-large", what);
}

function gapEntry(enforcer: string, { from, until, count }: Loss): Uint8Array {
  const gap = encodeEntry({
    v: 1,
    type: "gap",
    enforcer,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    count,
    cause: "more was appended than the log could take",
  });
  if (!gap.ok) throw new AuditError(gap.issue.code, gap.issue.message);
  return gap.value;
}

class FileLog implements AuditLog {
  readonly dir: string;
  readonly origin: string;
  readonly #key: AuditKey;
  readonly #onFailure: (error: AuditError) => void;
  readonly #builder: TileBuilder;
  readonly #wal: Journal;
  readonly #storage: Storage;
  readonly #lease: Lease;
  readonly #timer: NodeJS.Timeout | null;
  #signed: Signed;
  /** Durable entries that are not in the tree yet. */
  #pending: Uint8Array[];
  #pendingBytes = 0;
  #size: number;
  #queue: Waiting[] = [];
  #waitingCount = 0;
  readonly #overload: Overload;
  #loss: Loss | null = null;
  #flushing: Promise<void> | null = null;
  #publishing: Promise<unknown> = Promise.resolve();
  #publishCount = 0;
  #failure: AuditError | null = null;
  #closing: Promise<void> | null = null;

  constructor(
    options: LogOptions,
    parts: {
      storage: Storage;
      lease: Lease;
      signed: Signed;
      builder: TileBuilder;
      wal: Journal;
      pending: Uint8Array[];
    },
  ) {
    this.dir = parts.storage.name;
    this.#storage = parts.storage;
    this.#lease = parts.lease;
    this.origin = options.origin;
    this.#key = options.signer;
    this.#overload = options.overload ?? { mode: "block" };
    this.#onFailure = options.onFailure ?? (() => undefined);
    this.#signed = parts.signed;
    this.#builder = parts.builder;
    this.#wal = parts.wal;
    this.#pending = parts.pending;
    this.#size = parts.builder.size + parts.pending.length;
    const interval = options.checkpointIntervalMs ?? DEFAULT_INTERVAL;
    this.#timer = interval > 0 ? setInterval(() => this.#tick(), interval).unref() : null;
  }

  get size(): number {
    return this.#size;
  }

  get published(): PublishedCheckpoint {
    const { checkpoint, text } = this.#signed as NonNullable<Signed>;
    return { ...checkpoint, text };
  }

  get failure(): AuditError | null {
    return this.#failure;
  }

  #refusal(): AuditError | null {
    if (this.#failure !== null) return this.#failure;
    return this.#closing === null ? null : new AuditError("audit/closed", "the log is closed");
  }

  #fail(error: unknown): AuditError {
    if (this.#failure !== null) return this.#failure;
    const failure = writeFailed(error);
    this.#failure = failure;
    for (const waiting of this.#queue.splice(0)) waiting.reject(failure);
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#onFailure(failure);
    return failure;
  }

  append(entry: Entry | Uint8Array): Promise<{ index: number }> {
    const encoded = entry instanceof Uint8Array ? ({ ok: true, value: entry } as const) : encodeEntry(entry);
    if (!encoded.ok) return Promise.reject(new AuditError(encoded.issue.code, encoded.issue.message));
    const entries = [encoded.value];
    const refusal = this.#refusal() ?? tooLarge(encoded.value) ?? this.#overloaded(1);
    if (refusal !== null) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      this.#enqueue({
        entries,
        length: encoded.value.length + 2,
        resolve: (first) => resolve({ index: first }),
        reject,
      });
    });
  }

  appendAll(entries: readonly Uint8Array[]): Promise<Appended> {
    const refusal = this.#refusal();
    if (refusal !== null) return Promise.reject(refusal);
    let length = 0;
    for (const entry of entries) {
      length += entry.length + 2;
      const refused = tooLarge(entry);
      if (refused !== null) return Promise.reject(refused);
    }
    if (length > APPEND_BYTES) {
      const what = `${length} bytes in one append; at most ${APPEND_BYTES} are allowed`;
      return Promise.reject(new AuditError("audit/append-too-large", what));
    }
    if (entries.length === 0) return Promise.resolve({ first: this.#size, count: 0 });
    const overloaded = this.#overloaded(entries.length);
    if (overloaded !== null) return Promise.reject(overloaded);
    return new Promise((resolve, reject) => {
      const count = entries.length;
      this.#enqueue({ entries, length, resolve: (first) => resolve({ first, count }), reject });
    });
  }

  /** Counts entries that do not fit as lost; null where they fit. */
  #overloaded(count: number): AuditError | null {
    if (this.#overload.mode === "block") return null;
    const { limit } = this.#overload;
    if (this.#waitingCount + count <= limit) return null;
    const now = Date.now();
    const before = this.#loss;
    this.#loss = { from: before?.from ?? now, until: now, count: (before?.count ?? 0) + count };
    this.#flushing ??= this.#flush();
    return new AuditError(
      "audit/overloaded",
      `${this.#waitingCount} entries wait already; at most ${limit} may`,
      {
        help: "a `gap` entry tells of what was refused; append less, or let appends wait (`overload: block`)",
      },
    );
  }

  /** The gap entry of what was lost so far, to be written behind a group. */
  #gapEntry(): Uint8Array | null {
    if (this.#loss === null || this.#overload.mode === "block") return null;
    return gapEntry(this.#overload.enforcer, this.#loss);
  }

  #enqueue(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.#waitingCount += waiting.entries.length;
    this.#flushing ??= this.#flush();
  }

  /** The calls that share the next frame: one at least, then as many as stay within the frame's limits. */
  #takeGroup(): Waiting[] {
    let count = 0;
    let bytes = HEADER_LENGTH;
    let taken = 0;
    for (const waiting of this.#queue) {
      count += waiting.entries.length;
      bytes += waiting.length;
      if (taken > 0 && (count > FRAME_ENTRIES || bytes > FRAME_BYTES)) break;
      taken += 1;
    }
    return this.#queue.splice(0, taken);
  }

  async #flush(): Promise<void> {
    // Calls of this turn of the event loop join the first frame.
    await Promise.resolve();
    while ((this.#queue.length > 0 || this.#loss !== null) && this.#failure === null) {
      // A failure of this publication fails the log, and with it everything in the queue.
      if (this.#pendingBytes > PENDING_BYTES) await this.#publishNow().catch(() => undefined);
      const group = this.#takeGroup();
      const first = this.#size;
      const entries = group.flatMap((waiting) => waiting.entries);
      this.#waitingCount -= entries.length;
      const loss = this.#loss;
      let frame: Buffer;
      try {
        const gap = this.#gapEntry();
        if (gap !== null) entries.push(gap);
        this.#loss = null;
        frame = encodeFrame(first, entries);
        await this.#wal.append(first, frame);
        this.#mustHold();
      } catch (error) {
        const failure = this.#fail(error);
        if (loss !== null) this.#loss = { ...loss, count: loss.count + (this.#loss?.count ?? 0) };
        for (const waiting of group) waiting.reject(failure);
        break;
      }
      let at = HEADER_LENGTH;
      for (const entry of entries) {
        this.#pending.push(frame.subarray(at + 2, at + 2 + entry.length));
        at += 2 + entry.length;
      }
      this.#pendingBytes += at;
      this.#size = first + entries.length;
      let position = first;
      for (const waiting of group) {
        waiting.resolve(position);
        position += waiting.entries.length;
      }
    }
    this.#flushing = null;
  }

  #tick(): void {
    if (this.#pending.length === 0 || this.#publishCount > 0 || this.#refusal() !== null) return;
    // A failure is kept in `failure` and told to `onFailure`.
    this.checkpoint().catch(() => undefined);
  }

  async checkpoint(): Promise<PublishedCheckpoint> {
    const refusal = this.#refusal();
    if (refusal !== null) throw refusal;
    await this.#publishNow();
    return this.published;
  }

  async prove(index: number): Promise<string> {
    if (index >= this.published.size && index < this.#size) await this.checkpoint();
    return proveEntry(readerFrom(this.dir, this.#storage.read), index);
  }

  #publishNow(): Promise<Checkpoint> {
    this.#publishCount += 1;
    const published = this.#publishing.then(() => this.#publishTree());
    this.#publishing = published.then(
      () => this.#publishDone(),
      () => this.#publishDone(),
    );
    return published;
  }

  #publishDone(): void {
    this.#publishCount -= 1;
  }

  async #publishTree(): Promise<Checkpoint> {
    if (this.#failure !== null) throw this.#failure;
    const entries = this.#pending;
    if (entries.length === 0 && this.#signed !== null) return this.#signed.checkpoint;
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      for (let at = 0; at < entries.length; at += 1) {
        this.#builder.add(entries[at] as Uint8Array);
        if (at % HASH_BATCH === HASH_BATCH - 1) await turn();
      }
      const full = this.#builder.takeFinished();
      await this.#storage.write([...full, ...this.#builder.partialFiles()]);
      const signed = this.#sign();
      // Private first: after a crash between the two, the log knows of every checkpoint that the public could see.
      this.#mustHold();
      await this.#storage.replace("state/signed", utf8(signed.text));
      this.#mustHold();
      await this.#storage.replace("checkpoint", utf8(signed.text));
      this.#signed = signed;
      await this.#wal.dropBefore(signed.checkpoint.size);
      await removePartials(this.#storage, full);
      return signed.checkpoint;
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** Throws once another writer has the log: what it reads and signs now must not meet anything of this one. */
  #mustHold(): void {
    if (this.#lease.isHeld()) return;
    throw new AuditError("audit/lock-lost", `another process took over the log in ${this.dir}`, {
      help: "nothing was acknowledged since; stop this writer",
    });
  }

  #sign(): NonNullable<Signed> {
    const checkpoint: Checkpoint = {
      origin: this.origin,
      size: this.#builder.size,
      root: this.#builder.root(),
      extensions: [],
    };
    const text = formatCheckpoint(checkpoint);
    const signature = {
      name: this.#key.name,
      keyId: this.#key.keyId,
      signature: signText(text, this.#key.privateKey),
    };
    const second = this.#key.second?.sign(checkpoint, Math.floor(Date.now() / 1000)) ?? null;
    const note = { text, signatures: second === null ? [signature] : [signature, second] };
    return { checkpoint, note, text: formatNote(note) };
  }

  async putObject(bytes: Uint8Array): Promise<string> {
    const refusal = this.#refusal();
    if (refusal !== null) throw refusal;
    const digest = Buffer.from(nodeSha256(bytes)).toString("hex");
    const path = `objects/sha256/${digest}`;
    try {
      // Content has one name: what is there, is right or will be found to be damaged by its digest.
      const known = await this.#storage.read(path);
      if (known === null || !equalBytes(known, bytes)) await this.#storage.write([{ path, bytes }]);
    } catch (error) {
      throw this.#fail(error);
    }
    return digest;
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeNow();
    return this.#closing;
  }

  async #closeNow(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    const wasFailed = this.#failure !== null;
    await this.#flushing;
    try {
      await (wasFailed ? this.#publishing : this.#publishNow());
    } finally {
      await this.#wal.close().catch(() => undefined);
      await this.#lease.release();
    }
  }
}

/**
 * Opens a log for writing, or begins one.
 *
 * Recovery: the unfinished write of a crash is cut off; entries that were acknowledged and not yet published are
 * published. The public files are a C2SP tlog-tiles log (`checkpoint`, `tile/`, `objects/`); `state/` is private.
 *
 * Errors: `audit/locked` (another process writes it), `audit/log-corrupt`, `audit/behind-signed` (the state is older
 * than a checkpoint that was signed), `audit/origin-mismatch` (another key or origin), `audit/write-failed`.
 */
export async function openLog(options: LogOptions): Promise<AuditLog> {
  const { origin, signer: key } = options;
  const storage = typeof options.dir === "string" ? directoryStorage(options.dir) : options.dir;
  if (origin !== key.name) {
    throw new AuditError("audit/origin-mismatch", `the key is of \`${key.name}\`, not of \`${origin}\``);
  }
  // A name that no gap entry can carry must not be found out under load.
  if (options.overload?.mode === "drop")
    gapEntry(options.overload.enforcer, { from: 0, until: 0, count: options.overload.limit });
  let lease: Lease | null = null;
  let wal: Journal | null = null;
  try {
    lease = await storage.lock();
    const signed = await lastSigned(storage, key);
    const builder = await restoreTree(storage, signed);
    const pending: Uint8Array[] = [];
    wal = await storage.openJournal(builder.size, (entry) => pending.push(entry));
    if (signed !== null) await storage.replace("checkpoint", utf8(signed.text));
    const log = new FileLog(options, { storage, lease, signed, builder, wal, pending });
    await log.checkpoint().catch(async (error: unknown) => {
      await log.close().catch(() => undefined);
      throw error;
    });
    return log;
  } catch (error) {
    await wal?.close().catch(() => undefined);
    await lease?.release();
    throw writeFailed(error);
  }
}
