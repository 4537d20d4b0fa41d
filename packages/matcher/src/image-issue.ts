/**
 * Why bytes are no image.
 *
 * Shape: `offset` is the 0-based byte at which the fault was seen.
 * Codes: `image/not-bytes`, `image/magic`, `image/version`, `image/truncated`, `image/section-table`,
 * `image/section-misaligned`, `image/section-overlap`, `image/digest`, `image/records` (what is told
 * about a rule), `image/index`
 * (a number points outside of what it points into), `image/value` (a code or instant out of range), `image/table`.
 */
export interface ImageIssue {
  readonly code:
    | "image/not-bytes"
    | "image/magic"
    | "image/version"
    | "image/truncated"
    | "image/section-table"
    | "image/section-misaligned"
    | "image/section-overlap"
    | "image/digest"
    | "image/records"
    | "image/index"
    | "image/value"
    | "image/table";
  readonly offset: number;
  readonly message: string;
  readonly help?: string | undefined;
}
