import { encodeUtf8 } from "./globals.ts";

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
    const texts = [...this.#numbers.keys()].map(encodeUtf8);
    const ends: number[] = [];
    let end = 0;
    for (const text of texts) {
      end += text.length;
      ends.push(end);
    }
    const out = new Uint8Array(4 + texts.length * 4 + end);
    new Uint32Array(out.buffer, 0, 1 + texts.length).set([texts.length, ...ends]);
    let at = 4 + texts.length * 4;
    for (const text of texts) {
      out.set(text, at);
      at += text.length;
    }
    return out;
  }
}
