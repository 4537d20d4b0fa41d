// The rows of an image's rules, in place: a decision reads numbers, and no rule is an object. See RULE in layout.ts.
import { RULE } from "../layout.ts";

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

const WORDS = RULE.bytes / 4;
const DOUBLES = RULE.bytes / 8;
const BYTE_COLUMNS = RULE.connectors / 4;

/** The instant from which a rule holds, and from which it does not, in milliseconds. */
export function isEffective({ doubles }: RuleTable, rule: number, at: number): boolean {
  const row = rule * DOUBLES;
  return (
    at >= (doubles[row + RULE.effective / 8] as number) && at < (doubles[row + RULE.expires / 8] as number)
  );
}

/** The instant from which a rule holds. */
export function effectiveOf({ doubles }: RuleTable, rule: number): number {
  return doubles[rule * DOUBLES + RULE.effective / 8] as number;
}

/** Least confidence of a place that counts. */
export function minConfidenceOf({ doubles }: RuleTable, rule: number): number {
  return doubles[rule * DOUBLES + RULE.minConfidence / 8] as number;
}

/** One bit per position in CONNECTORS. */
export function connectorsOf({ words }: RuleTable, rule: number): number {
  return (words[rule * WORDS + BYTE_COLUMNS] as number) & 0xff;
}

/** Position in STATUSES; says nothing where there are states. */
export function statusOf({ words }: RuleTable, rule: number): number {
  return ((words[rule * WORDS + BYTE_COLUMNS] as number) >>> 8) & 0xff;
}

/** Position in EFFECTS: the smaller is the freer one. */
export function effectOf({ words }: RuleTable, rule: number): number {
  return ((words[rule * WORDS + BYTE_COLUMNS] as number) >>> 16) & 0xff;
}

/** Position in WHEN_UNKNOWN. */
export function whenUnknownOf({ words }: RuleTable, rule: number): number {
  return (words[rule * WORDS + BYTE_COLUMNS] as number) >>> 24;
}

/** Position in ON_FAILURE. */
export function onFailureOf({ words }: RuleTable, rule: number): number {
  return (words[rule * WORDS + BYTE_COLUMNS + 1] as number) & 0xff;
}

/** A whole column: `layer`, `scope`, `egress` (0 for none, else plus 1), `schedule` likewise. */
export function columnOf({ words }: RuleTable, rule: number, column: number): number {
  return words[rule * WORDS + column / 4] as number;
}

/** Number of values in a span: `overrides` or `states`. */
export function countOf({ words }: RuleTable, rule: number, column: number): number {
  return words[rule * WORDS + column / 4 + 1] as number;
}

/** Position of the layer. */
export function layerOf(table: RuleTable, rule: number): number {
  return columnOf(table, rule, RULE.layer);
}
