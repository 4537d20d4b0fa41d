/**
 * Numbers below 2**32 to numbers, for one request at a time: emptying it costs nothing, and it grows to what requests need. Open
 * addressing with steps of one; at most half full.
 */
export class NumberMap {
  size = 0;
  #keys = new Uint32Array(64);
  #values = new Uint32Array(64);
  /** INVARIANT: a slot is taken where its mark equals `#generation`. */
  #marks = new Float64Array(64);
  #generation = 1;

  /** Forgets everything. */
  clear(): void {
    if (this.size === 0) return;
    this.size = 0;
    this.#generation += 1;
  }

  /** The value of a key, or -1. */
  get(key: number): number {
    const slot = this.#slotOf(key);
    return this.#marks[slot] === this.#generation ? (this.#values[slot] as number) : -1;
  }

  /** Gives a key a value. */
  set(key: number, value: number): void {
    if (this.size * 2 >= this.#keys.length) this.#grow();
    const slot = this.#slotOf(key);
    if (this.#marks[slot] !== this.#generation) this.size += 1;
    this.#marks[slot] = this.#generation;
    this.#keys[slot] = key;
    this.#values[slot] = value;
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    // Multiplied by the golden ratio, so that neighbours lie apart; the upper bits are the mixed ones.
    let slot = (Math.imul(key, 0x9e37_79b1) >>> 7) & mask;
    while (this.#marks[slot] === this.#generation && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values, marks, generation] = [this.#keys, this.#values, this.#marks, this.#generation];
    const length = keys.length * 2;
    this.#keys = new Uint32Array(length);
    this.#values = new Uint32Array(length);
    this.#marks = new Float64Array(length);
    this.size = 0;
    this.#generation = 1;
    for (let slot = 0; slot < keys.length; slot += 1)
      if (marks[slot] === generation) this.set(keys[slot] as number, values[slot] as number);
  }
}
