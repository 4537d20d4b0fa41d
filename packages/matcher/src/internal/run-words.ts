import { hashStep, spread } from "./key-hash.ts";
import { grown, withRoom } from "./scratch.ts";

const FIRST_ROOM = 1024;

/** Runs of words, one behind the other, each there once for its kind. */
export class RunWords {
  #words = new Uint32Array(FIRST_ROOM);
  #length = 0;
  // For each run where it starts and of what kind it is; it ends where the next one starts.
  #starts = new Uint32Array(FIRST_ROOM);
  #kinds = new Uint8Array(FIRST_ROOM);
  #count = 0;
  // Numbers of runs plus 1 by hash, open addressing; half full at most.
  #table = new Uint32Array(FIRST_ROOM * 2);

  /** All words. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#length);
  }

  /** Where a run starts; it is added when it is new. Kinds are below 256. */
  add(kind: number, run: readonly number[]): number {
    const mask = this.#table.length - 1;
    let slot = hashOf(kind, run) & mask;
    for (let found = this.#table[slot] as number; found > 0; found = this.#table[slot] as number) {
      if (this.#isAt(found - 1, kind, run)) return this.#starts[found - 1] as number;
      slot = (slot + 1) & mask;
    }
    return this.#append(slot, kind, run);
  }

  #isAt(number: number, kind: number, run: readonly number[]): boolean {
    const start = this.#starts[number] as number;
    const end = number + 1 === this.#count ? this.#length : (this.#starts[number + 1] as number);
    if (end - start !== run.length || this.#kinds[number] !== kind) return false;
    for (let index = 0; index < run.length; index += 1)
      if (this.#words[start + index] !== (run[index] as number) >>> 0) return false;
    return true;
  }

  #append(slot: number, kind: number, run: readonly number[]): number {
    const start = this.#length;
    if (start + run.length > this.#words.length) this.#words = grown(this.#words, start + run.length);
    for (let index = 0; index < run.length; index += 1) this.#words[start + index] = run[index] as number;
    this.#length += run.length;
    if (this.#count === this.#starts.length) {
      this.#starts = grown(this.#starts, 0);
      this.#kinds = withRoom(this.#kinds, this.#starts.length);
    }
    this.#starts[this.#count] = start;
    this.#kinds[this.#count] = kind;
    this.#count += 1;
    this.#table[slot] = this.#count;
    if (this.#count * 2 > this.#table.length) this.#spread();
    return start;
  }

  #spread(): void {
    const table = new Uint32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let number = 0; number < this.#count; number += 1) {
      const end = number + 1 === this.#count ? this.#length : (this.#starts[number + 1] as number);
      const run = this.#words.subarray(this.#starts[number], end);
      let slot = hashOf(this.#kinds[number] as number, run) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = number + 1;
    }
    this.#table = table;
  }
}

function hashOf(kind: number, run: ArrayLike<number>): number {
  let hash = kind;
  for (let index = 0; index < run.length; index += 1) hash = spread(hashStep(hash, run[index] as number));
  return hash;
}
