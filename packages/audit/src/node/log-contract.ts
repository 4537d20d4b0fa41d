import type { Checkpoint } from "../checkpoint.ts";
import type { Entry } from "../entry.ts";
import type { AuditError } from "./audit-error.ts";
import type { AuditKey } from "./key-file.ts";
import type { Storage } from "./storage.ts";

/** How to open a log; see `openLog`. */
export interface LogOptions {
  /** Directory that the log is kept in, made when missing; or another storage. */
  readonly dir: string | Storage;
  /** Identity of the log; the same text as the key's name. */
  readonly origin: string;
  /** The log's key; `loadOrCreateKey` gives one. */
  readonly signer: AuditKey;
  /** Milliseconds between checkpoints while entries come in; default 1000. 0: only `checkpoint` and `close` write them. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Default: `block`. */
  readonly overload?: Overload | undefined;
  /** Called once if the log fails (see `AuditLog.failure`), also when no append is waiting. */
  readonly onFailure?: ((error: AuditError) => void) | undefined;
}

/**
 * What happens when more is appended than the disk takes.
 *
 *   block   the default: `append` resolves later; the caller's waiting is the back-pressure
 *   drop    beyond `limit` waiting entries, `append` rejects with `audit/overloaded`, and a `gap` entry in the name of
 *           `enforcer` says how many entries were lost between when and when: entries and gaps add up to what was offered
 */
export type Overload =
  | { readonly mode: "block" }
  | { readonly mode: "drop"; readonly limit: number; readonly enforcer: string };

/** Where appended entries are: positions `first` to `first + count - 1`. */
export interface Appended {
  readonly first: number;
  readonly count: number;
}

/** A checkpoint that was signed and published, with its text as it is on disk. */
export interface PublishedCheckpoint extends Checkpoint {
  readonly text: string;
}

/** A log that is open for writing. One process at a time has it. */
export interface AuditLog {
  /** The directory's path, or the storage's name. */
  readonly dir: string;
  readonly origin: string;
  /** Entries that are durable: every one of them was acknowledged or recovered. */
  readonly size: number;
  /** The newest signed checkpoint. */
  readonly published: PublishedCheckpoint;
  /** Why the log stopped taking entries, or null. A failed log stays failed: close it, then open it again. */
  readonly failure: AuditError | null;
  /**
   * Adds one entry at the end, as canonical JSON; bytes are taken as they are. Resolves once it is on disk
   * (`fdatasync`); calls at the same time share one. Do not change the bytes before that.
   *
   * Errors: `audit/entry-invalid`, `audit/entry-too-large` (over 65,535 bytes), `audit/write-failed` (disk full,
   * input/output error), `audit/overloaded` (with `overload: drop`), `audit/closed`.
   */
  readonly append: (entry: Entry | Uint8Array) => Promise<{ readonly index: number }>;
  /**
   * Adds encoded entries at the end, all or none, next to each other; the fast way for many.
   *
   * Errors: those of `append`; `audit/append-too-large` (over 64 MiB in one call).
   */
  readonly appendAll: (entries: readonly Uint8Array[]) => Promise<Appended>;
  /**
   * Writes tiles and bundles of all durable entries, then signs and publishes their checkpoint.
   *
   * Errors: `audit/write-failed`, `audit/closed`.
   */
  readonly checkpoint: () => Promise<PublishedCheckpoint>;
  /**
   * The proof that the entry at `index` is in the log, as the text of a `.tlog-proof` file (C2SP tlog-proof). Publishes
   * a checkpoint first where the newest one does not cover the entry.
   *
   * Errors: `audit/entry-missing` when there is no such entry; those of `checkpoint`.
   */
  readonly prove: (index: number) => Promise<string>;
  /**
   * Stores bytes under their SHA-256 in `objects/`, durably, and gives the digest in lower-case hex.
   *
   * Errors: `audit/write-failed`, `audit/closed`.
   */
  readonly putObject: (bytes: Uint8Array) => Promise<string>;
  /** Waits for pending appends, publishes, and releases the log. Safe to call twice. Rejects as `checkpoint` does. */
  readonly close: () => Promise<void>;
}
