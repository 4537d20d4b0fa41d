import { type Field, RULE_SHAPE, type Run, type Shape } from "./record-shape.ts";
import type { Texts } from "./texts.ts";

/** Makes values of words that were checked. Runs that rules share are one value, and all is frozen, since all is shared. */
export class Teller {
  readonly words: Uint32Array;
  readonly #texts: Texts;
  readonly #runs = new Map<number, unknown>();

  constructor(words: Uint32Array, texts: Texts) {
    this.words = words;
    this.#texts = texts;
  }

  /** The text of a number. */
  text(number: number): string {
    return this.#texts.at(number);
  }

  /** The value of a word; what it is, its shape says. */
  tell(shape: Shape, word: number): unknown {
    if (shape.kind === "text") return this.text(word);
    if (shape.kind === "number") return Number(this.text(word));
    if (shape.kind === "choice") return shape.values[word];
    const known = this.#runs.get(word);
    if (known !== undefined) return known;
    const value = Object.freeze(this.#inner(shape, word));
    // What is a rule's own is kept by who asked.
    if (shape !== RULE_SHAPE) this.#runs.set(word, value);
    return value;
  }

  #inner(shape: Run, start: number): unknown {
    if (shape.kind === "record")
      return Object.fromEntries(shape.fields.flatMap((field, index) => this.#field(field, start + index)));
    const count = this.words[start] as number;
    const words = this.words.subarray(start + 1, start + 1 + (shape.kind === "list" ? count : count * 2));
    if (shape.kind === "list") return Array.from(words, (word) => this.tell(shape.of, word));
    return Object.fromEntries(
      Array.from({ length: count }, (_, pair) => [
        this.text(words[pair * 2] as number),
        this.text(words[pair * 2 + 1] as number),
      ]),
    );
  }

  #field({ name, shape, optional }: Field, at: number): [string, unknown][] {
    const word = this.words[at] as number;
    if (!optional) return [[name, this.tell(shape, word)]];
    return word === 0 ? [] : [[name, this.tell(shape, word - 1)]];
  }
}
