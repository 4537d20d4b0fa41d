// Time without a clock: which state a rule is in, and whether its schedule holds, at an instant. A time zone is a list of
// offsets that the image brings along, so that the same image answers alike on any machine.
import type { Request } from "../types.ts";
import { type RuleTable, scheduleIn, statesCount, statesStart, statusOf } from "./rule-table.ts";

/** The part of a request that says when; on its own, the number would be made an object by each call that an engine keeps. */
type Instant = Pick<Request, "at">;

/**
 * Whether a rule is in force: whether the last of its states that began at or before the instant is; before the first, it is.
 * A rule without states has its status.
 */
export function isInForce(table: RuleTable, rule: number, request: Instant): boolean {
  const count = statesCount(table, rule);
  return count === 0 ? statusOf(table, rule) === 0 : wasInForce(table, rule, count, request);
}

function wasInForce(table: RuleTable, rule: number, count: number, request: Instant): boolean {
  const start = statesStart(table, rule);
  let state = 0;
  for (let row = start; row < start + count; row += 1) {
    if ((table.stateTimes[row * 2] as number) > request.at) break;
    state = table.states[row * 4 + 2] as number;
  }
  return state === 0;
}

const MINUTE = 60_000;
const DAY = 1440;

/**
 * Whether an instant is inside a window of the schedule that a rule has.
 *
 * A window that ends before it starts ends on the next day. The clock is the one on the wall: an hour that comes twice when
 * clocks go back is inside twice, and one that is left out never comes.
 */
export function isScheduled(table: RuleTable, rule: number, request: Instant): boolean {
  const { schedules, windows } = table;
  const row = scheduleIn(table, rule) * 4 - 4;
  const minutes = Math.floor((request.at + eastOf(table, row, request)) / MINUTE);
  const day = Math.floor(minutes / DAY);
  const minute = minutes - day * DAY;
  // 1970-01-01 was a Thursday, bit 3.
  const weekday = (((day + 3) % 7) + 7) % 7;
  const today = 1 << weekday;
  const yesterday = 1 << ((weekday + 6) % 7);
  const start = (schedules[row] as number) * 4;
  const end = start + (schedules[row + 1] as number) * 4;
  for (let window = start; window < end; window += 4) {
    const days = windows[window] as number;
    const from = windows[window + 1] as number;
    const to = windows[window + 2] as number;
    if (from < to) {
      if ((days & today) !== 0 && minute >= from && minute < to) return true;
    } else if (((days & today) !== 0 && minute >= from) || ((days & yesterday) !== 0 && minute < to)) {
      return true;
    }
  }
  return false;
}

// Milliseconds that the clock on the wall is ahead of UTC.
function eastOf({ schedules, offsets, offsetTimes }: RuleTable, row: number, request: Instant): number {
  let low = schedules[row + 2] as number;
  let high = low + (schedules[row + 3] as number) - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((offsetTimes[middle * 2] as number) <= request.at) low = middle;
    else high = middle - 1;
  }
  return ((offsets[low * 4 + 2] as number) | 0) * 1000;
}
