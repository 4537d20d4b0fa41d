// Between the packets and the log: a bounded ring that is offered to synchronously and drained in batches. What does
// not fit is counted, and the count goes into the log as a gap: loss is never silent.
import type { Entry } from "@demarc/audit";
import type { Activation } from "./activation.ts";
import type { PendingDecision } from "./decision-entry.ts";

/** Something to be written, as plain data. Policy activations carry what must be stored before their entry. */
export type QueuedRecord =
  | { readonly kind: "decision"; readonly pending: PendingDecision }
  | { readonly kind: "entry"; readonly entry: Entry }
  | { readonly kind: "activation"; readonly activation: Activation; readonly at: number };

/** Decisions that wait for the log at most; some minutes of a busy filter while a disk is full. */
export const MAX_WAITING = 65_536;

/** What was lost since the last drain: `count` of the decisions numbered `first` to `last`, between two instants. */
export interface Gap {
  readonly from: number;
  readonly until: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const FIRST_SLOTS = 1024;

/** The queue. One writer, the gate; one reader, the sink. */
export class RecordQueue {
  readonly #limit: number;
  /** A ring whose length is a power of two. It grows to what once waited, and stays so. */
  #slots: (QueuedRecord | undefined)[] = Array.from({ length: FIRST_SLOTS });
  #head = 0;
  #count = 0;
  #gap: Gap | null = null;
  /** Decisions lost since the start. */
  dropped = 0;
  /** The run that the decisions are numbered in. */
  run: string | undefined;

  constructor(limit: number = MAX_WAITING) {
    this.#limit = limit;
  }

  /** Offers a record; a decision that does not fit is counted, everything else always fits. */
  offer(record: QueuedRecord, at: number): void {
    if (record.kind === "decision") {
      const { run, seq } = record.pending;
      this.run = run;
      if (this.#count >= this.#limit) {
        this.#lose(seq, at);
        return;
      }
    }
    if (this.#count === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#count) & (this.#slots.length - 1)] = record;
    this.#count += 1;
  }

  #lose(seq: number, at: number): void {
    this.dropped += 1;
    const before = this.#gap;
    this.#gap = {
      from: before?.from ?? at,
      until: at,
      count: (before?.count ?? 0) + 1,
      first: before?.first ?? seq,
      last: seq,
    };
  }

  #grow(): void {
    const grown: (QueuedRecord | undefined)[] = Array.from({ length: this.#slots.length * 2 });
    for (const [at, record] of this.peek(this.#count).entries()) grown[at] = record;
    this.#slots = grown;
    this.#head = 0;
  }

  /** The oldest records, up to `most`, without removing them. */
  peek(most: number): readonly QueuedRecord[] {
    const records: QueuedRecord[] = [];
    const mask = this.#slots.length - 1;
    const count = Math.min(most, this.#count);
    for (let at = 0; at < count; at += 1) records.push(this.#slots[(this.#head + at) & mask] as QueuedRecord);
    return records;
  }

  /** Removes the oldest `count` records, once they are durable. */
  remove(count: number): void {
    const mask = this.#slots.length - 1;
    const removed = Math.min(count, this.#count);
    for (let at = 0; at < removed; at += 1) this.#slots[(this.#head + at) & mask] = undefined;
    this.#head = (this.#head + removed) & mask;
    this.#count -= removed;
  }

  /** The gap since it was last taken, or null. */
  gap(): Gap | null {
    return this.#gap;
  }

  /** Forgets a gap that is in the log; what was lost meanwhile stays. */
  closeGap(closed: Gap): void {
    if (this.#gap === null) return;
    const count = this.#gap.count - closed.count;
    const { until, last } = this.#gap;
    this.#gap = count > 0 ? { from: closed.until, until, count, first: closed.last + 1, last } : null;
  }

  /** Records that wait. */
  get waiting(): number {
    return this.#count;
  }
}
