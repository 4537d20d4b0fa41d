/**
 * What went wrong with one value, for a person and for a program.
 *
 * Shape:
 *   code     stable, kebab-case, prefixed by the package: `audit/checkpoint-size`
 *   message  one line, lower-case start, no final period, user input in backticks
 *   help     what to do about it, where that can be said
 */
export interface AuditIssue {
  readonly code: string;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Either a value or the issue that prevented it; pure code returns this instead of throwing. */
export type AuditResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issue: AuditIssue };

/** A result that holds `value`. */
export function succeed<T>(value: T): AuditResult<T> {
  return { ok: true, value };
}

/** A result that holds an issue. */
export function refuse(code: string, message: string, help?: string): AuditResult<never> {
  return { ok: false, issue: help === undefined ? { code, message } : { code, message, help } };
}
