// Patterns as they are, each under a token that has room for it; or why there is none.
import type { Posting } from "../image-parts.ts";
import * as PATTERN from "../layout/pattern.ts";
import type { PatternPart, PatternRefusal, PlacedPattern } from "../place-patterns.ts";
import { segmentAt } from "./pattern-form.ts";
import type { RareTokens } from "./rare-tokens.ts";
import { keepSearchable } from "./search-limits.ts";

// What a look at one pattern costs, with each character that it compares, in steps of about a nanosecond; and how many may be
// spent on looks for each character of a URL. So the 1,024 characters of a URL cost 65,536 steps at most.
const LOOK_STEPS = 24;
const COMPARE_STEPS = 2;
const STEPS_PER_CHARACTER = 64;

/**
 * Chooses for each pattern the rarest of its tokens that has room. Patterns with a posting that lifts something have the first
 * choice; those with wildcards, of which some may be refused afterwards, the last.
 */
export function placeOnce(
  patterns: readonly PatternPart[],
  rare: RareTokens,
  lifts: (posting: Posting) => boolean,
): {
  readonly placed: readonly PlacedPattern[];
  readonly refused: readonly (PatternPart & { readonly why: PatternRefusal })[];
} {
  const refused: (PatternPart & { readonly why: PatternRefusal })[] = [];
  const read = patterns.map((part) => {
    const { form, tokens } = rare.read(part.pattern);
    return { part, form, tokens, isFirst: part.postings.some(lifts), isSearched: form.body.includes("*") };
  });
  read.sort(
    (a, b) =>
      Number(b.isFirst) - Number(a.isFirst) ||
      Number(a.isSearched) - Number(b.isSearched) ||
      (a.part.pattern < b.part.pattern ? -1 : 1),
  );
  const steps = new Map<string, number>();
  const counts = new Map<string, number>();
  const placed: PlacedPattern[] = [];
  for (const { part, form, tokens } of read) {
    const choice = tokens.find(({ text, at }) => {
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
  const kept = keepSearchable(placed, ({ postings }) => postings.some(lifts));
  for (const { pattern, postings } of placed.filter((each) => !kept.has(each)))
    refused.push({ pattern, postings, why: "wildcards" });
  return { placed: placed.filter((each) => kept.has(each)), refused };
}
