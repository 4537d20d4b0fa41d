// Where a scope holds. Rules share scopes, and a scope holds in a territory or not for as long as no membership changes: so each
// answer is found out once, and kept as a bit until an instant lies outside of that time.
import * as ROW_BYTES from "../layout/row-bytes.ts";
import { SECTION } from "../layout.ts";
import type { Request } from "../types.ts";
import { ImageFault } from "./image-fault.ts";
import type { Sections } from "./read-sections.ts";
import type { Texts } from "./texts.ts";

/** Scopes over the bytes of the image, and what has been found out. */
export interface Territories {
  /** Two words a row: end of the items, end of the excepted ones. */
  readonly scopes: Uint32Array;
  /** Two words a row: text, and 1 for a group. */
  readonly items: Uint32Array;
  /** Rows of eight words, four float64s: group, territory, from, until, inside; sorted by the first two. */
  readonly intervals: Uint32Array;
  readonly intervalTimes: Float64Array;
  /** Instants at which a membership begins or ends, rising. */
  readonly changes: Float64Array;
  /** Territory to its place in `texts` and `answers`, or to that of the closest territory around it that the image knows; -1 for none. */
  readonly known: Map<string, number>;
  /** Text of each territory that the image knows, and the place of the closest one around each, or -1. */
  readonly texts: readonly number[];
  readonly around: Int32Array;
  /** Per territory, for each 32 scopes two words: whether the answer is known, and the answer. They hold from `since` to before `until`. */
  readonly answers: (Uint32Array | undefined)[];
  since: number;
  until: number;
  /** What `known` says of codes of two letters, plus 2, by five bits of each; 0 where it was not asked. */
  readonly countries: Int32Array;
}

/** Territories that no rule names are remembered too, this many at most: what a request says is not to fill memory. */
const MOST_REMEMBERED = 1000;

/** Opens scopes, items and memberships, checked. */
export function readTerritories(sections: Sections, texts: Texts): Territories {
  const scopes = sections.rows(SECTION.scopes, ROW_BYTES.scopes);
  const items = sections.rows(SECTION.items, ROW_BYTES.items);
  const intervals = sections.rows(SECTION.intervals, ROW_BYTES.intervals);
  const intervalTimes = sections.doubles(SECTION.intervals);
  const fault = (code: "image/index" | "image/value", kind: number, at: number, what: string) =>
    new ImageFault(code, sections.offset(kind) + at * 4, what);
  let end = 0;
  for (let at = 0; at < scopes.length; at += 1) {
    if ((scopes[at] as number) < end || (scopes[at] as number) > items.length / 2)
      throw fault("image/index", SECTION.scopes, at, "a scope points at nothing");
    end = scopes[at] as number;
  }
  const named = new Set<number>();
  for (let at = 0; at < items.length; at += 2) {
    const text = items[at] as number;
    if (text >= texts.count || (items[at + 1] as number) > 1)
      throw fault("image/index", SECTION.items, at, "a territory has no code");
    if (items[at + 1] === 0) named.add(text);
  }
  const instants = new Set<number>();
  for (let at = 0; at < intervals.length; at += 8) {
    const from = intervalTimes[at / 2 + 1] as number;
    const until = intervalTimes[at / 2 + 2] as number;
    const isSorted =
      at === 0 || order(intervals, at - 8, intervals[at] as number, intervals[at + 1] as number) <= 0;
    const isNamed = (intervals[at] as number) < texts.count && (intervals[at + 1] as number) < texts.count;
    if (!isSorted || !isNamed || !(from < until) || (intervals[at + 6] as number) > 1)
      throw fault(
        "image/value",
        SECTION.intervals,
        at,
        "a membership has wrong codes or times, or is out of order",
      );
    named.add(intervals[at + 1] as number);
    for (const instant of [from, until]) if (Number.isFinite(instant)) instants.add(instant);
  }
  const known = new Map<string, number>();
  for (const text of named) known.set(texts.at(text), known.size);
  if (known.size !== named.size) throw fault("image/value", SECTION.texts, 0, "a territory is there twice");
  return {
    scopes,
    items,
    intervals,
    intervalTimes,
    changes: Float64Array.from(instants).sort(),
    known,
    texts: [...named],
    around: Int32Array.from(known.keys(), (territory) => closest(known, parentOf(territory))),
    answers: Array.from({ length: known.size }, () => undefined),
    since: Number.POSITIVE_INFINITY,
    until: Number.NEGATIVE_INFINITY,
    countries: new Int32Array(1024),
  };
}

/** Whether a scope holds in a territory at an instant. */
export function isInScope(
  territories: Territories,
  scope: number,
  territory: string,
  request: Pick<Request, "at">,
): boolean {
  if (request.at < territories.since || request.at >= territories.until) forget(territories, request.at);
  const place = placeOf(territories, territory);
  if (place < 0) return false;
  const answers = territories.answers[place];
  const word = (scope >>> 5) * 2;
  if (answers === undefined || (((answers[word] as number) >>> (scope & 31)) & 1) === 0)
    return findOut(territories, scope, place, request.at);
  return (((answers[word + 1] as number) >>> (scope & 31)) & 1) === 1;
}

// Nearly all territories of requests are countries, and reading two characters is several times faster than a map.
function placeOf(territories: Territories, territory: string): number {
  const first = territory.charCodeAt(0) ^ 0x40;
  const second = territory.charCodeAt(1) ^ 0x40;
  if (territory.length !== 2 || (first | second) > 31) return searched(territories, territory);
  const at = (first << 5) | second;
  const known = territories.countries[at] as number;
  return known > 0 ? known - 2 : (territories.countries[at] = searched(territories, territory) + 2) - 2;
}

function searched(territories: Territories, territory: string): number {
  return territories.known.get(territory) ?? remember(territories, territory);
}

function findOut(territories: Territories, scope: number, place: number, at: number): boolean {
  const answers = (territories.answers[place] ??= new Uint32Array(
    Math.ceil(territories.scopes.length / 64) * 2,
  ));
  const word = (scope >>> 5) * 2;
  const bit = 1 << (scope & 31);
  const isIn = holds(territories, scope, place, at);
  answers[word] = (answers[word] as number) | bit;
  if (isIn) answers[word + 1] = (answers[word + 1] as number) | bit;
  return isIn;
}

// Every answer may be another one now.
function forget(territories: Territories, at: number): void {
  const { changes } = territories;
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  territories.since = low === 0 ? Number.NEGATIVE_INFINITY : (changes[low - 1] as number);
  territories.until = changes[low] ?? Number.POSITIVE_INFINITY;
  for (const answers of territories.answers) answers?.fill(0);
}

function closest(known: ReadonlyMap<string, number>, territory: string | null): number {
  for (let each = territory; each !== null; each = parentOf(each)) {
    const place = known.get(each);
    if (place !== undefined) return place;
  }
  return -1;
}

// What is in the closest known territory is where the territory itself is: no item and no membership lies between them.
function remember(territories: Territories, territory: string): number {
  const { known, texts } = territories;
  const place = closest(known, territory);
  if (known.size < texts.length + MOST_REMEMBERED) known.set(territory, place);
  return place;
}

// Some item holds the territory, and none that is excepted.
function holds(territories: Territories, scope: number, place: number, at: number): boolean {
  const { scopes } = territories;
  const start = scope === 0 ? 0 : (scopes[scope * 2 - 1] as number);
  const middle = scopes[scope * 2] as number;
  const end = scopes[scope * 2 + 1] as number;
  return isAmong(territories, start, middle, place, at) && !isAmong(territories, middle, end, place, at);
}

function isAmong(territories: Territories, start: number, end: number, place: number, at: number): boolean {
  const { items } = territories;
  for (let item = start * 2; item < end * 2; item += 2) {
    const text = items[item] as number;
    if (items[item + 1] === 1 ? isMember(territories, text, place, at) : isWithin(territories, text, place))
      return true;
  }
  return false;
}

function isWithin({ texts, around }: Territories, text: number, place: number): boolean {
  for (let each = place; each >= 0; each = around[each] as number) if (texts[each] === text) return true;
  return false;
}

// The closest territory that has an interval at the instant decides, so that a part can be carved out of its parent.
function isMember(territories: Territories, group: number, place: number, at: number): boolean {
  const { intervals, intervalTimes, texts, around } = territories;
  for (let each = place; each >= 0; each = around[each] as number) {
    const text = texts[each] as number;
    let low = 0;
    let high = intervals.length / 8;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(intervals, middle * 8, group, text) < 0) low = middle + 1;
      else high = middle;
    }
    for (; low * 8 < intervals.length && order(intervals, low * 8, group, text) === 0; low += 1)
      if ((intervalTimes[low * 4 + 1] as number) <= at && at < (intervalTimes[low * 4 + 2] as number))
        return intervals[low * 8 + 6] === 1;
  }
  return false;
}

// Below 0 when a membership comes before those of a territory in a group.
function order(intervals: Uint32Array, at: number, group: number, territory: number): number {
  return (intervals[at] as number) - group || (intervals[at + 1] as number) - territory;
}

// `ES-CN` lies in `ES` (ISO 3166-2), the zone `x-it-campione` in `IT`.
function parentOf(territory: string): string | null {
  const isZone = territory.startsWith("x-");
  const start = isZone ? 2 : 0;
  const dash = territory.indexOf("-", start);
  if (dash < 0) return null;
  const parent = territory.slice(start, dash);
  return isZone ? parent.toUpperCase() : parent;
}

/** Texts of the items of a scope, or of those that it excepts. */
export function itemsOf({ scopes, items }: Territories, scope: number, excepted: boolean): Uint32Array {
  const row = scope * 2 + (excepted ? 1 : 0);
  const start = row === 0 ? 0 : (scopes[row - 1] as number);
  return items.subarray(start * 2, (scopes[row] as number) * 2).filter((_, index) => index % 2 === 0);
}
