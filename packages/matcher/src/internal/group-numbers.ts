import { type Columns, cutTo, grown, withRoom } from "./scratch.ts";

/** Numbers of groups, by the number of what is in them: a byte each while there are few. */
export class GroupNumbers {
  #lows = new Uint8Array(1024);
  // What is above the lowest byte; empty while no number has that.
  #highs = new Uint32Array(0);

  /** Group of a number; 0 where none was set. */
  of(number: number): number {
    const low = this.#lows[number] ?? 0;
    return this.#highs.length === 0 ? low : low + (this.#highs[number] ?? 0) * 256;
  }

  set(number: number, group: number): void {
    if (number >= this.#lows.length) {
      this.#lows = grown(this.#lows, number + 1);
      if (this.#highs.length > 0) this.#highs = withRoom(this.#highs, this.#lows.length);
    }
    if (group > 0xff && this.#highs.length === 0) this.#highs = withRoom(this.#highs, this.#lows.length);
    this.#lows[number] = group;
    if (this.#highs.length > 0) this.#highs[number] = group >>> 8;
  }

  copy(): GroupNumbers {
    const copy = new GroupNumbers();
    copy.#lows = this.#lows.slice();
    copy.#highs = this.#highs.slice();
    return copy;
  }

  /** What is there for each of `count`, to be put in another order. */
  columns(count: number): Columns {
    if (this.#lows.length < count) this.#lows = grown(this.#lows, count);
    return { words: this.#highs.length === 0 ? [] : [this.#highs], bytes: [this.#lows] };
  }

  /** Gives back what there is from a number on. */
  cut(count: number): void {
    this.#lows = cutTo(this.#lows, Math.min(count, this.#lows.length));
    if (this.#highs.length > 0) this.#highs = cutTo(this.#highs, Math.min(count, this.#highs.length));
  }
}
