// Prefixes with records to a table image: the bytes that openTable loads.
import type { Prefix } from "@demarc/net";
import type { Caveat, EvidenceKind } from "../evidence.ts";
import { encodeUtf8 } from "../internal/globals.ts";
import { sha256 } from "../internal/sha256.ts";
import { type Block, flatten, NONE, type Segments } from "./flatten.ts";
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

/** What a table says about the addresses of a prefix. */
export interface TableRecord {
  readonly kind: EvidenceKind;
  readonly territory: string | null;
  readonly region: string | null;
  readonly caveats: readonly Caveat[];
}

/** One prefix of a table. */
export interface TableEntry {
  readonly prefix: Prefix;
  readonly record: TableRecord;
}

/** Of what a table is made. */
export interface TableInput {
  readonly source: string;
  /** Who made the data; the source's name unless said. */
  readonly vendor?: string | undefined;
  /** `2026-11-01`, or `unknown`. */
  readonly dataDate: string;
  /** The longest prefix wins; of two equal ones the later. */
  readonly entries: Iterable<TableEntry>;
  /**
   * Joins neighbours that say the same and keeps no lengths: smaller, and the prefix that a lookup tells is the largest block
   * around the address with that answer, not the one in the source.
   */
  readonly merge?: boolean | undefined;
}

/**
 * Makes a table image. Equal input gives equal bytes. At most 65,534 different records; RangeError beyond, which is a fault of
 * the caller: a record is a territory with its caveats, not a row.
 */
export function compileTable(input: TableInput): Uint8Array<ArrayBuffer> {
  const merge = input.merge ?? false;
  const records: TableRecord[] = [];
  const indexes = new Map<string, number>();
  const v4: Block<number>[] = [];
  const v6: Block<bigint>[] = [];
  for (const { prefix, record } of input.entries) {
    const { kind, territory, region, caveats } = record;
    const plain = { kind, territory, region, caveats: [...caveats].toSorted() };
    const key = JSON.stringify(plain);
    const index = indexes.get(key) ?? records.length;
    if (index === records.length) {
      indexes.set(key, index);
      records.push(plain);
    }
    const { address, length } = prefix;
    if (address.length === 4) {
      const start = address.reduce((value, byte) => value * 256 + byte, 0);
      v4.push({ start, end: start + 2 ** (32 - length), length, record: index });
    } else {
      let start = 0n;
      for (const byte of address) start = (start << 8n) | BigInt(byte);
      v6.push({ start, end: start + (1n << BigInt(128 - length)), length, record: index });
    }
  }
  if (records.length > SPECIAL.wide.within)
    throw new RangeError(`a table has at most ${SPECIAL.wide.within} different records`);
  const wide = records.length > SPECIAL.narrow.within;
  const special = wide ? SPECIAL.wide : SPECIAL.narrow;
  const four = clipped(flatten(v4, 0, merge), 2 ** 32);
  const { upper, within } = splitV6(clipped(flatten(v6, 0n, merge), 1n << 128n), special.within);
  const meta = encodeUtf8(
    JSON.stringify({ source: input.source, vendor: input.vendor ?? input.source, dataDate: input.dataDate }),
  );
  const recordBytes = encodeUtf8(JSON.stringify(records));
  const counts = Uint32Array.of(
    meta.length,
    recordBytes.length,
    four.starts.length,
    upper.starts.length,
    within.starts.length,
    (merge ? 0 : WITH_LENGTHS) | (wide ? WIDE_RECORDS : 0),
    0,
    0,
  );
  const sizes = sectionSizes(counts);
  const bytes = new Uint8Array(BODY_AT + sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(encodeUtf8(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, bytes.length, true);
  counts.forEach((count, index) => view.setUint32(COUNTS_AT + index * 4, count, true));
  let at = BODY_AT;
  let section = 0;
  const write = (put: (start: number) => void): void => {
    put(at);
    at += sizes[section] ?? 0;
    section += 1;
  };
  const words = (values: readonly (number | bigint)[], shift: bigint) => (start: number) => {
    values.forEach((value, index) =>
      view.setUint32(
        start + index * 4,
        typeof value === "number" ? value : Number((value >> shift) & 0xffff_ffffn),
        true,
      ),
    );
  };
  const lengths = (values: readonly number[]) => (start: number) => {
    if (!merge) bytes.set(values, start);
  };
  const recordIndexes = (values: readonly number[]) => (start: number) => {
    values.forEach((value, index) => {
      const stored = value === NONE ? special.none : value;
      if (wide) view.setUint16(start + index * 2, stored, true);
      else bytes[start + index] = stored;
    });
  };
  write((start) => bytes.set(meta, start));
  write((start) => bytes.set(recordBytes, start));
  write(words(four.starts, 0n));
  write(lengths(four.lengths));
  write(recordIndexes(four.records));
  write(words(upper.starts, 32n));
  write(words(upper.starts, 0n));
  write(lengths(upper.lengths));
  write(recordIndexes(upper.records));
  write((start) => {
    within.starts.forEach((value, index) => {
      for (let word = 0; word < 4; word += 1)
        view.setUint32(
          start + index * 16 + word * 4,
          Number((value >> BigInt(96 - 32 * word)) & 0xffff_ffffn),
          true,
        );
    });
  });
  write(lengths(within.lengths));
  write(recordIndexes(within.records));
  bytes.set(sha256(bytes.subarray(COUNTS_AT)), DIGEST_AT);
  view.setUint32(CHECKSUM_AT, checksum(bytes.subarray(DIGEST_AT)), true);
  return bytes;
}

// The segment that begins at the end of all addresses holds none.
function clipped<K extends number | bigint>(segments: Segments<K>, end: K): Segments<K> {
  const { starts, lengths, records } = segments;
  if (starts.at(-1) !== end) return segments;
  return { starts: starts.slice(0, -1), lengths: lengths.slice(0, -1), records: records.slice(0, -1) };
}

// Segments by the upper 64 bits; where one begins within a /64, that /64 says so and its segments go to `within`.
function splitV6(
  segments: Segments<bigint>,
  lookWithin: number,
): { upper: Segments<bigint>; within: Segments<bigint> } {
  const upper: Segments<bigint> = { starts: [], lengths: [], records: [] };
  const within: Segments<bigint> = { starts: [], lengths: [], records: [] };
  const push = (to: Segments<bigint>, start: bigint, length: number, record: number): void => {
    to.starts.push(start);
    to.lengths.push(length);
    to.records.push(record);
  };
  const { starts, lengths, records } = segments;
  const count = starts.length;
  for (let index = 0; index < count; ) {
    const start = starts[index] ?? 0n;
    const block = start >> 64n;
    let next = index + 1;
    while (next < count && (starts[next] ?? 0n) >> 64n === block) next += 1;
    const deep = next - index > 1 || (start & LOWER) !== 0n;
    if (!deep) push(upper, block, lengths[index] ?? 0, records[index] ?? NONE);
    else {
      push(upper, block, 64, lookWithin);
      if ((start & LOWER) !== 0n)
        push(within, block << 64n, lengths[index - 1] ?? 0, records[index - 1] ?? NONE);
      for (let each = index; each < next; each += 1)
        push(within, starts[each] ?? 0n, lengths[each] ?? 0, records[each] ?? NONE);
      // What the last of them says goes on after this /64.
      const following = block + 1n;
      // Where the next begins within the following /64, that one is pushed with what it holds.
      const nextBlock = next < count ? (starts[next] ?? 0n) >> 64n : 1n << 64n;
      if (nextBlock > following) push(upper, following, lengths[next - 1] ?? 0, records[next - 1] ?? NONE);
    }
    index = next;
  }
  return { upper, within };
}

const LOWER = (1n << 64n) - 1n;
