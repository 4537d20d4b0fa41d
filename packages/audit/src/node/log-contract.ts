import type { Checkpoint } from "../checkpoint.ts";
import type { AuditError } from "./audit-error.ts";
import type { AuditKey } from "./key-file.ts";

/** How to open a log; see `openLog`. */
export interface LogOptions {
  /** Where the log is kept. Made when missing. */
  readonly directory: string;
  /** Identity of the log; the same text as the key's name. */
  readonly origin: string;
  readonly key: AuditKey;
  /** Milliseconds between checkpoints while entries come in; default 1000. 0: only `publish` and `close` write them. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Called once if the log fails (see `AuditLog.failure`), also when no append is waiting. */
  readonly onFailure?: ((error: AuditError) => void) | undefined;
}

/** Where appended entries are: positions `first` to `first + count - 1`. */
export interface Appended {
  readonly first: number;
  readonly count: number;
}

/** A log that is open for writing. One process at a time has it. */
export interface AuditLog {
  readonly directory: string;
  readonly origin: string;
  /** Entries that are durable: every one of them was acknowledged or recovered. */
  readonly size: number;
  /** The newest signed checkpoint. */
  readonly checkpoint: Checkpoint;
  /** Why the log stopped taking entries, or null. A failed log stays failed: close it, then open it again. */
  readonly failure: AuditError | null;
  /**
   * Adds entries at the end, all or none, next to each other. Resolves once they are on disk (`fdatasync`); calls at
   * the same time share one. Do not change the bytes before that.
   *
   * Errors: `audit/entry-too-large` (over 65,535 bytes), `audit/append-too-large` (over 64 MiB in one call),
   * `audit/write-failed` (disk full, input/output error), `audit/closed`.
   */
  readonly append: (entries: readonly Uint8Array[]) => Promise<Appended>;
  /**
   * Writes tiles and bundles of all durable entries, then signs and publishes their checkpoint.
   *
   * Errors: `audit/write-failed`, `audit/closed`.
   */
  readonly publish: () => Promise<Checkpoint>;
  /**
   * Stores bytes under their SHA-256 in `objects/`, durably, and gives the digest in lower-case hex.
   *
   * Errors: `audit/write-failed`, `audit/closed`.
   */
  readonly putObject: (bytes: Uint8Array) => Promise<string>;
  /** Waits for pending appends, publishes, and releases the log. Safe to call twice. Rejects as `publish` does. */
  readonly close: () => Promise<void>;
}
