// Time without a clock: which state a rule is in, and whether its schedule holds, at an instant. A time zone is a list of
// offsets that the image brings along, so that the same image answers alike on any machine.

/** From when on a state holds, milliseconds; `inForce` when it is that of a rule that may apply. */
export interface State {
  readonly from: number;
  readonly inForce: boolean;
}

/** From when on an offset holds, milliseconds, and how far east of UTC it is, milliseconds. */
export interface Offset {
  readonly from: number;
  readonly east: number;
}

/** Minutes of some days of the week, half-open; `to` below `from` is on the next day. */
export interface Window {
  /** Bit 0 is Monday. */
  readonly days: number;
  readonly from: number;
  readonly to: number;
}

/** Windows on a clock whose offsets are known. */
export interface Schedule {
  readonly windows: readonly Window[];
  readonly offsets: readonly Offset[];
}

/** Whether the last state that began at or before the instant is in force; before the first, a rule is. */
export function isInForce(states: readonly State[], at: number): boolean {
  let inForce = true;
  for (const state of states) {
    if (state.from > at) break;
    inForce = state.inForce;
  }
  return inForce;
}

const MINUTE = 60_000;
const DAY = 1440;

/**
 * Whether an instant is inside a window of a schedule.
 *
 * A window that ends before it starts ends on the next day. The clock is the one on the wall: an hour that comes twice when
 * clocks go back is inside twice, and one that is left out never comes.
 */
export function isScheduled({ windows, offsets }: Schedule, at: number): boolean {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((offsets[middle] as Offset).from <= at) low = middle;
    else high = middle - 1;
  }
  const minutes = Math.floor((at + (offsets[low] as Offset).east) / MINUTE);
  const day = Math.floor(minutes / DAY);
  const minute = minutes - day * DAY;
  // 1970-01-01 was a Thursday, bit 3.
  const weekday = (((day + 3) % 7) + 7) % 7;
  const today = 1 << weekday;
  const yesterday = 1 << ((weekday + 6) % 7);
  for (const { days, from, to } of windows) {
    if (from < to) {
      if ((days & today) !== 0 && minute >= from && minute < to) return true;
    } else if (((days & today) !== 0 && minute >= from) || ((days & yesterday) !== 0 && minute < to)) {
      return true;
    }
  }
  return false;
}
