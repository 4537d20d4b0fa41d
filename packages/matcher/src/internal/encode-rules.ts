// Rule rows and what they point at: scopes, overrides, states, schedules, memberships.
import type { GroupInterval, RulePart, SchedulePart, ScopeItem, ZoneOffset } from "../image-parts.ts";
import * as ROW_BYTES from "../layout/row-bytes.ts";
import * as RULE from "../layout/rule.ts";
import {
  CONNECTORS,
  EFFECTS,
  INTERVAL,
  ITEM,
  OFFSET,
  ON_FAILURE,
  SCHEDULE,
  SCOPE,
  SECTION,
  STATE,
  STATUSES,
  WHEN_UNKNOWN,
  WINDOW,
} from "../layout.ts";
import type { Connector, Status } from "../types.ts";
import { rows, span } from "./encode-rows.ts";
import type { TextTable } from "./text-table.ts";
import { daysMask, minuteOf } from "./week-times.ts";

type Sections = readonly (readonly [kind: number, bytes: Uint8Array])[];

/** The sections of rules, overrides, states, scopes and items. */
export function encodeRules(rules: readonly RulePart[], texts: TextTable): Sections {
  const overrides: number[] = [];
  const states: { from: number; state: Status }[] = [];
  const scopes = new Scopes();
  const rowsOfRules = rows(rules, RULE.bytes, (view, at, { record, ...rule }) => {
    const { action, onFailure = "allow" } = record.effect;
    view.setFloat64(at + RULE.effective, rule.effective, true);
    view.setFloat64(at + RULE.expires, rule.expires, true);
    view.setFloat64(at + RULE.minConfidence, record.scope.minConfidence, true);
    view.setUint8(at + RULE.connectors, connectorMask(record.scope.connectors));
    view.setUint8(at + RULE.status, STATUSES.indexOf(record.status));
    view.setUint8(at + RULE.effect, EFFECTS.indexOf(action));
    view.setUint8(at + RULE.whenUnknown, WHEN_UNKNOWN.indexOf(record.scope.whenUnknown));
    view.setUint8(at + RULE.onFailure, action === "route" ? ON_FAILURE.indexOf(onFailure) : 0);
    view.setUint32(at + RULE.layer, record.layerIndex, true);
    view.setUint32(at + RULE.scope, scopes.of(rule.territories, rule.except), true);
    view.setUint32(at + RULE.egress, action === "route" ? scopes.of(rule.egress, []) + 1 : 0, true);
    view.setUint32(at + RULE.schedule, rule.schedule === undefined ? 0 : rule.schedule + 1, true);
    span(view, at + RULE.overrides, overrides, rule.overrides);
    span(view, at + RULE.states, states, rule.states ?? []);
  });
  return [
    [SECTION.rules, rowsOfRules],
    [SECTION.overrides, new Uint8Array(Uint32Array.from(overrides).buffer)],
    [
      SECTION.states,
      rows(states, ROW_BYTES.states, (view, at, { from, state }) => {
        view.setFloat64(at + STATE.from, from, true);
        view.setUint32(at + STATE.state, STATUSES.indexOf(state), true);
      }),
    ],
    [
      SECTION.scopes,
      rows(scopes.ends, ROW_BYTES.scopes, (view, at, { items, except }) => {
        view.setUint32(at + SCOPE.items, items, true);
        view.setUint32(at + SCOPE.except, except, true);
      }),
    ],
    [
      SECTION.items,
      rows(scopes.items, ROW_BYTES.items, (view, at, item) => {
        view.setUint32(at + ITEM.text, texts.of(item.code), true);
        view.setUint32(at + ITEM.isGroup, item.isGroup ? 1 : 0, true);
      }),
    ],
  ];
}

// A scope that many rules have is there once: where it holds is then found out once for all of them.
class Scopes {
  readonly items: ScopeItem[] = [];
  readonly ends: { readonly items: number; readonly except: number }[] = [];
  readonly #known = new Map<string, number>();

  of(items: readonly ScopeItem[], except: readonly ScopeItem[]): number {
    const key = [items, except]
      .map((list) => list.map(({ code, isGroup }) => `${isGroup ? "g" : "t"} ${code}`).join("\n"))
      .join("\n\n");
    let scope = this.#known.get(key);
    if (scope === undefined) {
      scope = this.ends.length;
      for (const item of items) this.items.push(item);
      const end = this.items.length;
      for (const item of except) this.items.push(item);
      this.ends.push({ items: end, except: this.items.length });
      this.#known.set(key, scope);
    }
    return scope;
  }
}

/** The sections of schedules, windows and offsets. Zones that two schedules share are stored once. */
export function encodeSchedules(schedules: readonly SchedulePart[]): Sections {
  const windows: SchedulePart["windows"][number][] = [];
  const offsets: ZoneOffset[] = [];
  const starts = new Map<string, number>();
  const rowsOfSchedules = rows(schedules, ROW_BYTES.schedules, (view, at, schedule) => {
    const key = schedule.offsets.map(({ from, seconds }) => `${from} ${seconds}`).join();
    const known = starts.get(key);
    if (known === undefined) {
      starts.set(key, offsets.length);
      span(view, at + SCHEDULE.offsets, offsets, schedule.offsets);
    } else {
      view.setUint32(at + SCHEDULE.offsets, known, true);
      view.setUint32(at + SCHEDULE.offsets + 4, schedule.offsets.length, true);
    }
    span(view, at + SCHEDULE.windows, windows, schedule.windows);
  });
  return [
    [SECTION.schedules, rowsOfSchedules],
    [
      SECTION.windows,
      rows(windows, ROW_BYTES.windows, (view, at, window) => {
        view.setUint16(at + WINDOW.days, daysMask(window.days), true);
        view.setUint16(at + WINDOW.from, minuteOf(window.from), true);
        view.setUint16(at + WINDOW.to, minuteOf(window.to), true);
      }),
    ],
    [
      SECTION.offsets,
      rows(offsets, ROW_BYTES.offsets, (view, at, { from, seconds }) => {
        view.setFloat64(at + OFFSET.from, from, true);
        view.setInt32(at + OFFSET.seconds, seconds, true);
      }),
    ],
  ];
}

/** Memberships, sorted so that those of a territory in a group are found by halving. */
export function encodeIntervals(intervals: readonly GroupInterval[], texts: TextTable): Uint8Array {
  const numbered = intervals.map((interval) => ({
    ...interval,
    group: texts.of(interval.group),
    territory: texts.of(interval.territory),
  }));
  numbered.sort((a, b) => a.group - b.group || a.territory - b.territory);
  return rows(numbered, ROW_BYTES.intervals, (view, at, { group, territory, from, until, inside }) => {
    view.setUint32(at + INTERVAL.group, group, true);
    view.setUint32(at + INTERVAL.territory, territory, true);
    view.setFloat64(at + INTERVAL.from, from, true);
    view.setFloat64(at + INTERVAL.until, until, true);
    view.setUint32(at + INTERVAL.inside, inside ? 1 : 0, true);
  });
}

function connectorMask(connectors: readonly Connector[]): number {
  return connectors.reduce((mask, connector) => mask | (1 << CONNECTORS.indexOf(connector)), 0);
}
