import { encodeUtf8 } from "./globals.ts";
import { GrowingBytes } from "./growing-bytes.ts";

/** Texts in order of first use, each once; that order is decided by the parts. */
export class TextTable {
  readonly #numbers = new Map<string, number>();

  /** Number of a text. */
  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** The section of texts. */
  encode(): Uint8Array {
    const ends = new Uint32Array(1 + this.#numbers.size);
    ends[0] = this.#numbers.size;
    const bytes = new GrowingBytes(0);
    let count = 0;
    for (const text of this.#numbers.keys()) {
      const own = encodeUtf8(text);
      bytes.room(own.length).set(own, bytes.length);
      bytes.skip(own.length);
      count += 1;
      ends[count] = bytes.length;
    }
    const out = new Uint8Array(ends.byteLength + bytes.length);
    out.set(new Uint8Array(ends.buffer));
    out.set(bytes.bytes(), ends.byteLength);
    return out;
  }
}
