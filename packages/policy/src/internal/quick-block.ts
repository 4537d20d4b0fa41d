// Block collections (YAML 1.2, section 8.2) as people and formatters write them: one style of indentation at a time, nothing
// left out, no anchors, tags, or keys of several lines.
import { MAX_DEPTH } from "./json-form.ts";
import {
  APOSTROPHE,
  BAR,
  COLON,
  type Cursor,
  DASH,
  Fields,
  GREATER,
  giveUp,
  HASH,
  Items,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from "./quick-cursor.ts";
import { flowValue, startsPlain } from "./quick-flow.ts";
import { literalText } from "./quick-literal.ts";
import { plainLines, plainValue, quotedText } from "./quick-scalar.ts";

/** The map or sequence whose first sign is at the cursor, `column` characters from the start of its line. */
export function blockValue(cursor: Cursor, column: number): unknown {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) giveUp();
  const value = isDash(cursor, cursor.at) ? blockSeq(cursor, column) : blockMap(cursor, column);
  cursor.depth -= 1;
  return value;
}

function blockMap(cursor: Cursor, column: number): unknown {
  const start = cursor.at;
  const fields = new Fields();
  do {
    const keyStart = cursor.at;
    const key = blockKey(cursor);
    skipSpaces(cursor);
    const value = atLineEnd(cursor) ? nextLines(cursor, column) : inLine(cursor, column);
    fields.add(cursor, key, keyStart, value);
  } while (cursor.column === column && !isDash(cursor, cursor.at));
  // What is deeper than this map and no part of its last value has no place.
  if (cursor.column > column) giveUp();
  return fields.close(cursor, start);
}

function blockSeq(cursor: Cursor, column: number): unknown {
  const start = cursor.at;
  const items = new Items();
  do {
    const dash = cursor.at;
    cursor.at += 1;
    skipSpaces(cursor);
    const inner = column + (cursor.at - dash);
    if (atLineEnd(cursor)) {
      // The item is on the lines below, deeper than its dash.
      toNextLine(cursor);
      if (cursor.column <= column) giveUp();
      items.add(cursor, blockValue(cursor, cursor.column));
    } else if (isDash(cursor, cursor.at) || keyEnds(cursor)) items.add(cursor, blockValue(cursor, inner));
    else items.add(cursor, inLine(cursor, column));
  } while (cursor.column === column && isDash(cursor, cursor.at));
  if (cursor.column > column) giveUp();
  return items.close(cursor, start);
}

// The value of a field that stands on the lines below: deeper, or a sequence at the depth of the field itself.
function nextLines(cursor: Cursor, column: number): unknown {
  toNextLine(cursor);
  const inner = cursor.column;
  if (inner < column || (inner === column && !isDash(cursor, cursor.at))) giveUp();
  return blockValue(cursor, inner);
}

function inLine(cursor: Cursor, column: number): unknown {
  const { text } = cursor;
  const start = cursor.at;
  const code = text.charCodeAt(start);
  let value: unknown;
  if (code === OPEN_BRACE || code === OPEN_BRACKET) {
    value = flowValue(cursor, column);
    endLine(cursor);
    toNextLine(cursor);
    return value;
  }
  if (code === QUOTE || code === APOSTROPHE) {
    value = quotedText(cursor, column);
    endLine(cursor);
  } else if (code === BAR || code === GREATER) value = literalText(cursor, column);
  else {
    if (!startsPlain(text, start)) giveUp();
    value = plainOrComment(cursor, column);
  }
  toNextLine(cursor);
  if (cursor.withMarks) cursor.mark = { start };
  return value;
}

function plainOrComment(cursor: Cursor, column: number): unknown {
  const { text } = cursor;
  const lineEnd = endOf(text, cursor.at);
  const line = text.slice(cursor.at, lineEnd);
  const comment = line.indexOf(" #");
  if (comment === -1) return plainValue(plainLines(cursor, column));
  let end = comment;
  while (line.charCodeAt(end - 1) === SPACE) end -= 1;
  const plain = line.slice(0, end);
  if (plain.includes(": ") || plain.endsWith(":")) giveUp();
  cursor.at = lineEnd;
  return plainValue(plain);
}

// The name before `: `; the cursor goes behind the colon.
function blockKey(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  const code = text.charCodeAt(start);
  if (code === QUOTE || code === APOSTROPHE) {
    const key = quotedText(cursor, 0);
    if (text.slice(start, cursor.at).includes("\n")) giveUp();
    if (text.charCodeAt(cursor.at) !== COLON || !isBreak(text.charCodeAt(cursor.at + 1))) giveUp();
    cursor.at += 1;
    return key;
  }
  const colon = plainKeyEnd(text, start);
  if (colon === -1) giveUp();
  const key = plainValue(text.slice(start, colon));
  if (typeof key !== "string") giveUp();
  cursor.at = colon + 1;
  return key;
}

// Whether a field's name starts at the cursor, rather than a scalar.
function keyEnds(cursor: Cursor): boolean {
  const { text } = cursor;
  const start = cursor.at;
  const code = text.charCodeAt(start);
  if (code !== QUOTE && code !== APOSTROPHE) return plainKeyEnd(text, start) !== -1;
  quotedText(cursor, 0);
  const end = cursor.at;
  cursor.at = start;
  return text.charCodeAt(end) === COLON;
}

// The colon that ends a plain name on this line, or -1.
function plainKeyEnd(text: string, start: number): number {
  if (!startsPlain(text, start)) return -1;
  for (let at = start + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || Number.isNaN(code)) return -1;
    if (code === COLON && isBreak(text.charCodeAt(at + 1)))
      return text.charCodeAt(at - 1) === SPACE ? giveUp() : at;
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) return -1;
  }
}

function isBreak(code: number): boolean {
  return code === SPACE || code === LINE_FEED || Number.isNaN(code);
}

function isDash({ text }: Cursor, at: number): boolean {
  return text.charCodeAt(at) === DASH && isBreak(text.charCodeAt(at + 1));
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === SPACE) cursor.at += 1;
}

function endOf(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

// Whether nothing but a comment is left on the line; the cursor goes to its end then.
function atLineEnd(cursor: Cursor): boolean {
  const { text } = cursor;
  const code = text.charCodeAt(cursor.at);
  if (code === HASH) {
    if (text.charCodeAt(cursor.at - 1) !== SPACE) giveUp();
    cursor.at = endOf(text, cursor.at);
    return true;
  }
  return code === LINE_FEED || Number.isNaN(code);
}

function endLine(cursor: Cursor): void {
  skipSpaces(cursor);
  if (!atLineEnd(cursor)) giveUp();
}

/** From the end of a line to the first sign of the next that has any and is no comment. */
export function toNextLine(cursor: Cursor): void {
  const { text } = cursor;
  while (cursor.at < text.length) {
    const lineStart = cursor.at + 1;
    cursor.at = lineStart;
    skipSpaces(cursor);
    const code = text.charCodeAt(cursor.at);
    if (code === HASH) cursor.at = endOf(text, cursor.at);
    else if (code !== LINE_FEED && cursor.at < text.length) {
      // `---` and `...` at the start of a line end a document (section 9.1).
      if (cursor.at === lineStart && /^(?:---|\.\.\.)/.test(text.slice(lineStart, lineStart + 3))) giveUp();
      cursor.column = cursor.at - lineStart;
      return;
    }
  }
  cursor.column = -1;
}
