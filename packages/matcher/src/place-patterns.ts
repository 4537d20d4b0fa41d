// Under which token each pattern is looked up, and which are refused so that no URL can cost more than it may. Depends on the
// set of patterns alone, not on their order.
import type { Posting } from "./image-parts.ts";
import { type PatternForm, patternForm, segmentAt, tokensOf } from "./internal/pattern-form.ts";
import { keepSearchable } from "./internal/search-limits.ts";
import { PATTERN } from "./layout.ts";

/** A pattern with what names it. */
export interface PatternPart {
  /** In the canonical form of `@demarc/lists`. */
  readonly pattern: string;
  readonly postings: readonly Posting[];
}

/** A pattern with the token that leads to it. */
export interface PlacedPattern extends PatternPart {
  readonly form: PatternForm;
  readonly token: string;
  /** Where the token starts in the pattern's body. */
  readonly at: number;
}

/**
 * Why a pattern is not in an image: it has no token; each of its tokens leads to as many others as may be; one URL could
 * make too many patterns with wildcards be searched for.
 */
export type PatternRefusal = "no-token" | "token-shared" | "wildcards";

/** Patterns that an image may have, and those that it may not. */
export interface PlacedPatterns {
  readonly placed: readonly PlacedPattern[];
  readonly refused: readonly (PatternPart & { readonly why: PatternRefusal })[];
}

// What a look at one pattern costs, with each character that it compares, in steps of about a nanosecond; and how many may be
// spent on looks for each character of a URL. So the 1,024 characters of a URL cost 65,536 steps at most.
const LOOK_STEPS = 24;
const COMPARE_STEPS = 2;
const STEPS_PER_CHARACTER = 64;

/**
 * Chooses for each pattern the rarest of its tokens that has room. Patterns that except something have the first choice, since
 * a list without them would match more; those with wildcards, of which some may be refused afterwards, the last.
 *
 * Throws RangeError for text that is no canonical pattern.
 */
export function placePatterns(patterns: readonly PatternPart[]): PlacedPatterns {
  const refused: (PatternPart & { readonly why: PatternRefusal })[] = [];
  const read = patterns.map((part) => {
    const form = patternForm(part.pattern);
    if (form.body.length > PATTERN.mostBytes || /[^\x21-\x7e]/.test(form.body))
      throw new RangeError(`\`${part.pattern}\` is no pattern`);
    return {
      part,
      form,
      tokens: tokensOf(form),
      isException: part.postings.some((each) => each.excluded),
      isSearched: form.body.includes("*"),
    };
  });
  read.sort(
    (a, b) =>
      Number(b.isException) - Number(a.isException) ||
      Number(a.isSearched) - Number(b.isSearched) ||
      (a.part.pattern < b.part.pattern ? -1 : 1),
  );
  const uses = new Map<string, number>();
  for (const { tokens } of read)
    for (const text of new Set(tokens.map((token) => token.text))) uses.set(text, (uses.get(text) ?? 0) + 1);

  const steps = new Map<string, number>();
  const counts = new Map<string, number>();
  const placed: PlacedPattern[] = [];
  for (const { part, form, tokens } of read) {
    const choice = tokens
      .toSorted(
        (a, b) =>
          (uses.get(a.text) ?? 0) - (uses.get(b.text) ?? 0) ||
          b.text.length - a.text.length ||
          (a.text === b.text ? a.at - b.at : a.text < b.text ? -1 : 1),
      )
      .find(({ text, at }) => {
        const [from, to] = segmentAt(form.body, at);
        const spent = (steps.get(text) ?? 0) + LOOK_STEPS + (to - from) * COMPARE_STEPS;
        const count = (counts.get(text) ?? 0) + 1;
        if (spent > STEPS_PER_CHARACTER * (text.length + 1) || count > PATTERN.mostOfToken) return false;
        steps.set(text, spent);
        counts.set(text, count);
        return true;
      });
    if (choice === undefined)
      refused.push({ ...part, why: tokens.length === 0 ? "no-token" : "token-shared" });
    else placed.push({ ...part, form, token: choice.text, at: choice.at });
  }
  const kept = keepSearchable(placed);
  for (const { pattern, postings } of placed.filter((each) => !kept.has(each)))
    refused.push({ pattern, postings, why: "wildcards" });
  return { placed: placed.filter((each) => kept.has(each)), refused };
}
