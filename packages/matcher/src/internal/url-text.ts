// The URL that patterns are held against: its first characters in lower case, and where its host lies. Searches within it read
// bitmaps of where each character stands, thirty-two places at once: their cost is bounded by the lengths alone.
import * as PATTERN from "../layout/pattern.ts";

const ROOM = PATTERN.urlBytes;
const CARET = 0x5e;

// Words of a bitmap: one for each 32 places with the end of the URL, and as many more as the longest segment reaches.
const WORDS = Math.ceil((ROOM + 1) / 32) + Math.ceil(PATTERN.mostBytes / 32) + 1;
/** Bitmaps after those of ASCII: separators, and starts of the labels of the host. */
const SEPARATORS = 128;
const LABELS = 129;

/** 1 for what is no separator: letters, digits, `_`, `-`, `.` and `%`; 2 for those of a token. */
const CLASS = new Uint8Array(256);
for (const code of [0x5f, 0x2d, 0x2e]) CLASS[code] = 1;
for (let code = 0; code < 128; code += 1) if (/[a-z0-9%]/.test(String.fromCharCode(code))) CLASS[code] = 2;

/** ASCII in lower case, with the upper bit for what is no part of a token. */
export const FOLDED: Uint8Array = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const lower = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  FOLDED[code] = CLASS[lower] === 2 ? lower : lower | 0x80;
}

/** A URL in a buffer. */
export class UrlText {
  /** Characters in lower case. */
  readonly text: Uint8Array;
  length = 0;
  /** False where the URL goes on after what is looked at: its end is none then. */
  isWhole = false;
  #hostStart = 0;
  #hostEnd = 0;
  #bits: Uint32Array | null = null;
  #isMapped = false;

  constructor(text: Uint8Array) {
    this.text = text;
  }

  /** Says how many characters there are; from one on that is not ASCII nothing is looked at. */
  end(length: number, isWhole: boolean): void {
    this.length = length;
    this.isWhole = isWhole;
    this.#isMapped = false;
  }

  /** Finds the host: what patterns with an anchor at a label ask for. */
  findHost(): void {
    const { text, length } = this;
    let at = 0;
    while (at < length && text[at] !== 0x3a) at += 1;
    this.#hostStart = at + 3;
    const isHost = at + 3 <= length && text[at + 1] === 0x2f && text[at + 2] === 0x2f;
    at += 3;
    while (isHost && at < length && !isHostEnd(text[at] as number)) at += 1;
    this.#hostEnd = isHost ? at : this.#hostStart;
  }

  /** Whether a label of the host starts there. */
  isLabel(at: number): boolean {
    return (
      at < this.#hostEnd && (at === this.#hostStart || (at > this.#hostStart && this.text[at - 1] === 0x2e))
    );
  }

  /** Where the segment `program[from, to)` ends that starts at a place; -1 where it does not start there. */
  endOf(program: Uint8Array, from: number, to: number, start: number): number {
    const { text, length } = this;
    let at = start;
    for (let index = from; index < to; index += 1) {
      const code = program[index] as number;
      if (code !== CARET) {
        if (at >= length || text[at] !== code) return -1;
        at += 1;
      } else if (at < length) {
        if (CLASS[text[at] as number] !== 0) return -1;
        at += 1;
      } else if (!this.isWhole) return -1;
    }
    return at;
  }

  /** Whether the segment ends with the URL and starts at a place or after it. */
  isAtEnd(program: Uint8Array, from: number, to: number, after: number): boolean {
    if (!this.isWhole) return false;
    const start = this.length - (to - from);
    if (start >= after && this.endOf(program, from, to, start) === this.length) return true;
    // A separator at its end may be the end itself.
    const last = program[to - 1];
    return last === CARET && start + 1 >= after && this.endOf(program, from, to, start + 1) === this.length;
  }

  /**
   * Where the segment starts first, at a place or after it, at a label of the host where `atLabel` says so; -1 where nowhere.
   *
   * Cost: for each word of the URL, at most one read for each character of the segment.
   */
  search(program: Uint8Array, from: number, to: number, after: number, atLabel: boolean): number {
    const bits = this.#map();
    const last = (atLabel ? this.#hostEnd : this.length) >>> 5;
    for (let word = after >>> 5; word <= last; word += 1) {
      let places = word === after >>> 5 ? -1 << (after & 31) : -1;
      if (atLabel) places &= bits[LABELS * WORDS + word] as number;
      for (let index = from; index < to && places !== 0; index += 1) {
        const code = program[index] as number;
        const shift = index - from;
        const at = (code === CARET ? SEPARATORS : code & 127) * WORDS + word + (shift >>> 5);
        const low = (bits[at] as number) >>> (shift & 31);
        // A shift by 32 would be one by 0.
        places &= (shift & 31) === 0 ? low : low | ((bits[at + 1] as number) << (32 - (shift & 31)));
      }
      if (places !== 0) return word * 32 + 31 - Math.clz32(places & -places);
    }
    return -1;
  }

  #map(): Uint32Array {
    this.#bits ??= new Uint32Array((LABELS + 1) * WORDS);
    const bits = this.#bits;
    if (this.#isMapped) return bits;
    this.#isMapped = true;
    bits.fill(0);
    const { text, length } = this;
    for (let at = 0; at < length; at += 1) {
      const code = text[at] as number;
      setBit(bits, code, at);
      if (CLASS[code] === 0) setBit(bits, SEPARATORS, at);
    }
    if (this.isWhole) setBit(bits, SEPARATORS, length);
    for (let at = this.#hostStart; at < this.#hostEnd; at += 1)
      if (this.isLabel(at)) setBit(bits, LABELS, at);
    return bits;
  }
}

function setBit(bits: Uint32Array, row: number, at: number): void {
  const index = row * WORDS + (at >>> 5);
  bits[index] = (bits[index] as number) | (1 << (at & 31));
}

function isHostEnd(code: number): boolean {
  return code === 0x2f || code === 0x3a || code === 0x3f;
}
