// Plain parts to image bytes. The compiler decides what the parts are; this file only knows how they lie in memory.

import { hex, sha256Bytes } from "./internal/digest.ts";
import { encodeKeySet, type KeyKind } from "./internal/encode-key-set.ts";
import { Chains, encodeRanges } from "./internal/encode-ranges.ts";
import { encodeUtf8 } from "./internal/globals.ts";
import { daysMask, minuteOf } from "./internal/read-times.ts";
import type { KeyCollector } from "./key-collector.ts";
import {
  ASN,
  ATOM,
  CLASS,
  CONNECTORS,
  EFFECTS,
  FORMAT_VERSION,
  HEADER,
  INTERVAL,
  ITEM,
  MAGIC,
  OFFSET,
  ON_FAILURE,
  PORT,
  RULE,
  SCHEDULE,
  SECTION,
  SECTION_COUNT,
  STATE,
  STATUSES,
  WHEN_UNKNOWN,
  WINDOW,
} from "./layout.ts";
import type { Connector, PolicyImage, RuleRecord, ScheduleRecord, Status } from "./types.ts";

/** Territory or group named by a scope. */
export interface ScopeItem {
  readonly code: string;
  readonly isGroup: boolean;
}

/** One rule as the image holds it; `overrides` are positions in `rules`. */
export interface RulePart {
  readonly record: Omit<RuleRecord, "index">;
  readonly effective: number;
  /** `Infinity` for a rule without an end. */
  readonly expires: number;
  readonly overrides: readonly number[];
  readonly territories: readonly ScopeItem[];
  readonly except: readonly ScopeItem[];
  readonly egress: readonly ScopeItem[];
  /** States over time, oldest first. */
  readonly states?: readonly { readonly from: number; readonly state: Status }[] | undefined;
  /** Position in `schedules`; the record says the windows. */
  readonly schedule?: number | undefined;
}

/** When a rule with a schedule applies, with the offsets from UTC of its zone. */
export interface SchedulePart {
  readonly windows: ScheduleRecord["windows"];
  /** Oldest first, one at least; the first holds before itself too. */
  readonly offsets: readonly ZoneOffset[];
}

/** From when on (milliseconds) a zone is how many seconds east of UTC. */
export interface ZoneOffset {
  readonly from: number;
  readonly seconds: number;
}

/** From when to when (milliseconds, half-open) a territory is in a group, or carved out of it. */
export interface GroupInterval {
  readonly group: string;
  readonly territory: string;
  readonly from: number;
  readonly until: number;
  readonly inside: boolean;
}

/** Why a rule is about something: one of its selectors or exceptions; a list is one atom. */
export interface AtomPart {
  readonly rule: number;
  readonly role: "selector" | "exception";
  /** Reference of the list, or null for what the rule says itself. */
  readonly list: string | null;
}

/** A reference from a key to an atom; `excluded` when the key is an exception within a list. */
export interface Posting {
  readonly atom: number;
  readonly excluded: boolean;
}

/** Everything in an image. Maps go from the canonical key to the atoms that name it. */
export interface ImageParts {
  readonly set: PolicyImage["set"];
  readonly rules: readonly RulePart[];
  readonly intervals: readonly GroupInterval[];
  readonly atoms: readonly AtomPart[];
  /** Columns: exact names, suffixes, and wildcards by the name after the `*`. */
  readonly names: Pick<KeyCollector, "keys" | "groups">;
  /** Columns: exact URLs and prefixes. */
  readonly urls: Pick<KeyCollector, "keys" | "groups">;
  readonly prefixes: readonly {
    readonly address: Uint8Array;
    readonly length: number;
    readonly postings: readonly Posting[];
  }[];
  readonly ports: readonly {
    readonly from: number;
    readonly to: number;
    readonly protocol: "tcp" | "udp" | null;
    readonly postings: readonly Posting[];
  }[];
  readonly asns: ReadonlyMap<number, readonly Posting[]>;
  readonly schedules: readonly SchedulePart[];
  readonly classes: ReadonlyMap<string, readonly Posting[]>;
  readonly any: readonly Posting[];
}

/**
 * Writes an image. The same parts give the same bytes, whatever the order of keys and prefixes.
 *
 * Throws RangeError when no hash keeps the keys apart: nobody's names do that by chance.
 *
 * Returns the bytes and their content digest in lower-case hex.
 */
export function encodeImage(parts: ImageParts): { readonly bytes: Uint8Array; readonly digest: string } {
  const codes = new Interner();
  const postings = new PostingLists();
  const overrides: number[] = [];
  const items: ScopeItem[] = [];
  const states: { from: number; state: Status }[] = [];
  const rules = encodeRules(parts.rules, overrides, items, states);
  const chains = new Chains();
  const prefixes = parts.prefixes.map((prefix) => ({ ...prefix, list: postings.of(prefix.postings) }));
  const ranges = (size: 4 | 16) =>
    encodeRanges(
      prefixes.filter((prefix) => prefix.address.length === size),
      size,
      chains,
    );
  const sections = new Map<number, Uint8Array>([
    [
      SECTION.meta,
      encodeUtf8(JSON.stringify({ set: parts.set, rules: parts.rules.map((rule) => rule.record) })),
    ],
    [SECTION.rules, rules],
    [SECTION.overrides, new Uint8Array(Uint32Array.from(overrides).buffer)],
    [
      SECTION.items,
      rows(items, ITEM.bytes, (view, at, item) => {
        view.setUint32(at + ITEM.code, codes.of(item.code), true);
        view.setUint32(at + ITEM.isGroup, item.isGroup ? 1 : 0, true);
      }),
    ],
    [
      SECTION.intervals,
      rows(parts.intervals, INTERVAL.bytes, (view, at, interval) => {
        view.setUint32(at + INTERVAL.group, codes.of(interval.group), true);
        view.setUint32(at + INTERVAL.territory, codes.of(interval.territory), true);
        view.setFloat64(at + INTERVAL.from, interval.from, true);
        view.setFloat64(at + INTERVAL.until, interval.until, true);
        view.setUint32(at + INTERVAL.inside, interval.inside ? 1 : 0, true);
      }),
    ],
    [
      SECTION.atoms,
      rows(parts.atoms, ATOM.bytes, (view, at, atom) => {
        view.setUint32(at + ATOM.rule, atom.rule, true);
        view.setUint8(at + ATOM.role, atom.role === "exception" ? 1 : 0);
        view.setUint32(at + ATOM.list, atom.list === null ? 0 : codes.of(atom.list) + 1, true);
      }),
    ],
    [SECTION.names, encodeKeys(parts.names, "names", postings)],
    [SECTION.urls, encodeKeys(parts.urls, "urls", postings)],
    [SECTION.prefixes4, ranges(4)],
    [SECTION.prefixes6, ranges(16)],
    [SECTION.ports, encodePorts(parts.ports, postings)],
    [
      SECTION.classes,
      rows([...parts.classes].toSorted(byKey), CLASS.bytes, (view, at, [code, list]) => {
        view.setUint32(at + CLASS.code, codes.of(code), true);
        view.setUint32(at + CLASS.posting, postings.of(list), true);
      }),
    ],
    [
      SECTION.asns,
      rows(
        [...parts.asns].toSorted(([a], [b]) => a - b),
        ASN.bytes,
        (view, at, [number, list]) => {
          view.setUint32(at + ASN.number, number, true);
          view.setUint32(at + ASN.posting, postings.of(list), true);
        },
      ),
    ],
    [
      SECTION.states,
      rows(states, STATE.bytes, (view, at, { from, state }) => {
        view.setFloat64(at + STATE.from, from, true);
        view.setUint32(at + STATE.state, STATUSES.indexOf(state), true);
      }),
    ],
    ...encodeSchedules(parts.schedules),
    [SECTION.any, new Uint8Array(Uint32Array.of(postings.of(parts.any)).buffer)],
  ]);
  // Last, because writing the others fills them.
  sections.set(SECTION.chains, new Uint8Array(Uint32Array.from(chains.words).buffer));
  sections.set(SECTION.codes, codes.encode());
  sections.set(SECTION.postings, postings.encode());
  return assemble(sections);
}

function assemble(sections: ReadonlyMap<number, Uint8Array>): { bytes: Uint8Array; digest: string } {
  const kinds = [...sections.keys()].toSorted((a, b) => a - b);
  let offset = align(HEADER.table + SECTION_COUNT * HEADER.tableEntryBytes);
  const table = kinds.map((kind) => {
    const length = sections.get(kind)?.length ?? 0;
    const entry = { kind, offset, length };
    offset = align(offset + length);
    return entry;
  });
  const bytes = new Uint8Array(offset);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(HEADER.version, FORMAT_VERSION, true);
  view.setUint32(HEADER.sectionCount, table.length, true);
  for (const [index, entry] of table.entries()) {
    const at = HEADER.table + index * HEADER.tableEntryBytes;
    view.setUint32(at, entry.kind, true);
    view.setUint32(at + 4, entry.offset, true);
    view.setUint32(at + 8, entry.length, true);
    bytes.set(sections.get(entry.kind) ?? new Uint8Array(0), entry.offset);
  }
  const digest = sha256Bytes(bytes.subarray(HEADER.table));
  bytes.set(digest, HEADER.digest);
  return { bytes, digest: hex(digest) };
}

function encodeRules(
  rules: readonly RulePart[],
  overrides: number[],
  items: ScopeItem[],
  states: { from: number; state: Status }[],
): Uint8Array {
  return rows(rules, RULE.bytes, (view, at, { record, ...rule }) => {
    view.setFloat64(at + RULE.effective, rule.effective, true);
    view.setFloat64(at + RULE.expires, rule.expires, true);
    view.setFloat64(at + RULE.minConfidence, record.scope.minConfidence, true);
    view.setUint32(at + RULE.connectors, connectorMask(record.scope.connectors), true);
    view.setUint8(at + RULE.status, STATUSES.indexOf(record.status));
    view.setUint8(at + RULE.effect, EFFECTS.indexOf(record.effect.action));
    view.setUint8(at + RULE.whenUnknown, WHEN_UNKNOWN.indexOf(record.scope.whenUnknown));
    view.setUint8(at + RULE.onFailure, ON_FAILURE.indexOf(record.effect.onFailure ?? "allow"));
    view.setUint32(at + RULE.layer, record.layerIndex, true);
    span(view, at + RULE.overrides, overrides, rule.overrides);
    span(view, at + RULE.territories, items, rule.territories);
    span(view, at + RULE.except, items, rule.except);
    span(view, at + RULE.egress, items, rule.egress);
    span(view, at + RULE.states, states, rule.states ?? []);
    view.setUint32(at + RULE.schedule, rule.schedule === undefined ? 0 : rule.schedule + 1, true);
  });
}

// Zones that two schedules share are stored once.
function encodeSchedules(schedules: readonly SchedulePart[]): [number, Uint8Array][] {
  const windows: SchedulePart["windows"][number][] = [];
  const offsets: ZoneOffset[] = [];
  const starts = new Map<string, number>();
  const rowsOfSchedules = rows(schedules, SCHEDULE.bytes, (view, at, schedule) => {
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
      rows(windows, WINDOW.bytes, (view, at, window) => {
        view.setUint16(at + WINDOW.days, daysMask(window.days), true);
        view.setUint16(at + WINDOW.from, minuteOf(window.from), true);
        view.setUint16(at + WINDOW.to, minuteOf(window.to), true);
      }),
    ],
    [
      SECTION.offsets,
      rows(offsets, OFFSET.bytes, (view, at, { from, seconds }) => {
        view.setFloat64(at + OFFSET.from, from, true);
        view.setInt32(at + OFFSET.seconds, seconds, true);
      }),
    ],
  ];
}

function span<T>(view: DataView, at: number, into: T[], values: readonly T[]): void {
  view.setUint32(at, into.length, true);
  view.setUint32(at + 4, values.length, true);
  for (const value of values) into.push(value);
}

function connectorMask(connectors: readonly Connector[]): number {
  return connectors.reduce((mask, connector) => mask | (1 << CONNECTORS.indexOf(connector)), 0);
}

function encodeKeys(
  { keys, groups }: ImageParts["names"],
  kind: KeyKind,
  postings: PostingLists,
): Uint8Array {
  const listOf = (group: number, column: 0 | 1 | 2) => postings.of(groups[group]?.[column] ?? []);
  return encodeKeySet(keys, (group) => [listOf(group, 0), listOf(group, 1), listOf(group, 2)], kind);
}

function protocolCode(protocol: "tcp" | "udp" | null): number {
  return protocol === null ? 0 : protocol === "tcp" ? 1 : 2;
}

function encodePorts(ports: ImageParts["ports"], postings: PostingLists): Uint8Array {
  const sorted = [...ports].toSorted(
    (a, b) => a.from - b.from || a.to - b.to || protocolCode(a.protocol) - protocolCode(b.protocol),
  );
  let reach = 0;
  return rows(sorted, PORT.bytes, (view, at, port) => {
    reach = Math.max(reach, port.to);
    view.setUint16(at + PORT.from, port.from, true);
    view.setUint16(at + PORT.to, port.to, true);
    view.setUint16(at + PORT.reach, reach, true);
    view.setUint16(at + PORT.protocol, protocolCode(port.protocol), true);
    view.setUint32(at + PORT.posting, postings.of(port.postings), true);
  });
}

function rows<T>(
  values: readonly T[],
  size: number,
  write: (view: DataView, at: number, value: T) => void,
): Uint8Array {
  const out = new Uint8Array(values.length * size);
  const view = new DataView(out.buffer);
  for (const [index, value] of values.entries()) write(view, index * size, value);
  return out;
}

// Codes in order of first use; that order is decided by the parts.
class Interner {
  readonly #codes = new Map<string, number>();

  of(code: string): number {
    let id = this.#codes.get(code);
    if (id === undefined) {
      id = this.#codes.size;
      this.#codes.set(code, id);
    }
    return id;
  }

  encode(): Uint8Array {
    const texts = [...this.#codes.keys()].map(encodeUtf8);
    const ends: number[] = [];
    for (const text of texts) ends.push((ends.at(-1) ?? 0) + text.length);
    const out = new Uint8Array(4 + texts.length * 4 + (ends.at(-1) ?? 0));
    new Uint32Array(out.buffer, 0, 1 + texts.length).set([texts.length, ...ends]);
    for (const [index, text] of texts.entries())
      out.set(text, 4 + texts.length * 4 + (ends[index] ?? 0) - text.length);
    return out;
  }
}

// Equal posting lists are stored once: a list of a million names is one posting list and a million keys.
class PostingLists {
  readonly #ids = new Map<string, number>([["", 0]]);
  readonly #starts: number[] = [0, 0];
  readonly #postings: number[] = [];

  of(list: readonly Posting[]): number {
    const numbers = list
      .map((posting) => posting.atom * 2 + (posting.excluded ? 1 : 0))
      .toSorted((a, b) => a - b);
    const key = numbers.join();
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(key, id);
      for (const number of numbers) this.#postings.push(number);
      this.#starts.push(this.#postings.length);
    }
    return id;
  }

  encode(): Uint8Array {
    return new Uint8Array(Uint32Array.from([this.#ids.size, ...this.#starts, ...this.#postings]).buffer);
  }
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
