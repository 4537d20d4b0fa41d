// States, schedules and zone offsets of an image, each checked as it is read.
import { DAYS, OFFSET, SCHEDULE, SECTION, STATE, STATUSES, WINDOW } from "../layout.ts";
import type { RuleRecord } from "../types.ts";
import { ImageFault } from "./image-fault.ts";
import type { RuleRow } from "./opened-image.ts";
import type { Sections } from "./read-sections.ts";
import type { Offset, Schedule, State, Window } from "./schedule.ts";

/** States of rules, with the code of each. */
export function readStates(sections: Sections): (State & { readonly code: number })[] {
  return readRowsOf(sections, SECTION.states, STATE.bytes, (view, at) => {
    const state = {
      from: view.getFloat64(at + STATE.from, true),
      code: view.getUint32(at + STATE.state, true),
    };
    return Number.isFinite(state.from) && state.code < STATUSES.length
      ? { ...state, inForce: state.code === 0 }
      : null;
  });
}

/** Schedules with their windows and offsets. */
export function readSchedules(sections: Sections): Schedule[] {
  const windows = readRowsOf(sections, SECTION.windows, WINDOW.bytes, (view, at): Window | null => {
    const days = view.getUint16(at + WINDOW.days, true);
    const from = view.getUint16(at + WINDOW.from, true);
    const to = view.getUint16(at + WINDOW.to, true);
    return days < 128 && from < 1440 && to <= 1440 ? { days, from, to } : null;
  });
  const offsets = readRowsOf(sections, SECTION.offsets, OFFSET.bytes, (view, at): Offset | null => {
    const from = view.getFloat64(at + OFFSET.from, true);
    const seconds = view.getInt32(at + OFFSET.seconds, true);
    return Number.isFinite(from) && Math.abs(seconds) <= 86_400 * 2 ? { from, east: seconds * 1000 } : null;
  });
  return readRowsOf(sections, SECTION.schedules, SCHEDULE.bytes, (view, at): Schedule | null => {
    const span = <T>(column: number, from: readonly T[]): readonly T[] | null => {
      const start = view.getUint32(at + column, true);
      const count = view.getUint32(at + column + 4, true);
      return start + count <= from.length && count > 0 ? from.slice(start, start + count) : null;
    };
    const own = span(SCHEDULE.windows, windows);
    const zone = span(SCHEDULE.offsets, offsets);
    if (own === null || zone === null || !isRising(zone)) return null;
    return { windows: own, offsets: zone };
  });
}

/** The schedule of a rule row: 0 is none, else its position and one. */
export function scheduleOf(schedules: readonly Schedule[], number: number, offset: number): Schedule | null {
  const schedule = number === 0 ? null : schedules[number - 1];
  if (schedule === undefined)
    throw new ImageFault("image/index", offset, "a rule has a schedule that is not there");
  return schedule;
}

/** Whether a row and a record say the same about states and times of the week. */
export function agreeInTime({ states, schedule }: RuleRow, record: RuleRecord): boolean {
  const history = record.history ?? [];
  if (history.length !== states.length || !isRising(states)) return false;
  const sameStates = states.every(
    (state, index) =>
      state.from === Date.parse(history[index]?.from ?? "") &&
      state.inForce === (history[index]?.state === "in-force"),
  );
  const windows = record.schedule?.windows ?? [];
  if (!sameStates || (schedule?.windows.length ?? 0) !== windows.length) return false;
  return (schedule?.windows ?? []).every((window, index) => {
    const written = windows[index];
    return (
      written !== undefined &&
      window.from === minuteOf(written.from) &&
      window.to === minuteOf(written.to) &&
      window.days === daysMask(written.days)
    );
  });
}

/** Minutes since midnight of `HH:MM`. */
export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** Days of the week as bits, Monday the lowest. */
export function daysMask(days: readonly string[]): number {
  return DAYS.reduce((mask, day, index) => (days.includes(day) ? mask | (1 << index) : mask), 0);
}

function isRising(values: readonly { readonly from: number }[]): boolean {
  return values.every((value, index) => index === 0 || (values[index - 1]?.from ?? 0) < value.from);
}

function readRowsOf<T>(
  sections: Sections,
  kind: number,
  rowBytes: number,
  read: (view: DataView, at: number) => T | null,
): T[] {
  const view = sections.view(kind);
  const rows: T[] = [];
  for (let at = 0; at < view.byteLength; at += rowBytes) {
    const row = at + rowBytes <= view.byteLength ? read(view, at) : null;
    if (row === null)
      throw new ImageFault(
        "image/value",
        sections.offset(kind) + at,
        `a row of section ${kind} is cut or says nothing that can be`,
      );
    rows.push(row);
  }
  return rows;
}
