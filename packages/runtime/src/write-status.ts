import { Effect } from "effect";
import type { DecisionCounts } from "./decision-counts.ts";
import type { PolicyCell } from "./enforced-policy.ts";
import { evidenceAge } from "./load-evidence.ts";
import { replaceFileAside } from "./replace-file.ts";
import { placeOf } from "./site-refused.ts";
import type {
  AuditStatus,
  EvidenceStatus,
  PointStatus,
  PolicyStatus,
  ReleaseStatus,
  WitnessStatus,
} from "./status.ts";

/** Where the status comes from. */
export interface StatusParts {
  readonly app: string;
  readonly startedAt: number;
  readonly listen: string | null;
  readonly cell: PolicyCell;
  readonly counts: DecisionCounts;
  readonly audit: () => AuditStatus;
  /** Null where no witness is asked, and where nothing was published yet. */
  readonly witnesses: () => WitnessStatus | null;
  readonly release: () => ReleaseStatus | null;
}

/**
 * Writes the status file, in place of the old one in one step. A failure is passed over: the next second tries again. Packets do
 * not wait for the disk; whoever interrupts waits, so that no old status comes after the last one.
 */
export const writeStatus = (file: string, parts: StatusParts): Effect.Effect<void> =>
  Effect.tryPromise(() => replaceFileAside(file, `${JSON.stringify(statusOf(parts))}\n`)).pipe(
    Effect.ignore,
    Effect.uninterruptible,
  );

function statusOf(parts: StatusParts): PointStatus {
  const { app, startedAt, listen, cell, counts, audit } = parts;
  const witnesses = parts.witnesses();
  const release = parts.release();
  return {
    v: 1,
    app,
    pid: process.pid,
    startedAt: instant(startedAt),
    updatedAt: instant(Date.now()),
    listen,
    policy: policyStatus(cell),
    evidence: evidenceStatus(cell),
    decisions: { passed: counts.passed, refused: counts.refused, byRule: Object.fromEntries(counts.byRule) },
    series: counts.series.map(({ minute, passed, refused, rules }) => ({
      minute: instant(minute),
      passed,
      refused,
      rules: Object.fromEntries(rules),
    })),
    audit: audit(),
    ...(witnesses === null ? {} : { witnesses }),
    ...(release === null ? {} : { release }),
  };
}

function evidenceStatus({ current: { evidence } }: PolicyCell): readonly EvidenceStatus[] {
  const old = evidenceAge(evidence, Date.now());
  const warningOf = (name: string): string | null =>
    [...old, ...evidence.issues].find(({ message }) => message.includes(`\`${name}\``))?.message ?? null;
  return [
    ...evidence.sources.map(({ name, digest, source: { dataDate } }) => ({
      name,
      digest,
      dataDate,
      warning: warningOf(name),
    })),
    ...evidence.maps.map(({ name, digest, map: { dataDate } }) => ({
      name,
      digest,
      dataDate,
      warning: null,
    })),
  ];
}

function policyStatus({ current, refused }: PolicyCell): PolicyStatus {
  const { image } = current;
  return {
    set: image.set.id,
    version: image.set.version,
    digest: image.set.digest,
    image: image.digest,
    object: current.object,
    activatedAt: instant(current.activatedAt),
    rules: image.ruleCount,
    selectors: image.selectorCount,
    lastGood: refused !== null,
    warnings: current.site.issues.length,
    refused:
      refused === null
        ? null
        : {
            at: instant(refused.at),
            issues: refused.issues
              .filter((issue) => issue.severity === "error")
              .map((issue) => ({
                where: placeOf(issue),
                code: issue.code,
                message: issue.message,
                help: issue.help ?? null,
              })),
          },
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
