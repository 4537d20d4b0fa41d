/**
 * What went wrong with a log on disk; thrown (as a rejection) by everything in `/node`.
 *
 *   code     stable: audit/locked, audit/write-failed, audit/read-failed, audit/log-corrupt, audit/behind-signed,
 *            audit/closed, audit/entry-too-large, audit/append-too-large, audit/origin-mismatch,
 *            audit/key-malformed, audit/key-permissions, audit/not-a-log, audit/entry-missing,
 *            audit/prune-refused, audit/lock-lost, audit/overloaded,
 *            audit/epoch-destroyed, audit/epoch-missing
 *   help     what to do about it
 *   cause    the error of the file system, where there was one
 */
export class AuditError extends Error {
  override readonly name = "AuditError";
  readonly code: string;
  readonly help: string | undefined;

  constructor(code: string, message: string, options: { help?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.help = options.help;
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: "disk full",
  EDQUOT: "disk quota exceeded",
  EIO: "input/output error of the disk",
  EROFS: "file system is read-only",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EMFILE: "too many open files",
  ENOENT: "file or directory missing",
};

/** The error code of a failed system call, or an empty text. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}

/** A failed system call in words: `disk full (ENOSPC)`. */
export function describeFailure(error: unknown): string {
  const code = systemCode(error);
  const words = CAUSES[code];
  if (words !== undefined) return `${words} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** The state of a log that could not write: nothing more is acknowledged until it is opened anew. */
export function writeFailed(error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  return new AuditError("audit/write-failed", `the log can not be written: ${describeFailure(error)}`, {
    cause: error,
    help: "entries acknowledged so far are safe; remove the cause and open the log again",
  });
}
