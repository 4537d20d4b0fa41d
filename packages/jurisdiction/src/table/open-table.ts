// A table image opened: checked once, then looked up without allocation. Bytes may be anyone's: they are refused, never trusted.
import { type Address, type Issue, type Result, unmapAddress } from "@demarc/net";
import { type AddressSource, dateAt, type SourceAnswer } from "../evidence.ts";
import { decodeUtf8 } from "../internal/globals.ts";
import { sha256 } from "../internal/sha256.ts";
import { blockLength, blockLength32, blockLength64, decremented } from "./block-length.ts";
import type { TableRecord } from "./compile-table.ts";
import { type LengthAt, Match } from "./match.ts";
import { readWords, words } from "./parse-words.ts";
import { readRecords, readTexts } from "./read-records.ts";
import {
  BODY_AT,
  CHECKSUM_AT,
  COUNTS_AT,
  checksum,
  DIGEST_AT,
  MAGIC,
  SPECIAL,
  sectionSizes,
  VERSION,
  WIDE_RECORDS,
  WITH_LENGTHS,
} from "./table-format.ts";

/** A table image, opened. As an AddressSource it gives the record of the longest prefix around an address. */
export interface AddressTable extends AddressSource {
  /** SHA-256 of the content as hexadecimal text, as the file states it; `verify` recomputes it. */
  readonly digest: string;
  /** Recomputes the digest: true when the content is what it states. About 5 ms a megabyte. */
  readonly verify: () => boolean;
  readonly records: readonly TableRecord[];
  /** How many segments of IPv4 and of IPv6. */
  readonly segments: { readonly v4: number; readonly v6: number };
  /** Bytes that it takes in memory: the image, and two indexes that are made when it is opened. */
  readonly memory: number;
  /** The record for an address as text, or null: none for it, or no address. No allocation. */
  readonly recordOf: (text: string) => TableRecord | null;
  /** The same for bytes. */
  readonly recordOfAddress: (address: Address) => TableRecord | null;
  /** Record and matched prefix of an address as text, with the prefix's length in bits; errors: `table/address`. */
  readonly lookup: (
    text: string,
  ) => Result<{ readonly record: TableRecord; readonly prefix: string; readonly length: number } | null>;
}

/**
 * Opens a table image.
 *
 * Errors: `table/magic`, `table/version`, `table/truncated` (shorter or longer than it says), `table/checksum`, `table/corrupt`
 * (sections that do not fit, segments out of order, records that are none). Never throws, whatever the bytes. The arrays are
 * views of `bytes`, which may be shared memory; do not change them.
 */
export function openTable(bytes: Uint8Array): Result<AddressTable> {
  if (bytes.length < BODY_AT || decodeUtf8(bytes.slice(0, 8)) !== MAGIC)
    return failure("magic", "this is no table image", "make one with compileTable");
  // Typed arrays need their alignment; a copy has it.
  const image = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(image.buffer, image.byteOffset, image.length);
  const version = view.getUint32(8, true);
  if (version !== VERSION)
    return failure(
      "version",
      `version ${version} is not known; ${VERSION} is expected`,
      "make the table again",
    );
  if (view.getUint32(12, true) !== image.length || image.length % 4 !== 0)
    return failure(
      "truncated",
      `${view.getUint32(12, true)} bytes are expected, not ${image.length}`,
      REFETCH,
    );
  if (view.getUint32(CHECKSUM_AT, true) !== checksum(image.subarray(DIGEST_AT)))
    return failure("checksum", "the checksum does not hold: the table is damaged", REFETCH);
  const counts = Uint32Array.from({ length: 8 }, (_, index) => view.getUint32(COUNTS_AT + index * 4, true));
  const sizes = sectionSizes(counts);
  if (BODY_AT + sizes.reduce((sum, size) => sum + size, 0) !== image.length || (counts[5] ?? 0) > 3)
    return failure("corrupt", "the sections do not fill the file", REFETCH);
  const [metaBytes = 0, recordBytes = 0, v4Count = 0, v6Count = 0, withinCount = 0, flags = 0] = counts;
  const starts = sizes.map((_, index) =>
    sizes.slice(0, index).reduce((sum, size) => sum + size, image.byteOffset + BODY_AT),
  );
  const at = (section: number): number => starts[section] ?? 0;
  const u32 = (section: number, count: number): Uint32Array =>
    new Uint32Array(image.buffer, at(section), count);
  const u8 = (section: number, count: number): Uint8Array => new Uint8Array(image.buffer, at(section), count);
  const wide = (flags & WIDE_RECORDS) !== 0;
  const index = (section: number, count: number): Uint8Array | Uint16Array =>
    wide ? new Uint16Array(image.buffer, at(section), count) : u8(section, count);
  const kept = (flags & WITH_LENGTHS) !== 0;
  const lengths = (section: number, count: number): Uint8Array | null => (kept ? u8(section, count) : null);
  const texts = readTexts(u8(0, metaBytes));
  const records = readRecords(u8(1, recordBytes));
  if (texts === null || records === null)
    return failure("corrupt", "the metadata or the records are not what they should be", REFETCH);
  const { none, within: lookWithin } = wide ? SPECIAL.wide : SPECIAL.narrow;
  const parts: Parts = {
    v4: u32(2, v4Count),
    v4Lengths: lengths(3, v4Count),
    v4Records: index(4, v4Count),
    upper: u32(5, v6Count),
    lower: u32(6, v6Count),
    v6Lengths: lengths(7, v6Count),
    v6Records: index(8, v6Count),
    within: u32(9, withinCount * 4),
    withinLengths: lengths(10, withinCount),
    withinRecords: index(11, withinCount),
  };
  if (!isSound(parts, records.length, none, lookWithin))
    return failure("corrupt", "the segments are not in order, or name records that are none", REFETCH);
  return { ok: true, value: tableOf(image, parts, texts, records, lookWithin) };
}

interface Parts {
  readonly v4: Uint32Array;
  readonly v4Lengths: Uint8Array | null;
  readonly v4Records: Uint8Array | Uint16Array;
  readonly upper: Uint32Array;
  readonly lower: Uint32Array;
  readonly v6Lengths: Uint8Array | null;
  readonly v6Records: Uint8Array | Uint16Array;
  readonly within: Uint32Array;
  readonly withinLengths: Uint8Array | null;
  readonly withinRecords: Uint8Array | Uint16Array;
}

const REFETCH = "fetch or make the table again";

function isSound(parts: Parts, records: number, none: number, lookWithin: number): boolean {
  const { v4, upper, lower, within } = parts;
  if (v4.length === 0 || v4[0] !== 0 || upper.length === 0 || upper[0] !== 0 || lower[0] !== 0) return false;
  for (let at = 1; at < v4.length; at += 1) if ((v4[at] as number) <= (v4[at - 1] as number)) return false;
  for (let at = 1; at < upper.length; at += 1) {
    const before = upper[at - 1] as number;
    if ((upper[at] as number) < before) return false;
    if (upper[at] === before && (lower[at] as number) <= (lower[at - 1] as number)) return false;
  }
  for (let at = 4; at < within.length; at += 4) if (compareWithin(within, at, at - 4) <= 0) return false;
  const known = (index: number): boolean => index < records || index === none;
  for (const each of parts.v4Records) if (!known(each)) return false;
  for (const each of parts.withinRecords) if (!known(each)) return false;
  let at = 0;
  for (const each of parts.v6Records) {
    // The first segment within must begin where its /64 does.
    if (each === lookWithin && !beginsWithin(parts, at)) return false;
    if (each !== lookWithin && !known(each)) return false;
    at += 1;
  }
  return (
    (parts.v4Lengths?.every((each) => each <= 32) ?? true) &&
    (parts.v6Lengths?.every((each) => each <= 128) ?? true) &&
    (parts.withinLengths?.every((each) => each <= 128) ?? true)
  );
}

function beginsWithin({ upper, lower, within }: Parts, at: number): boolean {
  const high = upper[at] as number;
  const low = lower[at] as number;
  let from = 0;
  let to = within.length / 4;
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = within[middle * 4] as number;
    if (there < high || (there === high && (within[middle * 4 + 1] as number) < low)) from = middle + 1;
    else to = middle;
  }
  const found = from * 4;
  return (
    found < within.length &&
    within[found] === high &&
    within[found + 1] === low &&
    within[found + 2] === 0 &&
    within[found + 3] === 0
  );
}

function compareWithin(within: Uint32Array, a: number, b: number): number {
  for (let word = 0; word < 4; word += 1) {
    const difference = (within[a + word] as number) - (within[b + word] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function tableOf(
  image: Uint8Array,
  parts: Parts,
  texts: { readonly source: string; readonly vendor: string; readonly dataDate: string },
  records: readonly TableRecord[],
  lookWithin: number,
): AddressTable {
  const { v4, upper, lower, within } = parts;
  const v4Index = indexOf(v4, 0x10000, (slot) => slot * 0x10000);
  const v6Index = indexOf(upper, V6_SLOTS, firstOfSlot);
  // Where the last lookup ended: plain numbers, so that a lookup allocates nothing.
  let segment = 0;
  let deep = false;

  const findV4 = (value: number): number => {
    const top = value >>> 16;
    let from = v4Index[top] as number;
    let to = v4Index[top + 1] as number;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((v4[middle] as number) <= value) from = middle;
      else to = middle - 1;
    }
    segment = from;
    return parts.v4Records[from] as number;
  };

  const findV6 = (a: number, b: number, c: number, d: number): number => {
    const slot = slotOf(a);
    let from = v6Index[slot] as number;
    let to = v6Index[slot + 1] as number;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((upper[middle] as number) <= a) from = middle;
      else to = middle - 1;
    }
    // Of those with the same upper word, the last whose lower one is not beyond: back in growing steps, then between two.
    if (upper[from] === a && (lower[from] as number) > b) {
      let step = 1;
      let low = from - 1;
      while (isBeyond(low, a, b)) {
        from = low;
        step *= 2;
        low = Math.max(0, from - step);
      }
      while (from - low > 1) {
        const middle = (low + from) >> 1;
        if (isBeyond(middle, a, b)) from = middle;
        else low = middle;
      }
      from = low;
    }
    segment = from;
    deep = false;
    const record = parts.v6Records[from] as number;
    return record === lookWithin && upper[from] === a && lower[from] === b ? findWithin(a, b, c, d) : record;
  };

  const isBeyond = (at: number, a: number, b: number): boolean =>
    upper[at] === a && (lower[at] as number) > b;

  const findWithin = (a: number, b: number, c: number, d: number): number => {
    let from = 0;
    let to = within.length / 4 - 1;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      const at = middle * 4;
      if (
        isAtMost(
          within[at] as number,
          within[at + 1] as number,
          within[at + 2] as number,
          within[at + 3] as number,
          a,
          b,
          c,
          d,
        )
      )
        from = middle;
      else to = middle - 1;
    }
    segment = from;
    deep = true;
    return parts.withinRecords[from] as number;
  };

  const recordAt = (index: number): TableRecord | null => records[index] ?? null;
  // Into `words`, as reading text does.
  const findAddress = (address: Address): number => {
    words[0] = wordOf(address, 0);
    if (address.length === 4) return findV4(words[0]);
    words[1] = wordOf(address, 4);
    words[2] = wordOf(address, 8);
    words[3] = wordOf(address, 12);
    return findV6(words[0], words[1], words[2], words[3]);
  };

  // How far the answer of a segment reaches around an address of it.
  const blockAt: LengthAt = (v6, a, b, c, d, at, within128) => {
    if (!v6) return blockLength32(a, v4[at] as number, at + 1 < v4.length ? (v4[at + 1] as number) : -1);
    if (!within128) {
      const [high, low] = [upper[at] as number, lower[at] as number];
      return at + 1 < upper.length
        ? blockLength64(a, b, high, low, upper[at + 1] as number, lower[at + 1] as number)
        : blockLength64(a, b, high, low, -1, 0);
    }
    const start = [...within.subarray(at * 4, at * 4 + 4)];
    return Math.max(64, blockLength([a, b, c, d], decremented(start), startAt(within, at + 1, 4)));
  };

  // The prefix that a segment keeps, or how far it reaches.
  const lengthAt: LengthAt = (v6, a, b, c, d, at, within128) => {
    const lengths = v6 ? (within128 ? parts.withinLengths : parts.v6Lengths) : parts.v4Lengths;
    return lengths === null ? blockAt(v6, a, b, c, d, at, within128) : (lengths[at] as number);
  };

  // For what was found last.
  const matchOf = (record: TableRecord, v6: boolean): Match =>
    new Match(
      record,
      lengthAt,
      v6,
      words[0] as number,
      words[1] as number,
      words[2] as number,
      words[3] as number,
      segment,
      deep,
    );

  const recordOfAddress: AddressTable["recordOfAddress"] = (address) => {
    if (address.length !== 4 && address.length !== 16) return null;
    return recordAt(findAddress(unmapAddress(address)));
  };

  const find = (given: Address): Result<SourceAnswer> => {
    if (given.length !== 4 && given.length !== 16)
      return failure("address", `an address has 4 or 16 bytes, not ${given.length}`);
    const address = unmapAddress(given);
    const v6 = address.length === 16;
    const record = recordAt(findAddress(address));
    const findings = record === null ? NOTHING : [matchOf(record, v6)];
    // A longer prefix may lie within the one that matched: what holds is the block of the segment.
    const length = blockAt(
      v6,
      words[0] as number,
      words[1] as number,
      words[2] as number,
      words[3] as number,
      segment,
      v6 && deep,
    );
    return { ok: true, value: { findings, length } };
  };

  return {
    name: texts.source,
    vendor: texts.vendor,
    dataDate: texts.dataDate,
    dataAt: dateAt(texts.dataDate),
    digest: Array.from(image.subarray(DIGEST_AT, COUNTS_AT), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join(""),
    verify: () => {
      const stated = image.subarray(DIGEST_AT, COUNTS_AT);
      return sha256(image.subarray(COUNTS_AT)).every((byte, at) => byte === stated[at]);
    },
    records,
    segments: { v4: v4.length, v6: upper.length + within.length / 4 },
    memory: image.length + v4Index.byteLength + v6Index.byteLength,
    recordOf: (text) => {
      const family = readWords(text);
      if (family === 0) return null;
      return recordAt(
        family === 4
          ? findV4(words[0] as number)
          : findV6(words[0] as number, words[1] as number, words[2] as number, words[3] as number),
      );
    },
    recordOfAddress,
    lookup: (text) => {
      const family = readWords(text);
      if (family === 0) return failure("address", "an IPv4 or IPv6 address is expected");
      const record = recordAt(
        family === 4
          ? findV4(words[0] as number)
          : findV6(words[0] as number, words[1] as number, words[2] as number, words[3] as number),
      );
      return record === null ? NO_MATCH : { ok: true, value: matchOf(record, family === 6) };
    },
    find,
  };
}

const NOTHING: readonly never[] = Object.freeze([]);
const NO_MATCH: { readonly ok: true; readonly value: null } = Object.freeze({ ok: true, value: null });

// IPv6 in use is 2000::/3: its first 20 bits make a slot each, and what is before and after it one.
const V6_SLOTS = 0x20002;
const slotOf = (a: number): number =>
  a < 0x2000_0000 ? 0 : a > 0x3fff_ffff ? 0x20001 : 1 + ((a - 0x2000_0000) >>> 12);
const firstOfSlot = (slot: number): number => (slot === 0 ? 0 : 0x2000_0000 + (slot - 1) * 0x1000);

// For each slot the last segment that begins before its first address; and so the last that begins within the slot before it.
function indexOf(starts: Uint32Array, slots: number, firstOf: (slot: number) => number): Uint32Array {
  const index = new Uint32Array(slots + 1);
  let segment = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const first = firstOf(slot);
    while (segment + 1 < starts.length && (starts[segment + 1] as number) < first) segment += 1;
    index[slot] = segment;
  }
  index[slots] = starts.length - 1;
  return index;
}

const startAt = (starts: Uint32Array, at: number, width: number): number[] | null =>
  at * width < starts.length ? [...starts.subarray(at * width, (at + 1) * width)] : null;

const wordOf = (address: Address, at: number): number =>
  (((address[at] as number) << 24) |
    ((address[at + 1] as number) << 16) |
    ((address[at + 2] as number) << 8) |
    (address[at + 3] as number)) >>>
  0;

// biome-ignore format: eight numbers
const isAtMost = (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number): boolean => {
  if (a !== e) return a < e;
  if (b !== f) return b < f;
  return c === g ? d <= h : c < g;
};

function failure(
  code: string,
  message: string,
  help?: string,
): { readonly ok: false; readonly issue: Issue } {
  return { ok: false, issue: { code: `table/${code}`, message, help } };
}
