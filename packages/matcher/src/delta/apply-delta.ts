// An old image and a delta to the new image, in steps.
import { hex } from "../internal/digest.ts";
import { Sha256 } from "../internal/sha256.ts";
import * as HEADER from "../layout/header.ts";
import { DELTA, DELTA_MAGIC, DELTA_VERSION, ROW_BYTES, STEP } from "./delta-format.ts";
import { type DeltaIssue, issue } from "./delta-issue.ts";

/** SHA-256 that takes its bytes in pieces, such as `createHash("sha256")` of Node. */
export interface Hash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** How a delta is applied. */
export interface DeltaOptions {
  /** SHA-256 of the machine, where it has one; several times faster than the one in this package. */
  readonly hash?: (() => Hash) | undefined;
  /** Most bytes that the new image may have; 1 GiB where nothing is said. */
  readonly maxBytes?: number | undefined;
  /** Whether the new image lies in a SharedArrayBuffer, to be handed to other threads. */
  readonly shared?: boolean | undefined;
  /**
   * Memory that the new image is written to, from its first byte on: that of an image which nothing reads any more, say the one
   * before `base`. It takes a third of the time, since a machine hands out fresh memory page by page. Where it is too small, the new
   * image has memory of its own.
   */
  readonly memory?: ArrayBuffer | SharedArrayBuffer | undefined;
}

/** A delta that is being applied. */
export interface DeltaSteps {
  /** Bytes that steps work on in all: those of the new image, written once and hashed once. */
  readonly total: number;
  /**
   * Goes on for about so many bytes (a step is not cut for less than 64 KiB). Returns how many were worked on so far; `total`
   * says that it is done. Write and hash about 1 million bytes a millisecond.
   */
  readonly step: (bytes: number) => number;
  /** The new image, or what was wrong; null before it is done. */
  readonly result: () =>
    | { readonly ok: true; readonly value: Uint8Array }
    | { readonly ok: false; readonly issue: DeltaIssue }
    | null;
}

const MAX_BYTES = 2 ** 30;

/**
 * Begins to apply a delta. `base` is read, and not changed; it may be in use meanwhile.
 *
 * Errors: what can be seen at once, see DeltaIssue; what comes out later is the steps' `result`. Never throws.
 */
export function openDelta(
  delta: Uint8Array,
  base: Uint8Array,
  options: DeltaOptions = {},
): { readonly ok: true; readonly value: DeltaSteps } | { readonly ok: false; readonly issue: DeltaIssue } {
  if (delta.length < DELTA.steps || base.length < HEADER.table)
    return issue("delta/truncated", delta.length, "a delta or image is shorter than its header");
  if (DELTA_MAGIC.some((byte, index) => byte !== delta[index]))
    return issue("delta/magic", 0, "these bytes are no delta", "make one with `demarc delta make`");
  const view = new DataView(delta.buffer, delta.byteOffset, delta.byteLength);
  const version = view.getUint32(DELTA.version, true);
  if (version !== DELTA_VERSION)
    return issue(
      "delta/version",
      DELTA.version,
      `the delta has version ${version}; this program reads version ${DELTA_VERSION}`,
      "make it with the same release that applies it",
    );
  const needed = delta.subarray(DELTA.base, DELTA.base + 32);
  const held = base.subarray(HEADER.digest, HEADER.table);
  if (needed.some((byte, index) => byte !== held[index]))
    return issue(
      "delta/base",
      DELTA.base,
      `the delta starts from the image ${hex(needed)}; this one is ${hex(held)}`,
      "apply the deltas in between first, or fetch the new image whole",
    );
  const length = view.getUint32(DELTA.length, true);
  const most = options.maxBytes ?? MAX_BYTES;
  if (length > most || length < HEADER.table)
    return issue(
      "delta/too-large",
      DELTA.length,
      `the new image would have ${length} bytes; ${most} are allowed`,
    );
  if (options.memory === base.buffer || options.memory === delta.buffer)
    return issue(
      "delta/memory",
      0,
      "the memory for the new image holds the old one, or the delta",
      "give the memory of an image that nothing reads any more, or none",
    );
  return { ok: true, value: new Application(delta, base, length, options) };
}

/** Applies a delta at once. Errors: see DeltaIssue. Cost: about that of copying and hashing the new image. */
export function applyDelta(
  delta: Uint8Array,
  base: Uint8Array,
  options: DeltaOptions = {},
): { readonly ok: true; readonly value: Uint8Array } | { readonly ok: false; readonly issue: DeltaIssue } {
  const opened = openDelta(delta, base, options);
  if (!opened.ok) return opened;
  opened.value.step(Number.POSITIVE_INFINITY);
  return opened.value.result() ?? issue("delta/truncated", delta.length, "the delta ends too early");
}

const FEW_BYTES = 128;

class Application implements DeltaSteps {
  readonly total: number;
  readonly #delta: Uint8Array;
  readonly #base: Uint8Array;
  readonly #target: Uint8Array;
  readonly #view: DataView;
  readonly #hash: Hash;
  // Places: of the next step in the delta, of the last read in the base, of the next byte to write and to hash.
  #at: number = DELTA.steps;
  #read = 0;
  #written = 0;
  #hashed: number = HEADER.table;
  // A step that is not done: its kind, what is left of it, and the differences of its rows.
  #kind: number = STEP.fresh;
  #left = 0;
  #difference = 0;
  #result: ReturnType<DeltaSteps["result"]> = null;

  constructor(delta: Uint8Array, base: Uint8Array, length: number, options: DeltaOptions) {
    this.#delta = delta;
    this.#base = base;
    const { memory, shared } = options;
    this.#target =
      memory !== undefined && memory.byteLength >= length
        ? new Uint8Array(memory, 0, length)
        : new Uint8Array(shared === true ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
    this.#view = new DataView(this.#target.buffer);
    this.#hash = options.hash?.() ?? new Sha256();
    this.total = length + length - HEADER.table;
  }

  result(): ReturnType<DeltaSteps["result"]> {
    return this.#result;
  }

  step(bytes: number): number {
    let budget = Math.max(1 << 16, bytes);
    while (budget > 0 && this.#result === null) {
      if (this.#written < this.#target.length) budget -= this.#write(budget);
      else budget -= this.#check(budget);
    }
    return this.#result?.ok === false ? this.total : this.#written + this.#hashed - HEADER.table;
  }

  // Part of a step, or the next step's head. Returns what it took of the budget.
  #write(budget: number): number {
    if (this.#left === 0) return this.#next();
    const unit = this.#kind === STEP.rows ? ROW_BYTES : 1;
    const count = Math.min(
      this.#left,
      Math.max(unit, Math.floor(Math.min(budget, this.#left) / unit) * unit),
    );
    if (this.#kind === STEP.fresh) {
      this.#copy(this.#delta, this.#at, count);
      this.#at += count;
    } else {
      this.#copy(this.#base, this.#read, count);
      if (this.#kind === STEP.rows) this.#shiftRows(count);
      this.#read += count;
    }
    this.#written += count;
    this.#left -= count;
    return count;
  }

  // Most steps are short, and a view of few bytes costs more than they do.
  #copy(source: Uint8Array, from: number, count: number): void {
    if (count > FEW_BYTES) return this.#target.set(source.subarray(from, from + count), this.#written);
    const target = this.#target;
    const to = this.#written;
    for (let index = 0; index < count; index += 1) target[to + index] = source[from + index] as number;
  }

  #shiftRows(count: number): void {
    const view = this.#view;
    for (let row = this.#written; row < this.#written + count; row += ROW_BYTES)
      view.setUint32(row, view.getUint32(row, true) + this.#difference, true);
  }

  #next(): number {
    const start = this.#at;
    const head = this.#number();
    this.#kind = head % 4;
    const count = Math.floor(head / 4) * (this.#kind === STEP.rows ? ROW_BYTES : 1);
    if (this.#kind !== STEP.fresh) {
      this.#read += this.#signed();
      if (this.#kind === STEP.rows) this.#difference = this.#signed();
    }
    const room = this.#kind === STEP.fresh ? this.#delta.length - this.#at : this.#base.length - this.#read;
    const isWhole =
      this.#kind <= STEP.rows &&
      count > 0 &&
      this.#read >= 0 &&
      count <= room &&
      count <= this.#target.length - this.#written;
    if (isWhole) this.#left = count;
    else
      this.#result =
        this.#at >= this.#delta.length || (this.#kind === STEP.fresh && count > room)
          ? issue("delta/truncated", this.#delta.length, "the delta ends too early", "fetch it again")
          : issue("delta/step", start, "a step reads or writes where nothing is", "fetch the delta again");
    return 16;
  }

  // Not a number where the delta ends or the number does not; that is no whole step then.
  #number(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 42; factor *= 128) {
      const byte = this.#delta[this.#at];
      if (byte === undefined) return Number.NaN;
      this.#at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return Number.NaN;
  }

  #signed(): number {
    const value = this.#number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  #check(budget: number): number {
    const { length } = this.#target;
    const end = Math.min(length, this.#hashed + budget);
    this.#hash.update(this.#target.subarray(this.#hashed, end));
    const count = end - this.#hashed;
    this.#hashed = end;
    if (end === length) this.#finish();
    return Math.max(1, count);
  }

  // The digest is of what follows it in an image; what is before it says the version, and is that of the old one.
  #finish(): void {
    const digest = this.#hash.digest();
    const named = this.#delta.subarray(DELTA.target, DELTA.target + 32);
    const isNamed = (each: Uint8Array) => named.every((byte, index) => byte === each[index]);
    if (this.#at !== this.#delta.length)
      this.#result = issue(
        "delta/step",
        this.#at,
        "there are bytes after the last step",
        "fetch the delta again",
      );
    else if (
      isNamed(digest) &&
      isNamed(this.#target.subarray(HEADER.digest, HEADER.table)) &&
      this.#target.subarray(0, HEADER.digest).every((byte, index) => byte === this.#base[index])
    )
      this.#result = { ok: true, value: this.#target };
    else
      this.#result = issue(
        "delta/digest",
        DELTA.target,
        `what came out has the digest ${hex(digest)}; the delta names ${hex(named)}`,
        "the delta or the old image was changed; fetch them again",
      );
  }
}
