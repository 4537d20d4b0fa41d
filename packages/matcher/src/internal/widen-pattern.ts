// Patterns that match wherever another one does, and cost less or are fewer: what is cut from the end asks for less.
import { patternForm, segmentAt, tokensOf } from "./pattern-form.ts";
import type { RareTokens } from "./rare-tokens.ts";

/**
 * What a canonical pattern is widened to, the narrowest first: without the anchor at its end, then without its last segment, the last
 * two ... The segment with its rarest token stays, whole and with all before it, so that the pattern is still about what it was about.
 * Where that is a scheme, or a word that very many patterns have, it would be about everything, and there is nothing wider.
 */
export function widenedPatterns(pattern: string, rare: RareTokens): readonly string[] {
  const { start, isEnd, body } = patternForm(pattern);
  const tokens = tokensOf({ start, isEnd: false, body }).filter(({ at }) => start !== 1 || at > 0);
  const [rarest] = rare.rarestFirst(tokens);
  if (rarest === undefined || rare.isCommon(rarest)) return [];
  const [, least] = segmentAt(body, rarest.at);
  const ends = [...body.matchAll(/\*/g)].map(({ index }) => index).filter((end) => end >= least);
  return [...(isEnd ? [body.length] : []), ...ends.toReversed()].map(
    (end) => "|".repeat(start) + body.slice(0, end),
  );
}
