// Sees that what an image tells can be told: every word of every record stands for something, without making it.
import { SECTION } from "../layout.ts";
import { ImageFault } from "./image-fault.ts";
import type { Sections } from "./read-sections.ts";
import { RULE_SHAPE, type Run, SET_SHAPE, type Shape } from "./record-shape.ts";
import type { Texts } from "./texts.ts";

/** Most words that a record may have, with all that it refers to: runs that refer to runs would else grow without end. */
const MOST_WORDS = 1_000_000;

/** The words of the set and of `ruleCount` rules, checked. */
export function readRecords(sections: Sections, ruleCount: number, texts: Texts): Uint32Array {
  const words = sections.rows(SECTION.records, 4);
  const check = new Check(words, texts, sections.offset(SECTION.records));
  if (words.length <= ruleCount) throw check.fault(0, "there are fewer records than rules");
  for (let rule = -1; rule < ruleCount; rule += 1)
    check.sizeOf(rule < 0 ? SET_SHAPE : RULE_SHAPE, words[rule + 1] as number);
  return words;
}

class Check {
  readonly #words: Uint32Array;
  readonly #texts: Texts;
  readonly #offset: number;
  // By the word at which a run starts: the shape that it was seen to have, and how many words it takes with all it refers to.
  readonly #shapes: Uint8Array;
  readonly #sizes: Uint32Array;

  constructor(words: Uint32Array, texts: Texts, offset: number) {
    this.#words = words;
    this.#texts = texts;
    this.#offset = offset;
    this.#shapes = new Uint8Array(words.length);
    this.#sizes = new Uint32Array(words.length);
  }

  fault(at: number, what = "a record says what can not be"): ImageFault {
    return new ImageFault("image/records", this.#offset + at * 4, what);
  }

  /** Checks a value; returns the words that it takes. Shapes nest a few deep, so this does too. */
  sizeOf(shape: Shape, word: number): number {
    switch (shape.kind) {
      case "text":
        if (word >= this.#texts.count) throw this.fault(0);
        return 1;
      case "number":
        if (word >= this.#texts.count || !Number.isFinite(Number(this.#texts.at(word)))) throw this.fault(0);
        return 1;
      case "choice":
        if (word >= shape.values.length) throw this.fault(0);
        return 1;
      default: {
        if (this.#shapes[word] === shape.id) return this.#sizes[word] as number;
        if (this.#shapes[word] !== 0) throw this.fault(word);
        const size = this.#sizeOfRun(shape, word);
        // One of its items may have started there too, as another shape.
        if (this.#shapes[word] !== 0) throw this.fault(word);
        if (size > MOST_WORDS) throw this.fault(word, "a record is longer than any should be");
        this.#shapes[word] = shape.id;
        this.#sizes[word] = size;
        return size;
      }
    }
  }

  #sizeOfRun(shape: Run, start: number): number {
    const words = this.#words;
    if (shape.kind === "record") {
      if (start + shape.fields.length > words.length) throw this.fault(start);
      let size = 1;
      let at = start;
      for (const field of shape.fields) {
        const word = words[at] as number;
        at += 1;
        if (!field.optional) size += this.sizeOf(field.shape, word);
        else if (word > 0) size += this.sizeOf(field.shape, word - 1);
      }
      return size;
    }
    const count = words[start] as number;
    const length = shape.kind === "texts" ? count * 2 : count;
    if (start + 1 + length > words.length) throw this.fault(start);
    const of: Shape = shape.kind === "texts" ? { kind: "text" } : shape.of;
    let size = 1;
    for (let at = start + 1; at <= start + length; at += 1) size += this.sizeOf(of, words[at] as number);
    return size;
  }
}
