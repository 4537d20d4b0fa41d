// Under which token each pattern is looked up, and what happens to those that would let a URL cost more than it may: blocks are
// refused, and exceptions widened. Depends on the set of patterns alone, not on their order.
import type { Posting } from "./image-parts.ts";
import type { PatternForm } from "./internal/pattern-form.ts";
import { placeOnce } from "./internal/place-once.ts";
import { RareTokens } from "./internal/rare-tokens.ts";
import { widenedPatterns } from "./internal/widen-pattern.ts";

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
  /** Each pattern once, with all postings that are under it, also of those that were widened to it. */
  readonly placed: readonly PlacedPattern[];
  /** As they were given. */
  readonly refused: readonly (PatternPart & { readonly why: PatternRefusal })[];
  /** As they were given, with the postings for which another pattern is placed, and that one: it matches wherever they do. */
  readonly widened: readonly (PatternPart & { readonly as: string })[];
}

// A pattern is widened step by step; where what is widened leaves others without room again and again, to the end at once.
const SINGLE_STEPS = 6;
const MOST_ROUNDS = 12;

/**
 * Chooses for each pattern the rarest of its tokens that has room. A posting that `lifts` a restriction is one without which more would be
 * restricted. Patterns with such have the first choice, and where there is no room for them they lose their last segments until there is,
 * never the one with their rarest token; the others, and those for which that does not help, are refused.
 *
 * Throws RangeError for text that is no canonical pattern.
 */
export function placePatterns(
  patterns: readonly PatternPart[],
  lifts: (posting: Posting) => boolean = (posting) => posting.excluded,
): PlacedPatterns {
  const rare = new RareTokens(patterns.map(({ pattern }) => pattern));
  const sorted = patterns.toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1));
  const items = sorted.flatMap(({ pattern, postings }) =>
    [true, false].flatMap((isLifting) => {
      const own = postings.filter((each) => lifts(each) === isLifting);
      return own.length === 0 ? [] : [new Item(pattern, own, isLifting)];
    }),
  );
  for (let round = 0; ; round += 1) {
    const { placed, refused } = placeOnce(merged(items), rare, lifts);
    const why = new Map(refused.map((each) => [each.pattern, each.why]));
    const stuck = items.filter((each) => why.has(each.shown));
    const isWidened = stuck.map((each) => round < MOST_ROUNDS && each.widen(rare, round >= SINGLE_STEPS));
    if (isWidened.includes(true)) continue;
    const out = new Set(stuck);
    return {
      placed,
      refused: stuck.flatMap(({ pattern, postings, shown }) => {
        const reason = why.get(shown);
        return reason === undefined ? [] : [{ pattern, postings, why: reason }];
      }),
      widened: items
        .filter((each) => each.shown !== each.pattern && !out.has(each))
        .map(({ pattern, postings, shown }) => ({ pattern, postings, as: shown })),
    };
  }
}

// A pattern with those of its postings that may be widened, or those that may not.
class Item implements PatternPart {
  readonly pattern: string;
  readonly postings: readonly Posting[];
  /** The pattern that is placed for it. */
  shown: string;
  readonly #isLifting: boolean;
  #wider: readonly string[] | null = null;

  constructor(pattern: string, postings: readonly Posting[], isLifting: boolean) {
    this.pattern = pattern;
    this.postings = postings;
    this.shown = pattern;
    this.#isLifting = isLifting;
  }

  // False where there is nothing wider.
  widen(rare: RareTokens, isWhole: boolean): boolean {
    if (!this.#isLifting) return false;
    this.#wider ??= widenedPatterns(this.pattern, rare);
    const next = isWhole ? this.#wider.at(-1) : this.#wider[0];
    if (next === undefined) return false;
    this.shown = next;
    this.#wider = isWhole ? [] : this.#wider.slice(1);
    return true;
  }
}

function merged(items: readonly Item[]): readonly PatternPart[] {
  const postingsOf = new Map<string, Posting[]>();
  for (const { shown, postings } of items) {
    const known = postingsOf.get(shown);
    if (known === undefined) postingsOf.set(shown, [...postings]);
    else
      for (const posting of postings)
        if (!known.some((each) => each.atom === posting.atom && each.excluded === posting.excluded))
          known.push(posting);
  }
  return [...postingsOf].map(([pattern, postings]) => ({ pattern, postings }));
}
