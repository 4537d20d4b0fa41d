// What a time zone's clocks show, as data for an image, so that a decision needs no calendar of its own.
import type { ZoneOffset } from "@demarc/matcher/format";

/** Where a zone's offsets end when a rule has no end: 2100-01-01. After it the last offset goes on. */
export const ZONE_HORIZON: number = Date.UTC(2100, 0, 1);

/**
 * The offsets from UTC of a zone between two instants (milliseconds): the one at `from`, then each that differs from the
 * one before it, with the first second at which it holds. Null when the engine knows no such zone.
 *
 * Source: the engine's copy of the IANA time zone database, through `Intl.DateTimeFormat` (ECMA-402). Governments change
 * clocks at short notice: another release of the engine may know other offsets, and then gives another image.
 *
 * Cost: one look every five days, 9,500 for all years to 2100, about 30 ms for the first use of a zone.
 */
export function zoneOffsets(zone: string, from: number, until: number): readonly ZoneOffset[] | null {
  if (from < 0 || until > ZONE_HORIZON) return findOffsets(zone, from, until);
  let all = known.get(zone);
  if (all === undefined) {
    const found = findOffsets(zone, 0, ZONE_HORIZON);
    if (found === null) return null;
    all = found;
    known.set(zone, all);
  }
  const first = Math.max(
    0,
    all.findLastIndex((offset) => offset.from <= from),
  );
  return all.flatMap((offset, index) => {
    if (index < first || (index > first && offset.from >= until)) return [];
    return [{ from: Math.max(offset.from, Math.floor(from / SECOND) * SECOND), seconds: offset.seconds }];
  });
}

// Asking the calendar is slow, and policies name few zones. Only what is kept here, never an answer, depends on it.
const known = new Map<string, readonly ZoneOffset[]>();

function findOffsets(zone: string, from: number, until: number): readonly ZoneOffset[] | null {
  const offsetAt = offsetReader(zone);
  if (offsetAt === null) return null;
  const start = Math.floor(from / SECOND) * SECOND;
  const offsets: ZoneOffset[] = [{ from: start, seconds: offsetAt(start) }];
  let seconds = offsetAt(start);
  for (let at = start; at < until; at += STEP) {
    const end = Math.min(at + STEP, Math.ceil(until / SECOND) * SECOND);
    const after = offsetAt(end);
    if (after === seconds) continue;
    // INVARIANT: at `low` the old offset holds, at `high` another.
    let low = at;
    let high = end;
    while (high - low > SECOND) {
      const middle = low + Math.floor((high - low) / 2 / SECOND) * SECOND;
      if (offsetAt(middle) === seconds) low = middle;
      else high = middle;
    }
    seconds = after;
    offsets.push({ from: high, seconds });
  }
  return offsets;
}

/** How many seconds east of UTC a zone's clocks are at an instant, by the engine's calendar; null for an unknown zone. */
export function offsetReader(zone: string): ((at: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
  return (at) => {
    // 1/15/2026, 13:05:00
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(at).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) / SECOND - Math.floor(at / SECOND);
  };
}

const SECOND = 1000;
// Shorter than any two changes of a zone since 1970 are apart, so that none is stepped over.
const STEP = 5 * 86_400 * SECOND;
