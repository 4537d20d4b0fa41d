// What openImage makes of the bytes: typed columns to read, prebuilt decisions to hand out, and scratch space, so
// that a decision allocates nothing. One image is used by one thread at a time; decisions themselves are immutable.

import type { Decision, PolicyImage, RuleRecord } from "../types.ts";
import type { KeySet } from "./key-set.ts";
import type { RangeTable } from "./range-table.ts";
import type { Schedule, State } from "./schedule.ts";

/** A territory or group in a scope: an index into `codes`. */
export interface Item {
  readonly code: string;
  readonly isGroup: boolean;
}

/** Membership of one territory in one group over time, half-open, milliseconds. */
export interface Interval {
  readonly from: number;
  readonly until: number;
  readonly inside: boolean;
}

/** Group code to territory code to intervals. */
export type Groups = ReadonlyMap<string, ReadonlyMap<string, readonly Interval[]>>;

/** What decides about a rule besides its selectors. */
export interface RuleRow {
  readonly effective: number;
  readonly expires: number;
  /** Whether its status is in force; says nothing where there are `states`. */
  readonly inForce: boolean;
  readonly states: readonly State[];
  readonly schedule: Schedule | null;
  readonly minConfidence: number;
  /** One bit per position in CONNECTORS. */
  readonly connectors: number;
  /** Position in EFFECTS: the smaller is the freer one. */
  readonly effect: number;
  /** Position in WHEN_UNKNOWN. */
  readonly whenUnknown: number;
  readonly layer: number;
  readonly overrides: Uint32Array;
  readonly territories: readonly Item[];
  readonly except: readonly Item[];
  readonly egress: readonly Item[];
}

/** The decisions that a rule can lead to, made once. Only a route has more than one. */
export interface RuleDecisions {
  readonly plain: Decision;
  readonly egressPermitted: Decision;
  readonly egressOutside: Decision;
  readonly egressUnknown: Decision;
}

/** Reused between decisions; INVARIANT: a mark equals `generation` only if it was set for the request at hand. */
export interface Scratch {
  generation: number;
  /** A name that came as bytes, in its canonical form. */
  readonly name: Uint8Array;
  /** Per atom: generation in which it was excluded (a list's own exception matched). */
  readonly atomExcluded: Float64Array;
  /** Atoms that were hit, with their rank, in order of finding. */
  hitCount: number;
  hitAtoms: Uint32Array;
  hitRanks: Int32Array;
  /** Per rule: generation in which a selector, and an exception, matched. */
  readonly ruleMatched: Float64Array;
  readonly ruleExcepted: Float64Array;
  readonly ruleRank: Int32Array;
  /** Per rule: the atom of its best hit, and the rank that the hit has when it is not through a list. */
  readonly ruleAtom: Uint32Array;
  readonly ruleDetail: Int32Array;
  matchedCount: number;
  readonly matchedRules: Uint32Array;
  /** Per rule: generation in which another rule overrode it. */
  readonly ruleOverridden: Float64Array;
}

/** An image, opened. */
export interface OpenedImage extends PolicyImage {
  readonly rules: readonly RuleRecord[];
  readonly rows: readonly RuleRow[];
  readonly decisions: readonly RuleDecisions[];
  readonly byDefault: Decision;
  readonly malformed: Decision;
  readonly groups: Groups;
  readonly atomRule: Uint32Array;
  readonly atomIsException: Uint8Array;
  /** Code of the list's reference plus 1, or 0. */
  readonly atomList: Uint32Array;
  readonly codes: readonly string[];
  readonly postingStarts: Uint32Array;
  readonly postings: Uint32Array;
  readonly names: KeySet;
  readonly urls: KeySet;
  readonly ranges4: RangeTable;
  readonly ranges6: RangeTable;
  /** Three numbers a row: length, posting list, parent plus 1. */
  readonly chains: Uint32Array;
  /** Five numbers a row: first and last port, reach, protocol, posting list. */
  readonly ports: Uint32Array;
  /** Two numbers a row: number and posting list. */
  readonly asns: Uint32Array;
  readonly classes: ReadonlyMap<string, number>;
  readonly any: number;
  readonly scratch: Scratch;
}
