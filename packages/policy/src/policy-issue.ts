/**
 * One fault of a document, where it is and what to do.
 *
 * Codes: `policy/syntax`, `policy/duplicate-key`, `policy/too-large`, `policy/too-deep`, `policy/several-documents` (the text);
 * `policy/kind` (neither policy nor set), `policy/unknown-field`, `policy/missing-field`, `policy/missing-law`,
 * `policy/missing-notice`, `policy/type`, `policy/value`, `policy/format`, `policy/range`, `policy/no-end` (the schema);
 * `policy/selector`, `policy/unknown-territory`, `policy/duplicate-rule`, `policy/order-of-dates`, `policy/ecli-country`,
 * `policy/duplicate-layer` (the sense); warnings: `policy/conflict-strategy`, `policy/yaml-norway`, `policy/unknown-override`
 * and those of lint.ts.
 */
export interface PolicyIssue {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  readonly help?: string | undefined;
}

/** A fault before its position is known; `onKey` points at the field's name rather than its value. */
export interface Fault {
  readonly code: string;
  readonly severity?: "warning" | undefined;
  readonly pointer: string;
  readonly onKey?: boolean | undefined;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  readonly help?: string | undefined;
}
