// From one image to the next: what has changed, as a file. A program that holds the old image makes the new one from it, in
// steps as short as it likes.
export { applyDelta, type DeltaOptions, type DeltaSteps, type Hash, openDelta } from "./delta/apply-delta.ts";
export { DELTA_VERSION } from "./delta/delta-format.ts";
export type { DeltaIssue } from "./delta/delta-issue.ts";
export { makeDelta } from "./delta/make-delta.ts";
