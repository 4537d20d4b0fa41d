import type { TreeFile } from "./tile-builder.ts";

/** The right to write a log, held by one writer at a time. */
export interface Lease {
  /** False once another writer took it over: nothing more may be acknowledged or signed. Cheap; asked for every frame. */
  readonly isHeld: () => boolean;
  readonly release: () => Promise<void>;
}

/** The row of frames that makes entries durable before they are in the tree. */
export interface Journal {
  /** Adds a frame at the end and resolves once it is durable. `first` is the index of its first entry. */
  readonly append: (first: number, frame: Uint8Array) => Promise<void>;
  /** Forgets frames that hold nothing from index `size` on. Some of them may stay. */
  readonly dropBefore: (size: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Where a log is kept. Paths are relative, with `/`: `checkpoint`, `tile/...`, `objects/...` are public, what begins with
 * `state/` is private. Methods reject with `AuditError` or the error of the medium.
 *
 * What a storage must give, and the contract test checks:
 *   - what a method resolved for is there after a crash;
 *   - a reader sees a file as it was before `write` or `replace`, or as it is after, never a part;
 *   - frames come back from `openJournal` in order and whole; an unfinished last one is left out;
 *   - a damaged journal is refused with `audit/log-corrupt`, one that ends before `from` with `audit/behind-signed`.
 */
export interface Storage {
  /** For messages: the directory, or what else tells where this is. */
  readonly name: string;
  /** Takes the writer's lease. Errors: `audit/locked`. */
  readonly lock: () => Promise<Lease>;
  /** The bytes of a file, or null where there is none. */
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /** Writes files, each in one step; all are durable once it resolves. Files of one name always have the same bytes. */
  readonly write: (files: readonly TreeFile[]) => Promise<void>;
  /** Puts a file in the place of another in one step, durably. */
  readonly replace: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Removes a file, or all below a folder; nothing happens where there is none. */
  readonly remove: (path: string) => Promise<void>;
  /** Gives every entry from index `from` on to `onEntry`, in order, and opens the journal for more. */
  readonly openJournal: (from: number, onEntry: (entry: Uint8Array) => void) => Promise<Journal>;
}
