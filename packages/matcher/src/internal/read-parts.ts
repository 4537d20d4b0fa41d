// The binary parts of an image, each checked as it is read: a fault ends the reading with its offset.
import {
  CONNECTORS,
  EFFECTS,
  INTERVAL,
  ITEM,
  ON_FAILURE,
  type PREFIX4,
  type PREFIX6,
  RULE,
  SECTION,
  STATUSES,
  TABLE,
  WHEN_UNKNOWN,
} from "../layout.ts";
import type { RuleRecord } from "../types.ts";
import { decodeUtf8 } from "./globals.ts";
import { ImageFault } from "./image-fault.ts";
import type { Groups, Interval, Item, PrefixRun, PrefixTable, RuleRow } from "./opened-image.ts";
import type { Sections } from "./read-sections.ts";
import { agreeInTime, readSchedules, readStates, scheduleOf } from "./read-times.ts";
import { SLOT, type StringTable } from "./string-table.ts";

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

/** A string table; its slots are checked so that probing ends and keys lie within the bytes. */
export function readTable(sections: Sections, kind: number, listCount: number): StringTable {
  const offset = sections.offset(kind);
  const section = sections.bytes(kind);
  const fault = (what: string) => new ImageFault("image/table", offset, what);
  if (section.length < TABLE.slots) throw fault("a string table is cut");
  const view = sections.view(kind);
  const slotCount = view.getUint32(TABLE.slotCount, true);
  const byteCount = view.getUint32(TABLE.byteCount, true);
  const isPowerOfTwo = slotCount > 0 && (slotCount & (slotCount - 1)) === 0;
  if (!isPowerOfTwo || TABLE.slots + slotCount * TABLE.slotBytes + byteCount > section.length)
    throw fault("a string table is larger than its section");
  // The section starts at a multiple of 8 in the image; only an image that starts off a word boundary needs a copy.
  const slotsAt = section.byteOffset + TABLE.slots;
  const slots =
    slotsAt % 4 === 0 && isLittleEndian()
      ? new Uint32Array(section.buffer, slotsAt, slotCount * SLOT)
      : sections.words(kind, TABLE.slots, slotCount * SLOT);
  let empty = 0;
  for (let at = 0; at < slots.length; at += SLOT) {
    const start = slots[at] as number;
    const end = slots[at + 1] as number;
    if (end === 0) empty += 1;
    else if (
      start >= end ||
      end > byteCount ||
      (slots[at + 2] as number) >= listCount ||
      (slots[at + 3] as number) >= listCount ||
      (slots[at + 4] as number) >= listCount
    ) {
      throw new ImageFault(
        "image/index",
        offset + TABLE.slots + at * 4,
        "a slot of a string table points outside",
      );
    }
  }
  if (empty === 0) throw fault("a string table has no empty slot");
  const bytesAt = TABLE.slots + slotCount * TABLE.slotBytes;
  return { mask: slotCount - 1, slots, bytes: section.subarray(bytesAt, bytesAt + byteCount) };
}

/** Prefixes of one family, as runs of equal length, longest first. */
export function readPrefixes(
  sections: Sections,
  kind: number,
  layout: typeof PREFIX4 | typeof PREFIX6,
  bits: number,
  listCount: number,
): PrefixTable {
  const view = sections.view(kind);
  const count = Math.floor(view.byteLength / layout.bytes);
  const fault = (at: number, what: string) => new ImageFault("image/index", sections.offset(kind) + at, what);
  if (count * layout.bytes !== view.byteLength) throw fault(0, "the prefixes end in the middle of one");
  const posting = new Uint32Array(count);
  const runs: { length: number; start: number; count: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = index * layout.bytes;
    const length = view.getUint32(at + layout.length, true);
    posting[index] = view.getUint32(at + layout.posting, true);
    if ((posting[index] as number) >= listCount)
      throw fault(at, "a prefix names a posting list that is not there");
    const run = runs.at(-1);
    if (length > bits || (run !== undefined && length < run.length))
      throw fault(at, "a prefix is too long or out of order");
    if (run !== undefined && run.length === length) run.count += 1;
    else runs.push({ length, start: index, count: 1 });
  }
  return {
    runs: runs.toReversed() satisfies readonly PrefixRun[],
    rowBytes: layout.bytes,
    bytes: sections.bytes(kind),
    posting,
  };
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
}
