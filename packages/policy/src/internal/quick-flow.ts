// Flow collections (YAML 1.2, section 7.4) as policies have them, and the whole of JSON once JSON.parse has taken it.
import { MAX_DEPTH } from "./json-form.ts";
import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  type Cursor,
  DASH,
  Fields,
  giveUp,
  Items,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from "./quick-cursor.ts";
import { plainValue, quotedText } from "./quick-scalar.ts";

/** The object or array that starts at the cursor; each further line of it is indented deeper than `indent`. */
export function flowValue(cursor: Cursor, indent: number): unknown {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) giveUp();
  const value =
    cursor.text.charCodeAt(cursor.at) === OPEN_BRACE ? flowMap(cursor, indent) : flowSeq(cursor, indent);
  cursor.depth -= 1;
  return value;
}

function flowMap(cursor: Cursor, indent: number): unknown {
  const { text } = cursor;
  const start = cursor.at;
  const fields = new Fields();
  cursor.at += 1;
  skipBlank(cursor, indent);
  if (text.charCodeAt(cursor.at) === CLOSE_BRACE) {
    cursor.at += 1;
    return fields.close(cursor, start);
  }
  for (;;) {
    const keyStart = cursor.at;
    const code = text.charCodeAt(keyStart);
    let key: unknown;
    if (code === QUOTE || code === APOSTROPHE) key = quotedKey(cursor);
    else key = plainValue(flowPlain(cursor));
    if (typeof key !== "string") giveUp();
    skipSpaces(cursor);
    if (text.charCodeAt(cursor.at) !== COLON) giveUp();
    cursor.at += 1;
    skipBlank(cursor, indent);
    const value = flowNode(cursor, indent);
    fields.add(cursor, key, keyStart, value);
    if (closes(cursor, indent, CLOSE_BRACE)) return fields.close(cursor, start);
  }
}

function flowSeq(cursor: Cursor, indent: number): unknown {
  const start = cursor.at;
  const items = new Items();
  cursor.at += 1;
  skipBlank(cursor, indent);
  if (cursor.text.charCodeAt(cursor.at) === CLOSE_BRACKET) {
    cursor.at += 1;
    return items.close(cursor, start);
  }
  for (;;) {
    const value = flowNode(cursor, indent);
    items.add(cursor, value);
    if (closes(cursor, indent, CLOSE_BRACKET)) return items.close(cursor, start);
  }
}

// After a value: the end of the collection, or a comma and something after it.
function closes(cursor: Cursor, indent: number, end: number): boolean {
  skipBlank(cursor, indent);
  const code = cursor.text.charCodeAt(cursor.at);
  cursor.at += 1;
  if (code === end) return true;
  if (code !== COMMA) giveUp();
  skipBlank(cursor, indent);
  return false;
}

function flowNode(cursor: Cursor, indent: number): unknown {
  const start = cursor.at;
  const code = cursor.text.charCodeAt(start);
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return flowValue(cursor, indent);
  const isQuoted = code === QUOTE || code === APOSTROPHE;
  const value = isQuoted ? quotedText(cursor, indent) : plainValue(flowPlain(cursor));
  if (cursor.withMarks) cursor.mark = { start };
  return value;
}

function quotedKey(cursor: Cursor): string {
  const start = cursor.at;
  const key = quotedText(cursor, 0);
  if (cursor.text.slice(start, cursor.at).includes("\n")) giveUp();
  return key;
}

// A plain scalar on one line, up to what ends it in a flow collection (section 7.3.3).
function flowPlain(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  if (!startsPlain(text, start)) giveUp();
  let at = start + 1;
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET) break;
    if (code === COLON) {
      const next = text.charCodeAt(at + 1);
      if (next === SPACE || next === LINE_FEED) break;
      if (next === COMMA || next === CLOSE_BRACE || next === CLOSE_BRACKET) giveUp();
    }
    if (code === LINE_FEED) {
      // It may go on there; only what ends it for certain is read here.
      let next = at + 1;
      while (text.charCodeAt(next) === SPACE || text.charCodeAt(next) === LINE_FEED) next += 1;
      const after = text.charCodeAt(next);
      if (after !== COMMA && after !== CLOSE_BRACE && after !== CLOSE_BRACKET) giveUp();
      break;
    }
    if (Number.isNaN(code) || code === OPEN_BRACE || code === OPEN_BRACKET) giveUp();
    if (code === SPACE && text.charCodeAt(at + 1) === 0x23) giveUp();
  }
  let end = at;
  while (text.charCodeAt(end - 1) === SPACE) end -= 1;
  cursor.at = at;
  return text.slice(start, end);
}

/** Whether a plain scalar starts here, without a sign that could mean something else. */
export function startsPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isLetterOrDigit(code)) return true;
  if (code === DASH) return isLetterOrDigit(text.charCodeAt(at + 1));
  // . / ( ) + $ ^ ; = _ ~ < and what is beyond ASCII
  return code > 0xa0 ? code !== 0xfeff : "./()+$^;=_<".includes(text.charAt(at)) && text.charAt(at) !== "";
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === SPACE) cursor.at += 1;
}

// Spaces and line ends; a line must not start left of where the collection may.
function skipBlank(cursor: Cursor, indent: number): void {
  const { text } = cursor;
  skipSpaces(cursor);
  while (text.charCodeAt(cursor.at) === LINE_FEED) {
    const lineStart = cursor.at + 1;
    cursor.at = lineStart;
    skipSpaces(cursor);
    if (text.charCodeAt(cursor.at) !== LINE_FEED && cursor.at - lineStart <= indent) giveUp();
  }
}
