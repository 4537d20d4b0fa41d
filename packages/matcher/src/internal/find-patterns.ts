// A URL to the patterns that match it: its tokens are looked up, and each pattern that one leads to is held against the URL at
// that place. What the compiler lets into an image bounds how many there can be (see place-patterns.ts); nothing is tried twice.
import * as PATTERN from "../layout/pattern.ts";
import type { Slice } from "../types.ts";
import { hashStart, hashStep } from "./key-hash.ts";
import { findGroup, hasUnits } from "./key-set.ts";
import { MIN_TOKEN } from "./pattern-form.ts";
import type { PatternTable } from "./pattern-table.ts";
import { FOLDED } from "./url-text.ts";

const STAR = 0x2a;
const ROOM = PATTERN.urlBytes;

// Rows in words.
const ROW = PATTERN.bytes / 4;
const POSTING = PATTERN.posting / 4;
const TEXT = PATTERN.text / 4;
const SHAPE = PATTERN.length / 4;
const ANCHORS = PATTERN.start / 4;
const MOST_OF_TOKEN = PATTERN.mostOfToken;

// Beside the numbers of patterns, those of the posting lists that were found.
const FOUND = 0x8000_0000;

/** Finds the patterns that match a URL; returns how many posting lists are in `table.found`. */
export function findPatterns(table: PatternTable, text: string): number {
  const { tokens, url } = table;
  const { key, seed } = tokens;
  const room = Math.min(text.length, ROOM);
  let hitCount = 0;
  let start = 0;
  let at = 0;
  let hash = hashStart(seed);
  for (; at < room; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) break;
    const folded = FOLDED[code] as number;
    key[at] = folded & 0x7f;
    if (folded <= 0x7f) {
      hash = hashStep(hash, folded);
      continue;
    }
    if (at - start >= MIN_TOKEN) hitCount = hitToken(table, hash, start, at, hitCount);
    start = at + 1;
    hash = hashStart(seed);
  }
  // A run that is cut off may be another token.
  if (at === text.length && at - start >= MIN_TOKEN) hitCount = hitToken(table, hash, start, at, hitCount);
  url.end(at, at === text.length);
  return hitCount === 0 ? 0 : tryPatterns(table, hitCount);
}

/** Likewise of the bytes of a URL. */
export function findPatternsOfBytes(table: PatternTable, { bytes, from, to }: Slice): number {
  const { tokens, url } = table;
  const { key, seed } = tokens;
  const room = Math.min(to - from, ROOM);
  let hitCount = 0;
  let start = 0;
  let at = 0;
  let hash = hashStart(seed);
  for (; at < room; at += 1) {
    const code = bytes[from + at] as number;
    if (code > 0x7f) break;
    const folded = FOLDED[code] as number;
    key[at] = folded & 0x7f;
    if (folded <= 0x7f) {
      hash = hashStep(hash, folded);
      continue;
    }
    if (at - start >= MIN_TOKEN) hitCount = hitToken(table, hash, start, at, hitCount);
    start = at + 1;
    hash = hashStart(seed);
  }
  const isWhole = at === to - from;
  if (isWhole && at - start >= MIN_TOKEN) hitCount = hitToken(table, hash, start, at, hitCount);
  url.end(at, isWhole);
  return hitCount === 0 ? 0 : tryPatterns(table, hitCount);
}

// A token of the URL, where patterns have it: its group and place. The URL is in the set's buffer for keys.
function hitToken(
  { tokens, hits }: PatternTable,
  hash: number,
  start: number,
  end: number,
  count: number,
): number {
  if (end - start > tokens.longest || !hasUnits(tokens, end - start)) return count;
  const group = findGroup(tokens, hash, start, end);
  if (group < 0) return count;
  hits[count * 2] = group;
  hits[count * 2 + 1] = start;
  return count + 1;
}

function tryPatterns(table: PatternTable, hitCount: number): number {
  const { hits, tokens, seen, url } = table;
  url.findHost();
  seen.clear();
  let found = 0;
  let lastList = -1;
  for (let hit = 0; hit < hitCount; hit += 1) {
    const group = (hits[hit * 2] as number) * 3;
    const first = tokens.groups[group] ?? 0;
    const last = Math.min(first + Math.min(tokens.groups[group + 1] ?? 0, MOST_OF_TOKEN), table.count);
    for (let pattern = first; pattern < last; pattern += 1) {
      const list = table.rows[pattern * ROW + POSTING] as number;
      // Most patterns are those of one list, of which one says it for all.
      if (list === lastList || !matches(table, pattern, hits[hit * 2 + 1] as number)) continue;
      seen.set(pattern, 1);
      lastList = list;
      const listKey = (FOUND | list) >>> 0;
      if (seen.get(listKey) >= 0) continue;
      seen.set(listKey, 1);
      if (found === table.found.length) growFound(table);
      table.found[found] = list;
      found += 1;
    }
  }
  return found;
}

// Whether a pattern matches with its token at that place; false too where this was found out before.
function matches(table: PatternTable, pattern: number, place: number): boolean {
  const { rows, text, url, seen } = table;
  const row = pattern * ROW;
  const from = rows[row + TEXT] as number;
  const shape = rows[row + SHAPE] as number;
  const size = shape & 255;
  const segment = (shape >>> 8) & 255;
  const segmentEnd = (shape >>> 16) & 255;
  const token = shape >>> 24;
  const anchors = rows[row + ANCHORS] as number;
  const anchor = anchors & 255;
  const isEnd = anchors >>> 8 === 1;
  if (from + size > text.length || segment > token || token >= segmentEnd || segmentEnd > size) return false;

  const start = place - (token - segment);
  if (start < 0) return false;
  if (segment === 0 && anchor === 1 && start !== 0) return false;
  if (segment === 0 && anchor === 2 && !url.isLabel(start)) return false;
  const end = url.endOf(text, from + segment, from + segmentEnd, start);
  if (end < 0) return false;
  if (segmentEnd === size && isEnd && !(url.isWhole && end === url.length)) return false;
  if (seen.size > 0 && seen.get(pattern) >= 0) return false;
  if (segment === 0 && segmentEnd === size) return true;
  // One search says it for the whole URL.
  seen.set(pattern, 1);
  // Tokens come from left to right, so this is the first place of its segment.
  const rest = segment === 0 ? segmentEnd + 1 : 0;
  return matchesFrom(table, from + rest, from + size, rest === 0 ? anchor : -1, isEnd, rest === 0 ? 0 : end);
}

// Segment after segment, each as far to the left as it goes: where one matches further right, so do those after it.
function matchesFrom(
  { text, url }: PatternTable,
  start: number,
  size: number,
  anchor: number,
  isEnd: boolean,
  after: number,
): boolean {
  let at = after;
  let from = start;
  for (;;) {
    let to = from;
    while (to < size && text[to] !== STAR) to += 1;
    const isFirst = from === start;
    if (to === size && isEnd) return url.isAtEnd(text, from, to, at);
    if (isFirst && anchor === 1) at = url.endOf(text, from, to, 0);
    else {
      const found = url.search(text, from, to, at, isFirst && anchor === 2);
      // Where a separator is the end of the URL, it ends there.
      at = found < 0 ? -1 : Math.min(found + to - from, url.length);
    }
    if (at < 0) return false;
    if (to >= size) return true;
    from = to + 1;
  }
}

function growFound(table: PatternTable): void {
  const found = new Uint32Array(table.found.length * 2);
  found.set(table.found);
  table.found = found;
}
