// Distinct texts in flat memory: a million names take nine bytes each beside their characters, and those are where they were found
// if that memory can be kept; strings would take a hundred.
import { hashStart, hashStep, spread } from "./key-hash.ts";
import { type Columns, cutTo, grown, ownBytes, withRoom } from "./scratch.ts";

const WINDOW_BITS = 20;
const WINDOW_BYTES = 1 << WINDOW_BITS;
const MOST_WINDOWS = 1 << (32 - WINDOW_BITS);
const FIRST_BYTES = 1 << 16;
const FIRST_ROOM = 1024;
// Of the windows of smaller memory most would be empty.
const LEAST_HELD = WINDOW_BYTES >>> 1;
// So many slots of the table double; more grow by a quarter.
const DOUBLING_SLOTS = 1 << 20;

/** Longest text that is kept, in characters. */
export const MAX_TEXT = 0xffff;

/** A set of texts, numbered in the order in which they came. */
export class KeyTexts {
  #count = 0;
  // A place is 32 bits: a window, and where in it. Windows of one memory are the same bytes, and have a base to subtract.
  #windows: Uint8Array[] = [];
  #bases: number[] = [];
  readonly #held = new Map<ArrayBufferLike, number>();
  #last: ArrayBufferLike | null = null;
  #lastBase = 0;
  // Memory of our own, the last piece of it, and how much of that is used.
  readonly #allOwn: Uint8Array[] = [];
  #own: Uint8Array = new Uint8Array(0);
  #ownBase = 0;
  #end = 0;
  #places = new Uint32Array(FIRST_ROOM);
  #lengths = new Uint8Array(FIRST_ROOM);
  // What lengths have above their lowest byte; empty while none has.
  #highs = new Uint8Array(0);
  // Of each text from its end, as names are placed.
  #hashes = new Int32Array(FIRST_ROOM);
  // By hash, open addressing, at most four fifths full: numbers plus 1 in as many bits as they need, bits of the hash above.
  #table = new Uint32Array(FIRST_ROOM * 2);
  #numberBits = bitsOf(FIRST_ROOM * 2);

  get size(): number {
    return this.#count;
  }

  /** Number of a text, which is added when it is new. Throws RangeError for one that is too long or not ASCII. */
  add(text: string): number {
    const { length } = text;
    const own = this.#room(length);
    const start = this.#end;
    let all = 0;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      all |= code;
      own[start + index] = code;
    }
    if (all > 0x7f) throw new RangeError("a key has ASCII characters only");
    return this.#addOwn(own, length);
  }

  /** Likewise for `bytes[from, to)`, whatever they are. */
  addBytes(bytes: Uint8Array, from: number, to: number): number {
    const own = this.#room(to - from);
    const start = this.#end - from;
    for (let index = from; index < to; index += 1) own[start + index] = bytes[index] as number;
    return this.#addOwn(own, to - from);
  }

  /** Likewise for ASCII in memory that does not change while this is used; where that is large, texts are not copied out of it. */
  addHeld(bytes: Uint8Array, from: number, to: number): number {
    let all = 0;
    for (let at = from; at < to; at += 1) all |= bytes[at] as number;
    if (all > 0x7f) throw new RangeError("a key has ASCII characters only");
    if (to - from > MAX_TEXT || !this.#hold(bytes.buffer)) return this.addBytes(bytes, from, to);
    const start = bytes.byteOffset + from;
    const held = this.#windows[this.#lastBase >>> WINDOW_BITS] as Uint8Array;
    const hash = hashOf(held, start, to - from, 0);
    const found = this.#find(held, start, to - from, hash);
    return found >= 0 ? found : this.#append(this.#lastBase + start, to - from, hash, ~found);
  }

  /** Bytes that hold the text with a number; it starts at `startOf` and has `lengthOf` bytes. */
  chunkOf(number: number): Uint8Array {
    return this.#windows[(this.#places[number] as number) >>> WINDOW_BITS] as Uint8Array;
  }

  startOf(number: number): number {
    const place = this.#places[number] as number;
    return place - (this.#bases[place >>> WINDOW_BITS] as number);
  }

  lengthOf(number: number): number {
    const low = this.#lengths[number] as number;
    return this.#highs.length === 0 ? low : low | ((this.#highs[number] as number) << 8);
  }

  /** A copy to write. No text can be added to it. */
  copy(): KeyTexts {
    const copy = new KeyTexts();
    copy.#count = this.#count;
    copy.#windows = this.#windows;
    copy.#bases = this.#bases;
    copy.#places = this.#places.slice();
    copy.#lengths = this.#lengths.slice();
    copy.#highs = this.#highs.slice();
    copy.#hashes = this.#hashes.slice();
    return copy;
  }

  /** Hashes by number, of names from their end, of URLs from their start. No text can be added after that. */
  hashesFor(kind: "names" | "urls", seed: number): Int32Array {
    if (kind === "names" && seed === 0 && this.#hashes.length >= this.#count) return this.#hashes;
    const hash = kind === "names" ? hashOf : hashFromStart;
    this.#hashes = withRoom(this.#hashes, this.#count);
    for (let key = 0; key < this.#count; key += 1)
      this.#hashes[key] = hash(this.chunkOf(key), this.startOf(key), this.lengthOf(key), seed);
    return this.#hashes;
  }

  /** Gives back the memory of hashes. */
  dropHashes(): void {
    this.#hashes = cutTo(this.#hashes, 0);
  }

  /** Room for an order of the texts: that of the table, so no text can be added after that. */
  orderRoom(): Uint32Array {
    this.#table = withRoom(this.#table, this.#count);
    return this.#table;
  }

  /** What is there for each text, by number: to be put in another order. */
  columns(): Columns {
    return {
      words: [this.#places],
      bytes: this.#highs.length === 0 ? [this.#lengths] : [this.#lengths, this.#highs],
    };
  }

  /** Gives back the memory of the order. */
  dropOrder(): void {
    this.#table = cutTo(this.#table, 0);
  }

  /** Gives back what there is of the texts from a number on. */
  cut(count: number): void {
    this.#count = count;
    this.#places = cutTo(this.#places, count);
    this.#lengths = cutTo(this.#lengths, count);
    if (this.#highs.length > 0) this.#highs = cutTo(this.#highs, count);
    if (count === 0) for (const own of this.#allOwn) cutTo(own, 0);
  }

  // Whether texts in some memory are left there; its base is `#lastBase` then.
  #hold(buffer: ArrayBufferLike): boolean {
    if (buffer === this.#last) return true;
    let base = this.#held.get(buffer);
    if (base === undefined) {
      const windows = Math.ceil(buffer.byteLength / WINDOW_BYTES);
      if (buffer.byteLength < LEAST_HELD || this.#windows.length + windows > MOST_WINDOWS) return false;
      base = this.#addWindows(new Uint8Array(buffer), windows);
      this.#held.set(buffer, base);
    }
    [this.#last, this.#lastBase] = [buffer, base];
    return true;
  }

  // Returns the place of the first byte.
  #addWindows(bytes: Uint8Array, count: number): number {
    const base = this.#windows.length * WINDOW_BYTES;
    for (let window = 0; window < count; window += 1) {
      this.#windows.push(bytes);
      this.#bases.push(base);
    }
    return base;
  }

  // Memory with room for a text at `#end`.
  #room(length: number): Uint8Array {
    if (length > MAX_TEXT) throw new RangeError(`a key has ${MAX_TEXT} characters at most, not ${length}`);
    if (this.#end + length > this.#own.length) {
      if (this.#windows.length === MOST_WINDOWS) throw new RangeError("keys have four gigabytes at most");
      this.#own = ownBytes(this.#own.length === 0 ? FIRST_BYTES : WINDOW_BYTES);
      this.#allOwn.push(this.#own);
      this.#ownBase = this.#addWindows(this.#own, 1);
      this.#end = 0;
    }
    return this.#own;
  }

  // Number of the text that was written behind the last one.
  #addOwn(own: Uint8Array, length: number): number {
    const start = this.#end;
    const hash = hashOf(own, start, length, 0);
    const found = this.#find(own, start, length, hash);
    if (found >= 0) return found;
    this.#end = start + length;
    return this.#append(this.#ownBase + start, length, hash, ~found);
  }

  // Number of a text, or the complement of the slot where it would be.
  #find(bytes: Uint8Array, start: number, length: number, hash: number): number {
    const table = this.#table;
    const bits = this.#numberBits;
    const wanted = hash << bits;
    let slot = Math.floor(((hash >>> 0) / 2 ** 32) * table.length);
    for (;;) {
      const entry = table[slot] as number;
      if (entry === 0) return ~slot;
      if ((entry ^ wanted) >>> bits === 0) {
        const number = (entry & ((1 << bits) - 1)) - 1;
        if (this.#hashes[number] === hash && this.#isAt(number, bytes, start, length)) return number;
      }
      slot += 1;
      if (slot === table.length) slot = 0;
    }
  }

  #isAt(number: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.lengthOf(number) !== length) return false;
    const own = this.chunkOf(number);
    const from = this.startOf(number);
    for (let index = 0; index < length; index += 1)
      if (own[from + index] !== bytes[start + index]) return false;
    return true;
  }

  #append(place: number, length: number, hash: number, slot: number): number {
    const number = this.#count;
    if (number === this.#places.length) this.#grow();
    if (length > 0xff && this.#highs.length === 0) this.#highs = withRoom(this.#highs, this.#places.length);
    this.#places[number] = place;
    this.#lengths[number] = length;
    if (this.#highs.length > 0) this.#highs[number] = length >>> 8;
    this.#hashes[number] = hash;
    this.#table[slot] = (hash << this.#numberBits) | (number + 1);
    this.#count += 1;
    if (this.#count * 5 > this.#table.length * 4) this.#spread();
    return number;
  }

  #grow(): void {
    this.#places = grown(this.#places, 0);
    const room = this.#places.length;
    this.#lengths = withRoom(this.#lengths, room);
    this.#hashes = withRoom(this.#hashes, room);
    if (this.#highs.length > 0) this.#highs = withRoom(this.#highs, room);
  }

  #spread(): void {
    const { length } = this.#table;
    const slots = length < DOUBLING_SLOTS ? length * 2 : length + (length >>> 2);
    const table = withRoom(cutTo(this.#table, 0), slots);
    const bits = bitsOf(slots);
    for (let number = 0; number < this.#count; number += 1) {
      const hash = this.#hashes[number] as number;
      let slot = Math.floor(((hash >>> 0) / 2 ** 32) * slots);
      while (table[slot] !== 0) slot = slot + 1 === slots ? 0 : slot + 1;
      table[slot] = (hash << bits) | (number + 1);
    }
    this.#table = table;
    this.#numberBits = bits;
  }
}

// Bits of numbers up to `most`.
function bitsOf(most: number): number {
  return 32 - Math.clz32(most);
}

function hashOf(bytes: Uint8Array, start: number, length: number, seed: number): number {
  let hash = hashStart(seed);
  for (let at = start + length - 1; at >= start; at -= 1) hash = hashStep(hash, bytes[at] as number);
  return spread(hash);
}

function hashFromStart(bytes: Uint8Array, start: number, length: number, seed: number): number {
  let hash = hashStart(seed);
  for (let at = start; at < start + length; at += 1) hash = hashStep(hash, bytes[at] as number);
  return spread(hash);
}
