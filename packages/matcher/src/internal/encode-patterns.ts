// Placed patterns to their two sections: tokens as a key set, and the patterns of each token in a row.
import type { Posting } from "../image-parts.ts";
import * as PATTERN from "../layout/pattern.ts";
import { SECTION } from "../layout.ts";
import type { PlacedPattern } from "../place-patterns.ts";
import { encodeKeySet } from "./encode-key-set.ts";
import { GroupNumbers } from "./group-numbers.ts";
import { KeyTexts } from "./key-texts.ts";
import { segmentAt } from "./pattern-form.ts";

/** The sections of patterns. The same patterns give the same bytes, whatever their order. */
export function encodePatterns(
  patterns: readonly PlacedPattern[],
  listOf: (postings: readonly Posting[]) => number,
): readonly (readonly [number, readonly Uint8Array[]])[] {
  const texts = new KeyTexts();
  const groupOf = new GroupNumbers();
  const byToken: PlacedPattern[][] = [];
  for (const each of patterns) {
    const token = texts.add(each.token);
    const ofToken = byToken[token] ?? [];
    groupOf.set(token, token);
    byToken[token] = ofToken;
    ofToken.push(each);
  }
  const ordered: PlacedPattern[] = [];
  const tokens = encodeKeySet(
    { texts, groupOf },
    {
      // A token has the shape of no other, so each is a group of its own.
      nameOf: (group) => byToken[group]?.[0]?.token ?? "",
      listsOf: (group) => {
        const own = (byToken[group] ?? []).toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1));
        const first = ordered.length;
        for (const each of own) ordered.push(each);
        return [first, own.length, 0];
      },
    },
    "urls",
  );
  return [
    [SECTION.tokens, tokens],
    [SECTION.patterns, encodeRows(ordered, listOf)],
  ];
}

function encodeRows(
  patterns: readonly PlacedPattern[],
  listOf: (postings: readonly Posting[]) => number,
): readonly Uint8Array[] {
  const rows = new Uint8Array(4 + patterns.length * PATTERN.bytes);
  const view = new DataView(rows.buffer);
  view.setUint32(0, patterns.length, true);
  const text = new Uint8Array(patterns.reduce((sum, { form }) => sum + form.body.length, 0));
  let end = 0;
  for (const [index, { form, at, postings }] of patterns.entries()) {
    const row = 4 + index * PATTERN.bytes;
    const [from, to] = segmentAt(form.body, at);
    view.setUint32(row + PATTERN.posting, listOf(postings), true);
    view.setUint32(row + PATTERN.text, end, true);
    rows.set([form.body.length, from, to, at, form.start, form.isEnd ? 1 : 0], row + PATTERN.length);
    for (let each = 0; each < form.body.length; each += 1) text[end + each] = form.body.charCodeAt(each);
    end += form.body.length;
  }
  return [rows, text];
}
