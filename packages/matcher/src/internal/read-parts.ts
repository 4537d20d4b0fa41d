// The binary parts of an image, each checked as it is read: a fault ends the reading with its offset.
import {
  CONNECTORS,
  EFFECTS,
  INTERVAL,
  ITEM,
  ON_FAILURE,
  RULE,
  SECTION,
  STATUSES,
  WHEN_UNKNOWN,
} from "../layout.ts";
import type { RuleRecord } from "../types.ts";
import { decodeUtf8 } from "./globals.ts";
import { ImageFault } from "./image-fault.ts";
import type { Groups, Interval, Item, RuleRow } from "./opened-image.ts";
import type { Sections } from "./read-sections.ts";
import { agreeInTime, readSchedules, readStates, scheduleOf } from "./read-times.ts";

/** Codes of territories, groups and data classes. */
export function readCodes(sections: Sections): string[] {
  const fault = () =>
    new ImageFault("image/table", sections.offset(SECTION.codes), "the table of codes is malformed");
  const bytes = sections.bytes(SECTION.codes);
  if (bytes.length < 4) throw fault();
  const view = sections.view(SECTION.codes);
  const count = view.getUint32(0, true);
  if (4 + count * 4 > bytes.length) throw fault();
  const texts = bytes.subarray(4 + count * 4);
  const codes: string[] = [];
  let start = 0;
  for (let index = 0; index < count; index += 1) {
    const end = view.getUint32(4 + index * 4, true);
    const code = end < start || end > texts.length ? null : decodeUtf8(texts.subarray(start, end));
    if (code === null) throw fault();
    codes.push(code);
    start = end;
  }
  return codes;
}

/** Rule rows with their scopes; they must agree with the records in number and in what both say. */
export function readRows(
  sections: Sections,
  records: readonly RuleRecord[],
  layerCount: number,
  codes: readonly string[],
): RuleRow[] {
  const view = sections.view(SECTION.rules);
  if (view.byteLength !== records.length * RULE.bytes) {
    throw new ImageFault(
      "image/table",
      sections.offset(SECTION.rules),
      `${records.length} rules are described, and their table has another size`,
    );
  }
  const items = readItems(sections, codes);
  const overrides = sections.words(SECTION.overrides, 0, wholeRows(sections, SECTION.overrides, 4) / 4);
  const states = readStates(sections);
  const schedules = readSchedules(sections);
  let lastLayer = 0;
  return records.map((record, index) => {
    const at = index * RULE.bytes;
    const offset = sections.offset(SECTION.rules) + at;
    const span = <T>(
      column: number,
      from: { readonly length: number; slice: (start: number, end: number) => T },
    ): T => {
      const start = view.getUint32(at + column, true);
      const count = view.getUint32(at + column + 4, true);
      if (start + count > from.length)
        throw new ImageFault("image/index", offset + column, `rule ${index} points outside of a table`);
      return from.slice(start, start + count);
    };
    const row = {
      effective: view.getFloat64(at + RULE.effective, true),
      expires: view.getFloat64(at + RULE.expires, true),
      inForce: view.getUint8(at + RULE.status) === 0,
      states: span(RULE.states, states),
      schedule: scheduleOf(schedules, view.getUint32(at + RULE.schedule, true), offset + RULE.schedule),
      minConfidence: view.getFloat64(at + RULE.minConfidence, true),
      connectors: view.getUint32(at + RULE.connectors, true),
      effect: view.getUint8(at + RULE.effect),
      whenUnknown: view.getUint8(at + RULE.whenUnknown),
      layer: view.getUint32(at + RULE.layer, true),
      overrides: span(RULE.overrides, overrides),
      territories: span(RULE.territories, items),
      except: span(RULE.except, items),
      egress: span(RULE.egress, items),
    };
    const agrees =
      STATUSES[view.getUint8(at + RULE.status)] === record.status &&
      EFFECTS[row.effect] === record.effect.action &&
      WHEN_UNKNOWN[row.whenUnknown] === record.scope.whenUnknown &&
      ON_FAILURE[view.getUint8(at + RULE.onFailure)] === (record.effect.onFailure ?? "allow") &&
      row.minConfidence === record.scope.minConfidence &&
      row.connectors ===
        record.scope.connectors.reduce((mask, each) => mask | (1 << CONNECTORS.indexOf(each)), 0) &&
      row.layer === record.layerIndex &&
      agreeInTime(row, record);
    if (!agrees)
      throw new ImageFault("image/value", offset, `rule ${index} is described otherwise than its row says`);
    if (!Number.isFinite(row.effective) || Number.isNaN(row.expires))
      throw new ImageFault("image/value", offset, `rule ${index} has no valid time`);
    if (row.layer >= layerCount || row.layer < lastLayer)
      throw new ImageFault("image/value", offset + RULE.layer, `rule ${index} is out of the order of layers`);
    lastLayer = row.layer;
    if (row.overrides.some((other) => other >= records.length))
      throw new ImageFault(
        "image/index",
        offset + RULE.overrides,
        `rule ${index} overrides a rule that is not there`,
      );
    return row;
  });
}

/** Length of a section that is made of equal rows. */
export function wholeRows(sections: Sections, kind: number, rowBytes: number): number {
  const { length } = sections.bytes(kind);
  if (length % rowBytes !== 0)
    throw new ImageFault("image/table", sections.offset(kind), `section ${kind} ends in the middle of a row`);
  return length;
}

function readItems(sections: Sections, codes: readonly string[]): Item[] {
  const view = sections.view(SECTION.items);
  const end = wholeRows(sections, SECTION.items, ITEM.bytes);
  const items: Item[] = [];
  for (let at = 0; at < end; at += ITEM.bytes) {
    const code = codes[view.getUint32(at + ITEM.code, true)];
    const isGroup = view.getUint32(at + ITEM.isGroup, true);
    if (code === undefined || isGroup > 1)
      throw new ImageFault("image/index", sections.offset(SECTION.items) + at, "a territory has no code");
    items.push({ code, isGroup: isGroup === 1 });
  }
  return items;
}

/** Memberships by group and territory. */
export function readGroups(sections: Sections, codes: readonly string[]): Groups {
  const view = sections.view(SECTION.intervals);
  const end = wholeRows(sections, SECTION.intervals, INTERVAL.bytes);
  const groups = new Map<string, Map<string, Interval[]>>();
  for (let at = 0; at < end; at += INTERVAL.bytes) {
    const group = codes[view.getUint32(at + INTERVAL.group, true)];
    const territory = codes[view.getUint32(at + INTERVAL.territory, true)];
    const from = view.getFloat64(at + INTERVAL.from, true);
    const until = view.getFloat64(at + INTERVAL.until, true);
    const inside = view.getUint32(at + INTERVAL.inside, true);
    if (group === undefined || territory === undefined || !(from < until) || inside > 1) {
      throw new ImageFault(
        "image/value",
        sections.offset(SECTION.intervals) + at,
        "a membership has no valid codes or times",
      );
    }
    const members = groups.get(group) ?? new Map<string, Interval[]>();
    groups.set(group, members);
    const intervals = members.get(territory) ?? [];
    members.set(territory, intervals);
    intervals.push({ from, until, inside: inside === 1 });
  }
  return groups;
}

/** Posting lists: starts (one more than there are lists) and postings. */
export function readPostings(
  sections: Sections,
  atomCount: number,
): { readonly starts: Uint32Array; readonly postings: Uint32Array } {
  const fault = (what: string) => new ImageFault("image/index", sections.offset(SECTION.postings), what);
  const wordCount = wholeRows(sections, SECTION.postings, 4) / 4;
  if (wordCount < 3) throw fault("the posting lists are missing");
  const listCount = sections.words(SECTION.postings, 0, 1)[0] as number;
  if (listCount < 1 || 2 + listCount > wordCount) throw fault("there are fewer posting lists than stated");
  const starts = sections.words(SECTION.postings, 4, listCount + 1);
  const postings = sections.words(SECTION.postings, 8 + listCount * 4, wordCount - listCount - 2);
  if (starts[0] !== 0 || starts[1] !== 0 || starts[listCount] !== postings.length)
    throw fault("the posting lists do not cover the postings");
  for (let list = 0; list < listCount; list += 1) {
    if ((starts[list] as number) > (starts[list + 1] as number))
      throw fault(`posting list ${list} ends before it starts`);
  }
  for (const posting of postings)
    if (posting >>> 1 >= atomCount) throw fault("a posting names an atom that is not there");
  return { starts, postings };
}
