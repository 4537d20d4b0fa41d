// Patterns of URLs, opened in place. As with key sets, sizes are checked when opening, and every index where it is used.
import * as PATTERN from "../layout/pattern.ts";
import { SECTION } from "../layout.ts";
import type { KeySet } from "./key-set.ts";
import { NumberMap } from "./number-map.ts";
import type { Sections } from "./read-sections.ts";
import { Parts, readKeySet } from "./read-tables.ts";
import { UrlText } from "./url-text.ts";

/** The patterns of an image, with room for one URL. */
export interface PatternTable {
  /** A group: number of the first pattern, how many there are, and 0. The buffer for keys holds the URL. */
  readonly tokens: KeySet;
  readonly count: number;
  /** Rows as words, see PATTERN. */
  readonly rows: Uint32Array;
  readonly text: Uint8Array;
  /** The URL at hand. */
  readonly url: UrlText;
  /** Its tokens that lead to patterns: group and place, one after the other. */
  readonly hits: Uint32Array;
  /** Patterns that were searched for, or matched. */
  readonly seen: NumberMap;
  /** Posting lists of those that matched. */
  found: Uint32Array;
}

// Tokens of three characters with one between them.
const MOST_HITS = Math.ceil((PATTERN.urlBytes + 1) / 4);

/** Opens the sections of patterns. */
export function readPatterns(sections: Sections): PatternTable {
  const part = new Parts(sections, SECTION.patterns, "a table of patterns");
  const [count] = part.words(1) as unknown as [number];
  const rows = part.words((count * PATTERN.bytes) / 4);
  const tokens = readKeySet(sections, SECTION.tokens);
  return {
    tokens,
    count,
    rows,
    text: part.rest(),
    url: new UrlText(tokens.key),
    hits: new Uint32Array(MOST_HITS * 2),
    seen: new NumberMap(),
    found: new Uint32Array(64),
  };
}
