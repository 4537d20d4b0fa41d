// Rule rows and what they point at, opened in place and read through once: every number of theirs is seen to be in its range.
import * as ROW_BYTES from "../layout/row-bytes.ts";
import * as RULE from "../layout/rule.ts";
import { EFFECTS, ON_FAILURE, SECTION, STATUSES, WHEN_UNKNOWN } from "../layout.ts";
import { ImageFault } from "./image-fault.ts";
import type { Sections } from "./read-sections.ts";
import {
  effectiveOf,
  effectOf,
  egressIn,
  expiresOf,
  layerOf,
  minConfidenceOf,
  onFailureOf,
  overridesCount,
  overridesStart,
  type RuleTable,
  scheduleIn,
  scopeIn,
  statesCount,
  statesStart,
  statusOf,
  whenUnknownOf,
} from "./rule-table.ts";

const ROUTE = EFFECTS.indexOf("route");
/** Two days: more than any zone is from UTC. */
const MOST_SECONDS = 86_400 * 2;

/** The rules of an image. */
export function readRules(sections: Sections, layerCount: number, scopes: Uint32Array): RuleTable {
  const words = sections.rows(SECTION.rules, RULE.bytes);
  const table: RuleTable = {
    count: (words.length * 4) / RULE.bytes,
    words,
    doubles: sections.doubles(SECTION.rules),
    overrides: sections.rows(SECTION.overrides, 4),
    states: sections.rows(SECTION.states, ROW_BYTES.states),
    stateTimes: sections.doubles(SECTION.states),
    schedules: sections.rows(SECTION.schedules, ROW_BYTES.schedules),
    windows: sections.halves(
      SECTION.windows,
      0,
      sections.rows(SECTION.windows, ROW_BYTES.windows).length * 2,
    ),
    offsets: sections.rows(SECTION.offsets, ROW_BYTES.offsets),
    offsetTimes: sections.doubles(SECTION.offsets),
  };
  checkTimes(table, sections);
  checkRows(table, sections, layerCount, scopes);
  return table;
}

function checkRows(table: RuleTable, sections: Sections, layerCount: number, scopes: Uint32Array): void {
  const scopeCount = scopes.length / 2;
  let overrides = 0;
  let states = 0;
  let layer = 0;
  for (let rule = 0; rule < table.count; rule += 1) {
    const fault = (code: "image/index" | "image/value", column: number, what: string) =>
      new ImageFault(
        code,
        sections.offset(SECTION.rules) + rule * RULE.bytes + column,
        `rule ${rule} ${what}`,
      );
    const effect = effectOf(table, rule);
    const confidence = minConfidenceOf(table, rule);
    if (
      statusOf(table, rule) >= STATUSES.length ||
      effect >= EFFECTS.length ||
      whenUnknownOf(table, rule) >= WHEN_UNKNOWN.length ||
      onFailureOf(table, rule) >= ON_FAILURE.length ||
      !(confidence >= 0 && confidence <= 1)
    )
      throw fault("image/value", RULE.connectors, "has an unknown status, effect or confidence");
    if (!Number.isFinite(effectiveOf(table, rule)) || Number.isNaN(expiresOf(table, rule)))
      throw fault("image/value", RULE.effective, "has no valid time");
    if (layerOf(table, rule) < layer || layerOf(table, rule) >= layerCount)
      throw fault("image/value", RULE.layer, "is out of the order of layers");
    layer = layerOf(table, rule);
    const egress = egressIn(table, rule);
    if (scopeIn(table, rule) >= scopeCount || egress > scopeCount)
      throw fault("image/index", RULE.scope, "points outside of a table");
    if (egress > 0 !== (effect === ROUTE))
      throw fault("image/value", RULE.egress, "routes to nowhere, or has an egress and routes not");
    // What is told of a route has no place for them.
    if (egress > 0 && scopes[egress * 2 - 1] !== scopes[egress * 2 - 2])
      throw fault("image/value", RULE.egress, "has an egress with excepted territories");
    if (scheduleIn(table, rule) > table.schedules.length / 4)
      throw fault("image/index", RULE.schedule, "points outside of a table");
    // One after the other, so that all rules together are never more work than the tables are long.
    if (overridesStart(table, rule) !== overrides || statesStart(table, rule) !== states)
      throw fault("image/index", RULE.overrides, "points elsewhere than after the rule before it");
    overrides += overridesCount(table, rule);
    const first = states;
    states += statesCount(table, rule);
    if (overrides > table.overrides.length || states > table.states.length / 4)
      throw fault("image/index", RULE.overrides, "points outside of a table");
    // Alone it would decide, beside others it would be out.
    if (table.overrides.subarray(overridesStart(table, rule), overrides).includes(rule))
      throw fault("image/value", RULE.overrides, "overrides itself");
    if (!areRising(table.stateTimes, first, states))
      throw fault("image/value", RULE.states, "has states that are out of order");
  }
  if (table.overrides.some((other) => other >= table.count))
    throw new ImageFault("image/index", sections.offset(SECTION.overrides), "an override points at nothing");
}

function checkTimes(table: RuleTable, sections: Sections): void {
  const fault = (kind: number, row: number) =>
    new ImageFault(
      "image/value",
      sections.offset(kind) + row,
      `a row of section ${kind} says what can not be`,
    );
  const { states, windows, offsets, schedules } = table;
  for (let at = 0; at < states.length; at += 4)
    if ((states[at + 2] as number) >= STATUSES.length) throw fault(SECTION.states, at * 4);
  for (let at = 0; at < windows.length; at += 4)
    if (
      !(
        (windows[at] as number) < 128 &&
        (windows[at + 1] as number) < 1440 &&
        (windows[at + 2] as number) <= 1440
      )
    )
      throw fault(SECTION.windows, at * 2);
  for (let at = 0; at < offsets.length; at += 4)
    if (Math.abs((offsets[at + 2] as number) | 0) > MOST_SECONDS) throw fault(SECTION.offsets, at * 4);
  // Windows follow each other; offsets do too, or are those of an earlier schedule.
  const zones = new Map<number, number>();
  let window = 0;
  let offset = 0;
  for (let at = 0; at < schedules.length; at += 4) {
    const [start, count, zone, length] = schedules.subarray(at, at + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    if (start !== window || count === 0 || length === 0) throw fault(SECTION.schedules, at * 4);
    window += count;
    if (zone === offset && window <= windows.length / 4) {
      offset += length;
      zones.set(zone, length);
      if (offset <= offsets.length / 4 && areRising(table.offsetTimes, zone, offset)) continue;
    } else if (zones.get(zone) === length && window <= windows.length / 4) continue;
    throw fault(SECTION.schedules, at * 4);
  }
}

// Of rows of two float64s: their first.
function areRising(times: Float64Array, start: number, end: number): boolean {
  for (let row = start; row < end; row += 1) {
    const time = times[row * 2] as number;
    if (!Number.isFinite(time) || (row > start && !((times[row * 2 - 2] as number) < time))) return false;
  }
  return true;
}
