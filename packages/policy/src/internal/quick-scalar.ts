// Scalars of YAML 1.2 that one can read at a glance: quoted texts, and plain ones that the core schema (section 10.3.2)
// resolves without doubt.
import { APOSTROPHE, BACKSLASH, type Cursor, giveUp, HASH, LINE_FEED, QUOTE, SPACE } from "./quick-cursor.ts";

const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const DAY = /^\d{4}-\d\d-\d\d/;
// Texts that YAML may read as something else than text; all others are text.
const DOUBTFUL = /^(?:[-+.]?\.?\d|[-+]?\.|~|null$|true$|false$)/i;

/** The value of a plain scalar (YAML 1.2, section 10.3.2). */
export function plainValue(text: string): unknown {
  if (!DOUBTFUL.test(text) || DAY.test(text)) return text;
  switch (text) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    default:
  }
  if (NUMBER.test(text)) return Number(text);
  return ANY_NUMBER.test(text) || /^(?:~|null|true|false)$/i.test(text) ? giveUp() : text;
}

// Everything that could be a number by any reading; what is none is text.
const ANY_NUMBER = /^[-+]?(?:0[box][\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|\.?(?:inf|nan))$/i;

/** A text in double or single quotes at the cursor; over several lines where each is indented deeper than `indent`. */
export function quotedText(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  const quote = text.charCodeAt(cursor.at);
  const start = cursor.at + 1;
  const end = quote === QUOTE ? endOfDouble(text, start) : endOfSingle(text, start);
  cursor.at = end + 1;
  const raw = text.slice(start, end);
  const folded = raw.includes("\n") ? foldLines(raw, indent, quote === QUOTE) : raw;
  if (quote === APOSTROPHE) return folded.includes("'") ? folded.replaceAll("''", "'") : folded;
  return folded.includes("\\") ? unescape(folded) : folded;
}

function endOfDouble(text: string, start: number): number {
  let at = start;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end === -1) giveUp();
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH && end - 1 - slashes >= start) slashes += 1;
    if (slashes % 2 === 0) return end;
    at = end + 1;
  }
}

function endOfSingle(text: string, start: number): number {
  let at = start;
  for (;;) {
    const end = text.indexOf("'", at);
    if (end === -1) giveUp();
    if (text.charCodeAt(end + 1) !== APOSTROPHE) return end;
    at = end + 2;
  }
}

// YAML 1.2 section 6.5: a line break is a space. Empty lines and escaped breaks mean more; they are not for here.
function foldLines(raw: string, indent: number, isDouble: boolean): string {
  const lines = raw.split("\n");
  let folded = "";
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const from = index === 0 ? 0 : indentOf(line);
    if (index > 0 && (from <= indent || (from === line.length && !isLast))) giveUp();
    let to = line.length;
    if (!isLast) while (to > from && line.charCodeAt(to - 1) === SPACE) to -= 1;
    if (!isLast && (to === from || (isDouble && line.charCodeAt(to - 1) === BACKSLASH))) giveUp();
    folded += (index === 0 ? "" : " ") + line.slice(from, to);
  }
  return folded;
}

function indentOf(line: string): number {
  let at = 0;
  while (line.charCodeAt(at) === SPACE) at += 1;
  return at;
}

// The escapes that JSON knows too (section 5.7); YAML's own are not for here, nor half of a surrogate pair.
function unescape(text: string): string {
  if (/\\u[dD]/.test(text)) giveUp();
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return giveUp();
  }
}

/** The lines of a plain scalar that starts at the cursor, joined (section 7.3.3); those after the first are indented deeper than `indent`. */
export function plainLines(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  let joined = plainLine(cursor);
  for (;;) {
    if (text.charCodeAt(cursor.at) !== LINE_FEED) return joined;
    let at = cursor.at + 1;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const code = text.charCodeAt(at);
    if (at - cursor.at - 1 <= indent || Number.isNaN(code)) return joined;
    // An empty line or a comment in the middle is for the parser that knows all.
    if (code === LINE_FEED) {
      if (continuesAfter(text, at, indent)) giveUp();
      return joined;
    }
    if (code === HASH) giveUp();
    cursor.at = at;
    joined += ` ${plainLine(cursor)}`;
  }
}

function continuesAfter(text: string, from: number, indent: number): boolean {
  let lineStart = from + 1;
  let at = lineStart;
  for (;;) {
    while (text.charCodeAt(at) === SPACE) at += 1;
    if (text.charCodeAt(at) !== LINE_FEED) return at < text.length && at - lineStart > indent;
    at += 1;
    lineStart = at;
  }
}

// One line of a plain scalar, without the spaces after it; the cursor stops at the line's end.
function plainLine(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  let end = text.indexOf("\n", start);
  if (end === -1) end = text.length;
  cursor.at = end;
  let to = end;
  while (text.charCodeAt(to - 1) === SPACE) to -= 1;
  const line = text.slice(start, to);
  // `: ` makes a field of it and ` #` a comment, wherever they are.
  if (line.includes(": ") || line.endsWith(":") || line.includes(" #")) giveUp();
  return line;
}
