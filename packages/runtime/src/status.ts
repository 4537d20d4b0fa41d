// status.json: what an enforcement point says of itself. The monitor and `demarc status` read it.
import { readFileSync } from "node:fs";
import { Predicate } from "effect";

/** The file as JSON. Instants are RFC 3339 in UTC; counters run since the start. */
export interface PointStatus {
  readonly v: 1;
  readonly app: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** `127.0.0.1:8053`, or null when the app did not say. */
  readonly listen: string | null;
  readonly policy: PolicyStatus;
  /** Files that place addresses, in use; none before this was told. */
  readonly evidence?: readonly EvidenceStatus[] | undefined;
  readonly decisions: {
    readonly passed: number;
    readonly refused: number;
    readonly byRule: Readonly<Record<string, number>>;
  };
  /** The last hour, oldest first; minutes without a decision are absent. */
  readonly series: readonly {
    readonly minute: string;
    readonly passed: number;
    readonly refused: number;
    readonly rules: Readonly<Record<string, number>>;
  }[];
  readonly audit: AuditStatus;
  /** What witnesses say of the log; absent where none is asked. */
  readonly witnesses?: WitnessStatus | undefined;
  /** The numbers that were published last; absent before. */
  readonly release?: ReleaseStatus | undefined;
}

/** One file of evidence in use. */
export interface EvidenceStatus {
  readonly name: string;
  /** SHA-256 of the file. */
  readonly digest: string;
  /** `2026-11-01`, or `unknown`. */
  readonly dataDate: string;
  /** That its data is old, in words; null while it is not. */
  readonly warning: string | null;
}

/** What is in force, and what was refused. */
export interface PolicyStatus {
  readonly set: string;
  readonly version: string;
  readonly digest: string;
  /** Content digest of the image. */
  readonly image: string;
  /** SHA-256 of the image's bytes: its name among the log's objects. */
  readonly object: string;
  readonly activatedAt: string;
  readonly rules: number;
  readonly selectors: number;
  /** True while the site's folder holds something that was refused, or was when the app started. */
  readonly lastGood: boolean;
  readonly warnings: number;
  readonly refused: {
    readonly at: string;
    readonly issues: readonly {
      readonly where: string;
      readonly code: string;
      readonly message: string;
      readonly help: string | null;
    }[];
  } | null;
}

/** State of the log. */
export interface AuditStatus {
  readonly state: "ok" | "failing";
  /** Why it fails, in words; null while it does not. */
  readonly message: string | null;
  readonly origin: string;
  readonly verifierKey: string;
  /** Durable entries. */
  readonly size: number;
  readonly waiting: number;
  readonly dropped: number;
}

/**
 * The last round of asking, and what came of all of them.
 *
 *   state     `witnessed` (by the quorum), `failing` (not; what was witnessed before stays), `waiting` (not asked yet)
 *   size      entries that the quorum has seen, at `at`; null while it has seen none
 *   evidence  files that prove two histories of this log
 */
export interface WitnessStatus {
  readonly state: "witnessed" | "failing" | "waiting";
  /** Why it fails, in words; null while it does not. */
  readonly message: string | null;
  readonly size: number | null;
  readonly at: string | null;
  readonly outcomes: readonly { readonly name: string; readonly state: string; readonly message: string }[];
  readonly evidence: readonly string[];
}

/** Published numbers: the id of their `release`, and the end of its window. */
export interface ReleaseStatus {
  readonly id: string;
  readonly until: string;
}

/** Reads a status file; null when it is missing or no status of this version. */
export function readStatus(file: string): PointStatus | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isStatus(value) ? value : null;
  } catch {
    return null;
  }
}

function isStatus(value: unknown): value is PointStatus {
  return (
    Predicate.isObjectKeyword(value) &&
    Predicate.hasProperty(value, "v") &&
    value.v === 1 &&
    Predicate.hasProperty(value, "app") &&
    Predicate.isString(value.app) &&
    Predicate.hasProperty(value, "policy") &&
    Predicate.hasProperty(value, "decisions") &&
    Predicate.hasProperty(value, "series") &&
    Array.isArray(value.series) &&
    Predicate.hasProperty(value, "audit")
  );
}
