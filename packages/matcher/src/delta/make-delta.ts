// Two images to a delta: section by section, and within key sets part by part, so that equal parts meet.
import type { ImageIssue } from "../image-issue.ts";
import { GrowingBytes } from "../internal/growing-bytes.ts";
import { orIssue } from "../internal/image-fault.ts";
import { readSections, type Sections } from "../internal/read-sections.ts";
import * as HEADER from "../layout/header.ts";
import * as KEY_BLOCK from "../layout/key-block.ts";
import * as KEY_SET from "../layout/key-set.ts";
import { SECTION, SECTION_ALIGN, SECTION_COUNT } from "../layout.ts";
import { DELTA, DELTA_MAGIC, DELTA_VERSION, ROW_BYTES, STEP } from "./delta-format.ts";
import { type DeltaIssue, issue } from "./delta-issue.ts";
import { matchBytes, runLength } from "./match-bytes.ts";

/**
 * What makes `target` of `base`, both whole images, as a file.
 *
 * Input: images that `@demarc/compiler` made, of this format version; their digests are taken from their headers.
 * Errors: `delta/not-an-image`.
 * Size: about eighty bytes for each name that came or went, while the number of names is about the same.
 * Cost: 10 to 20 ns a byte of the larger one (bench/deltas.ts of `@demarc/compiler`).
 */
export function makeDelta(
  base: Uint8Array,
  target: Uint8Array,
): { readonly ok: true; readonly value: Uint8Array } | { readonly ok: false; readonly issue: DeltaIssue } {
  const before = orIssue(() => readSections(base, null).sections);
  if (!before.ok) return notAnImage("old", before.issue);
  const after = orIssue(() => readSections(target, null).sections);
  if (!after.ok) return notAnImage("new", after.issue);
  const writer = new StepWriter(base, target);
  writer.match([0, 0], [tableEnd, tableEnd], 0);
  for (const kind of Object.values(SECTION)) {
    const from = partsOf(before.value, kind);
    const to = partsOf(after.value, kind);
    for (const [index, part] of to.entries()) {
      const old = from[index] ?? part;
      if (part.isRows) writer.rows(old, part);
      else writer.match([old.start, old.end], [part.start, part.end], part.start);
    }
  }
  writer.fresh(target.length);
  return { ok: true, value: writer.finish(target.length) };
}

function notAnImage(which: "old" | "new", { offset, message, help }: ImageIssue): ReturnType<typeof issue> {
  return issue("delta/not-an-image", offset, `the ${which} bytes are no image: ${message}`, help);
}

const tableEnd = HEADER.table + SECTION_COUNT * HEADER.tableEntryBytes;

interface Part {
  readonly start: number;
  readonly end: number;
  readonly isRows: boolean;
}

// A section as parts that are best held against the same part of the other image.
function partsOf(sections: Sections, kind: (typeof SECTION)[keyof typeof SECTION]): readonly Part[] {
  const start = sections.offset(kind);
  // With the zeros up to the next section.
  const end = Math.ceil((start + sections.bytes(kind).length) / SECTION_ALIGN) * SECTION_ALIGN;
  const whole = { start, end, isRows: false };
  if (kind !== SECTION.names && kind !== SECTION.urls && kind !== SECTION.tokens) return [whole];
  const view = sections.view(kind);
  if (view.byteLength < KEY_SET.head) return [whole];
  const word = (index: number) => view.getUint32(index * 4, true);
  const filters = KEY_SET.head + word(3) * KEY_BLOCK.bytes;
  const units = filters + (word(3) - 1) * KEY_SET.filterWords * 4;
  const pieces = units + ((word(2) >>> 5) + 1) * 4;
  const groups = pieces + word(6) * 12;
  const records = groups + word(4) * 12;
  if (records > view.byteLength) return [whole];
  const ends = [KEY_SET.head, filters, units, pieces, groups, records, end - start];
  return ends.map((to, index) => ({
    start: start + (index === 0 ? 0 : (ends[index - 1] as number)),
    end: start + to,
    isRows: index === 1,
  }));
}

class StepWriter {
  readonly #base: Uint8Array;
  readonly #target: Uint8Array;
  readonly #out = new GrowingBytes(1 << 12);
  // Where the last step stopped reading in the base, and how much of the target is written.
  #read = 0;
  #written = 0;

  constructor(base: Uint8Array, target: Uint8Array) {
    this.#base = base;
    this.#target = target;
    this.#out.skip(DELTA.steps);
  }

  /** Steps that make `[to[0], to[1])` of the target, mostly of `[from[0], from[1])` of the base. */
  match(from: readonly [number, number], to: readonly [number, number], start: number): void {
    this.fresh(start);
    const before = this.#base.subarray(from[0], from[1]);
    matchBytes(before, this.#target.subarray(to[0], to[1]), {
      copy: (at, length) => this.#copy(from[0] + at, length),
      fresh: (bytes) => this.fresh(this.#written + bytes.length),
    });
  }

  /** Likewise for the blocks of key sets: one more key changes the first word of all blocks after it by the same. */
  rows(from: Part, to: Part): void {
    this.fresh(to.start);
    const count = (to.end - to.start) / ROW_BYTES;
    const known = (from.end - from.start) / ROW_BYTES;
    for (let row = 0; row < count; ) {
      const difference = this.#rowDifference(from, to, row);
      let run = 0;
      while (row + run < Math.min(count, known) && this.#isRow(from, to, row + run, difference)) run += 1;
      if (run === 0) {
        row += 1;
        this.fresh(to.start + row * ROW_BYTES);
        continue;
      }
      this.#step(run, STEP.rows);
      this.#place(from.start + row * ROW_BYTES, run * ROW_BYTES);
      this.#number(zigzag(difference));
      row += run;
      this.#written += run * ROW_BYTES;
    }
  }

  /** Steps that make the target up to `end` of bytes that the delta has. */
  fresh(end: number): void {
    if (end <= this.#written) return;
    const bytes = this.#target.subarray(this.#written, end);
    this.#step(bytes.length, STEP.fresh);
    this.#out.room(bytes.length).set(bytes, this.#out.length);
    this.#out.skip(bytes.length);
    this.#written = end;
  }

  finish(length: number): Uint8Array {
    const out = this.#out.bytes().slice();
    out.set(DELTA_MAGIC);
    const view = new DataView(out.buffer);
    view.setUint32(DELTA.version, DELTA_VERSION, true);
    view.setUint32(DELTA.length, length, true);
    out.set(this.#base.subarray(HEADER.digest, HEADER.table), DELTA.base);
    out.set(this.#target.subarray(HEADER.digest, HEADER.table), DELTA.target);
    return out;
  }

  #copy(from: number, length: number): void {
    this.#step(length, STEP.copy);
    this.#place(from, length);
    this.#written += length;
  }

  #rowDifference(from: Part, to: Part, row: number): number {
    const a = from.start + row * ROW_BYTES;
    return a + ROW_BYTES > from.end
      ? 0
      : (wordAt(this.#target, to.start + row * ROW_BYTES) - wordAt(this.#base, a)) | 0;
  }

  #isRow(from: Part, to: Part, row: number, difference: number): boolean {
    const rest = ROW_BYTES - 4;
    const at = row * ROW_BYTES + 4;
    return (
      this.#rowDifference(from, to, row) === difference &&
      runLength(this.#base, from.start + at, this.#target, to.start + at, rest) === rest
    );
  }

  #step(count: number, kind: number): void {
    this.#number(count * 4 + kind);
  }

  #place(from: number, length: number): void {
    this.#number(zigzag(from - this.#read));
    this.#read = from + length;
  }

  // LEB128; numbers are below 2^53.
  #number(value: number): void {
    const out = this.#out.room(8);
    let end = this.#out.length;
    let rest = value;
    while (rest >= 128) {
      out[end] = (rest % 128) | 128;
      end += 1;
      rest = Math.floor(rest / 128);
    }
    out[end] = rest;
    this.#out.skip(end + 1 - this.#out.length);
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}
