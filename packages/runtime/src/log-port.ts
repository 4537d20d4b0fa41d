// What the sink sees of a log, in this thread or another.
import type { ReleaseEntry } from "@demarc/audit";
import type { ReleaseRequest } from "@demarc/audit/node";
import type { Activation } from "./activation.ts";
import type { Gap, QueuedRecord } from "./record-queue.ts";

/** Records that are written together, oldest first, and the loss that is told after them. */
export interface Batch {
  readonly records: readonly QueuedRecord[];
  readonly gap: (Gap & { readonly run: string | undefined }) | null;
}

/** Why a log takes nothing more, and what to do. */
export interface LogFailure {
  readonly message: string;
  readonly help?: string | undefined;
}

/** A log that was opened. */
export interface OpenedLog {
  readonly origin: string;
  readonly verifierKey: string;
  readonly size: number;
}

/**
 * One log. Methods reject with an error that has `message` and perhaps `help`. Several writes may be under way: they are made in
 * order, and once one has failed so do all behind it, until the log is opened again. The other methods are called one at a time,
 * but `release`, which reads public files only, beside them.
 */
export interface LogPort {
  /** Opens the log, or opens it again after a failure. `known` are images that decisions may still name. */
  readonly open: (known: readonly Activation[]) => Promise<OpenedLog>;
  /** Writes a batch, all or nothing, and gives the log's size once it is durable. */
  readonly write: (batch: Batch) => Promise<number>;
  /** Counts the decisions of a window as far as they are under a checkpoint; the entry is not appended. */
  readonly release: (request: ReleaseRequest) => Promise<ReleaseEntry>;
  /** Why the log takes nothing more, where that is known; null while it does. */
  readonly failure: () => LogFailure | null;
  /** Publishes what is durable and gives the log back. */
  readonly close: () => Promise<void>;
}

/**
 * What an operator keeps beyond the least. Nothing of it is on by default.
 *
 *   clients    `pseudonym`: decisions carry a keyed pseudonym of the client, another one each epoch
 *   seal       fields of listed decisions that the log has as salted commitments only
 *   epochDays  length of an epoch, default 1; keepDays: how long an epoch's key and openings last after its first day, default 30
 */
export interface PrivacyOptions {
  readonly clients?: "none" | "pseudonym" | undefined;
  readonly seal?: readonly ("name" | "address" | "url")[] | undefined;
  readonly epochDays?: number | undefined;
  readonly keepDays?: number | undefined;
}

/** Where a log is, and whose. */
export interface LogPlace {
  /** The app's state directory: the key beside the log. */
  readonly directory: string;
  readonly app: string;
  readonly privacy?: PrivacyOptions | undefined;
}
