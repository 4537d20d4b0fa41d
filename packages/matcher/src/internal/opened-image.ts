// What openImage makes of the bytes: typed columns to read, prebuilt decisions to hand out, and scratch space, so
// that a decision allocates nothing. One image is used by one thread at a time; decisions themselves are immutable.
import type { Decision, PolicyImage, RuleRecord } from "../types.ts";
import type { KeySet } from "./key-set.ts";
import type { NumberMap } from "./number-map.ts";
import type { PatternTable } from "./pattern-table.ts";
import type { PerRule } from "./per-rule.ts";
import type { RangeTable } from "./range-table.ts";
import type { RecordSource } from "./records.ts";

/** The decisions that a route can lead to. */
export interface RouteDecisions {
  readonly permitted: Decision;
  readonly outside: Decision;
  readonly unknown: Decision;
}

/**
 * Reused between decisions, as large as the requests so far needed and not as the image has rules.
 *
 * A *match* is a rule that some selector of the request at hand matches: a number below `matchCount`.
 */
export interface Scratch {
  /** Atoms that were hit, with their rank, in order of finding. */
  hitCount: number;
  hitAtoms: Uint32Array;
  hitRanks: Int32Array;
  /** Atoms that a list's own exception strikes. */
  readonly struck: NumberMap;
  matchCount: number;
  /** Rule to match, once there are more than a few. */
  readonly matchOfRule: NumberMap;
  /** Per match: rule, rank of its best hit, and the rank that the hit has when it is not through a list. */
  matchRules: Uint32Array;
  matchRanks: Int32Array;
  matchDetails: Int32Array;
  /** Per match: EXCEPTED, OVERRIDDEN. */
  matchMarks: Uint8Array;
  /** Matches that compete for the decision. */
  competing: Uint32Array;
}

/** Marks of a match: an exception of the rule matches too; a competing rule of the same layer overrides it. */
export const EXCEPTED = 1;
export const OVERRIDDEN = 2;

/** The inside of an image. */
export interface OpenedImage extends RecordSource {
  readonly digest: string;
  /** What was made of rules so far. */
  readonly records: PerRule<RuleRecord>;
  readonly decisions: PerRule<Decision>;
  readonly routes: PerRule<RouteDecisions>;
  readonly byDefault: Decision;
  readonly malformed: Decision;
  /** Three words a row: rule, 1 for an exception, text of the list's reference plus 1 or 0. */
  readonly atoms: Uint32Array;
  readonly postingStarts: Uint32Array;
  readonly postings: Uint32Array;
  readonly names: KeySet;
  readonly urls: KeySet;
  readonly patterns: PatternTable;
  readonly ranges4: RangeTable;
  readonly ranges6: RangeTable;
  /** Three numbers a row: length, posting list, parent plus 1. */
  readonly chains: Uint32Array;
  /** Three words a row: first and last port, reach and protocol (the first of two in the lower half), posting list. */
  readonly ports: Uint32Array;
  /** Two numbers a row: number and posting list. */
  readonly asns: Uint32Array;
  readonly classes: ReadonlyMap<string, number>;
  readonly any: number;
  readonly scratch: Scratch;
}

/** The inside of an image that openImage made; no other one is a PolicyImage. */
export function insideOf(image: PolicyImage): OpenedImage {
  return (image as PolicyImage & { readonly inside: OpenedImage }).inside;
}
