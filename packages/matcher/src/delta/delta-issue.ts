/**
 * Why bytes are no delta, or not for this image.
 *
 * Shape: `offset` is the 0-based byte of the delta at which the fault was seen.
 * Codes: `delta/magic`, `delta/version`, `delta/truncated`, `delta/base` (it was made for another image), `delta/too-large`,
 * `delta/memory` (that for the new image is in use), `delta/step` (a step that can not be), `delta/digest` (what came out is not
 * the image that the delta names), `delta/not-an-image` (when making one).
 */
export interface DeltaIssue {
  readonly code:
    | "delta/magic"
    | "delta/version"
    | "delta/truncated"
    | "delta/base"
    | "delta/too-large"
    | "delta/memory"
    | "delta/step"
    | "delta/digest"
    | "delta/not-an-image";
  readonly offset: number;
  readonly message: string;
  readonly help?: string | undefined;
}

/** An issue as a result. */
export function issue(
  code: DeltaIssue["code"],
  offset: number,
  message: string,
  help?: string,
): { readonly ok: false; readonly issue: DeltaIssue } {
  return { ok: false, issue: { code, offset, message, ...(help === undefined ? {} : { help }) } };
}
