// A canonical pattern of URLs taken apart. `@demarc/lists` reads them; this is all that an image needs of their grammar.

/** Fewest characters of a token. */
export const MIN_TOKEN = 3;

/** A pattern without its anchors. */
export interface PatternForm {
  /** 0 anywhere, 1 at the beginning of the URL, 2 at a label of its host. */
  readonly start: 0 | 1 | 2;
  /** Whether it ends where the URL ends. */
  readonly isEnd: boolean;
  /** Segments with `*` between them; `^` is a separator. */
  readonly body: string;
}

/** A run of letters, digits and `%` that is whole in every URL which the pattern matches, and where it starts in the body. */
export interface PatternToken {
  readonly text: string;
  readonly at: number;
}

/** Takes a canonical pattern apart. */
export function patternForm(pattern: string): PatternForm {
  const start = pattern.startsWith("||") ? 2 : pattern.startsWith("|") ? 1 : 0;
  const isEnd = pattern.length > start && pattern.endsWith("|");
  return { start, isEnd, body: pattern.slice(start, isEnd ? -1 : undefined) };
}

/** Its tokens: runs that neither an edge without an anchor nor a wildcard can lengthen. */
export function tokensOf({ start, isEnd, body }: PatternForm): readonly PatternToken[] {
  const tokens: PatternToken[] = [];
  for (const { 0: text, index: at } of body.matchAll(/[a-z0-9%]{3,}/g)) {
    const end = at + text.length;
    const isBefore = at === 0 ? start !== 0 : body[at - 1] !== "*";
    const isAfter = end === body.length ? isEnd : body[end] !== "*";
    if (isBefore && isAfter) tokens.push({ text, at });
  }
  return tokens;
}

/** From where to where the segment lies in which a place of the body is. */
export function segmentAt(body: string, at: number): readonly [number, number] {
  const end = body.indexOf("*", at);
  return [body.lastIndexOf("*", at) + 1, end < 0 ? body.length : end];
}
