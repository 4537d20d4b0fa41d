// Patterns taken apart, with their tokens in the order in which they are tried: the fewer other patterns have one, the better.
import * as PATTERN from "../layout/pattern.ts";
import { type PatternForm, type PatternToken, patternForm, tokensOf } from "./pattern-form.ts";

/** A pattern taken apart. */
export interface ReadPattern {
  readonly form: PatternForm;
  /** The rarest first. */
  readonly tokens: readonly PatternToken[];
}

/** How many of a set of patterns have each token. */
export class RareTokens {
  readonly #uses = new Map<string, number>();
  readonly #read = new Map<string, ReadPattern>();

  /** Throws RangeError for text that is no canonical pattern. */
  constructor(patterns: readonly string[]) {
    for (const pattern of patterns) {
      const form = patternForm(pattern);
      if (form.body.length > PATTERN.mostBytes || /[^\x21-\x7e]/.test(form.body))
        throw new RangeError(`\`${pattern}\` is no pattern`);
      for (const text of new Set(tokensOf(form).map((token) => token.text)))
        this.#uses.set(text, (this.#uses.get(text) ?? 0) + 1);
    }
  }

  /** A pattern of the set, or one that is made of it. */
  read(pattern: string): ReadPattern {
    const known = this.#read.get(pattern);
    if (known !== undefined) return known;
    const form = patternForm(pattern);
    const read = { form, tokens: this.rarestFirst(tokensOf(form)) };
    this.#read.set(pattern, read);
    return read;
  }

  /** Whether more patterns have it than can be looked up by it, so that it does not say what one of them is about. */
  isCommon({ text }: PatternToken): boolean {
    return (this.#uses.get(text) ?? 0) > PATTERN.mostOfToken;
  }

  /** The tokens in the order in which they are tried. */
  rarestFirst(tokens: readonly PatternToken[]): readonly PatternToken[] {
    return tokens.toSorted(
      (a, b) =>
        (this.#uses.get(a.text) ?? 0) - (this.#uses.get(b.text) ?? 0) ||
        b.text.length - a.text.length ||
        (a.text === b.text ? a.at - b.at : a.text < b.text ? -1 : 1),
    );
  }
}
