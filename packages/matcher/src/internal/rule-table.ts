// The rows of an image's rules, in place: a decision reads numbers, and no rule is an object. See layout/rule.ts.
import type { Request } from "../types.ts";

/** Columns that decide, over the bytes of the image. All was checked when it opened. */
export interface RuleTable {
  readonly count: number;
  /** The rows as words and as float64s. */
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
  /** Positions of rules. */
  readonly overrides: Uint32Array;
  /** Rows of four words, two float64s: instant, state. */
  readonly states: Uint32Array;
  readonly stateTimes: Float64Array;
  /** Four words a row: windows and offsets, start and count each. */
  readonly schedules: Uint32Array;
  /** Four numbers a row: days, from, to. */
  readonly windows: Uint16Array;
  /** Rows of four words, two float64s: instant, seconds. */
  readonly offsets: Uint32Array;
  readonly offsetTimes: Float64Array;
}

// A row is 16 words or 8 float64s. The columns are those of layout/rule.ts, written out: an engine folds the numbers it sees.
// test/records.test.ts holds both together.

/** Whether the instant is within those from which to which a rule holds. */
export function isEffective({ doubles }: RuleTable, rule: number, request: Pick<Request, "at">): boolean {
  const row = rule * 8;
  return request.at >= (doubles[row] as number) && request.at < (doubles[row + 1] as number);
}

/** The instant from which a rule holds, in milliseconds. */
export function effectiveOf({ doubles }: RuleTable, rule: number): number {
  return doubles[rule * 8] as number;
}

/** The instant from which it does not. */
export function expiresOf({ doubles }: RuleTable, rule: number): number {
  return doubles[rule * 8 + 1] as number;
}

/** Least confidence of a place that counts. */
export function minConfidenceOf({ doubles }: RuleTable, rule: number): number {
  return doubles[rule * 8 + 2] as number;
}

/** One bit per position in CONNECTORS. */
export function connectorsOf({ words }: RuleTable, rule: number): number {
  return (words[rule * 16 + 6] as number) & 0xff;
}

/** Position in STATUSES; says nothing where there are states. */
export function statusOf({ words }: RuleTable, rule: number): number {
  return ((words[rule * 16 + 6] as number) >>> 8) & 0xff;
}

/** Position in EFFECTS: the smaller is the freer one. */
export function effectOf({ words }: RuleTable, rule: number): number {
  return ((words[rule * 16 + 6] as number) >>> 16) & 0xff;
}

/** Position in WHEN_UNKNOWN. */
export function whenUnknownOf({ words }: RuleTable, rule: number): number {
  return (words[rule * 16 + 6] as number) >>> 24;
}

/** Position in ON_FAILURE. */
export function onFailureOf({ words }: RuleTable, rule: number): number {
  return (words[rule * 16 + 7] as number) & 0xff;
}

/** Position of the layer. */
export function layerOf({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 8] as number;
}

/** Position of the scope. */
export function scopeIn({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 9] as number;
}

/** Position of the egress among the scopes, plus 1; 0 for none. */
export function egressIn({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 10] as number;
}

/** Position of the schedule plus 1; 0 for none. */
export function scheduleIn({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 11] as number;
}

/** Where the overrides start. */
export function overridesStart({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 12] as number;
}

/** How many rules it overrides. */
export function overridesCount({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 13] as number;
}

/** Where the states start. */
export function statesStart({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 14] as number;
}

/** How many states there are. */
export function statesCount({ words }: RuleTable, rule: number): number {
  return words[rule * 16 + 15] as number;
}
