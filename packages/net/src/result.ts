/**
 * What went wrong with one value, for a person and for a program.
 *
 * Shape:
 *   code     stable, kebab-case, prefixed by the package: `net/name-label-too-long`
 *   message  one line, lower-case start, no final period, user input in backticks
 *   help     what to do about it, where that can be said
 *   offset   0-based index into the input where the fault was seen, where one exists
 */
export interface Issue {
  readonly code: string;
  readonly message: string;
  readonly help?: string | undefined;
  readonly offset?: number | undefined;
}

/** Either a value or the issue that prevented it; pure code returns this instead of throwing. */
export type Result<T, I = Issue> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issue: I };
