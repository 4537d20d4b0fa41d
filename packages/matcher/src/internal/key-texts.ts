// Distinct texts in flat memory: a million names take their characters and twelve bytes each, where strings take a hundred.

const CHUNK_BITS = 20;
const CHUNK_BYTES = 1 << CHUNK_BITS;
const FIRST_ROOM = 1024;

/** Longest text that is kept, in characters. */
export const MAX_TEXT = 0xffff;

/** A set of texts, numbered in the order in which they came. */
export class KeyTexts {
  #count = 0;
  #chunks: Uint8Array[] = [];
  #end = CHUNK_BYTES;
  #starts = new Uint32Array(FIRST_ROOM);
  #lengths = new Uint16Array(FIRST_ROOM);
  #hashes = new Int32Array(FIRST_ROOM);
  // Numbers plus 1 by hash, open addressing; at most two thirds full.
  #table = new Uint32Array(FIRST_ROOM * 2);

  get size(): number {
    return this.#count;
  }

  /** Number of a text, which is added when it is new. Throws RangeError for one that is too long or not ASCII. */
  add(text: string): number {
    const { length } = text;
    if (length > MAX_TEXT) throw new RangeError(`a key has ${MAX_TEXT} characters at most, not ${length}`);
    const chunk = this.#room(length);
    const start = this.#end;
    let hash = 0x811c_9dc5;
    let all = 0;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      all |= code;
      hash = Math.imul(hash ^ code, 0x0100_0193);
      chunk[start + index] = code;
    }
    if (all > 0x7f) throw new RangeError("a key has ASCII characters only");
    return this.#number(chunk, start, length, hash);
  }

  /** Likewise for the first bytes of a buffer, whatever they are. */
  addBytes(bytes: Uint8Array, length: number): number {
    const chunk = this.#room(length);
    const start = this.#end;
    let hash = 0x811c_9dc5;
    for (let index = 0; index < length; index += 1) {
      const code = bytes[index] as number;
      hash = Math.imul(hash ^ code, 0x0100_0193);
      chunk[start + index] = code;
    }
    return this.#number(chunk, start, length, hash);
  }

  // Number of the text that was written behind the last one.
  #number(chunk: Uint8Array, start: number, length: number, lanes: number): number {
    const hash = lanes ^ (lanes >>> 15);
    const mask = this.#table.length - 1;
    let at = hash & mask;
    for (;;) {
      const found = (this.#table[at] as number) - 1;
      if (found < 0) break;
      if (this.#hashes[found] === hash && this.#isAt(found, chunk, start, length)) return found;
      at = (at + 1) & mask;
    }
    return this.#append(start, length, hash, at);
  }

  /** Bytes that hold the text with a number; it starts at `startOf` and has `lengthOf` bytes. */
  chunkOf(number: number): Uint8Array {
    return this.#chunks[(this.#starts[number] as number) >>> CHUNK_BITS] as Uint8Array;
  }

  startOf(number: number): number {
    return (this.#starts[number] as number) & (CHUNK_BYTES - 1);
  }

  lengthOf(number: number): number {
    return this.#lengths[number] as number;
  }

  // A chunk with room for a text at `#end`.
  #room(length: number): Uint8Array {
    if (this.#end + length > CHUNK_BYTES) {
      this.#chunks.push(new Uint8Array(CHUNK_BYTES));
      this.#end = 0;
    }
    return this.#chunks[this.#chunks.length - 1] as Uint8Array;
  }

  #isAt(number: number, chunk: Uint8Array, start: number, length: number): boolean {
    if (this.#lengths[number] !== length) return false;
    const own = this.chunkOf(number);
    const from = this.startOf(number);
    for (let index = 0; index < length; index += 1)
      if (own[from + index] !== chunk[start + index]) return false;
    return true;
  }

  #append(start: number, length: number, hash: number, at: number): number {
    const number = this.#count;
    if (number === this.#starts.length) this.#grow();
    this.#starts[number] = ((this.#chunks.length - 1) << CHUNK_BITS) | start;
    this.#lengths[number] = length;
    this.#hashes[number] = hash;
    this.#table[at] = number + 1;
    this.#end = start + length;
    this.#count += 1;
    if (this.#count * 3 > this.#table.length * 2) this.#spread();
    return number;
  }

  #grow(): void {
    const room = this.#starts.length + (this.#starts.length >>> 1);
    const grown = <T extends Uint32Array | Uint16Array | Int32Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.#starts = grown(new Uint32Array(room), this.#starts);
    this.#lengths = grown(new Uint16Array(room), this.#lengths);
    this.#hashes = grown(new Int32Array(room), this.#hashes);
  }

  #spread(): void {
    const table = new Uint32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let number = 0; number < this.#count; number += 1) {
      let at = (this.#hashes[number] as number) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = number + 1;
    }
    this.#table = table;
  }
}
