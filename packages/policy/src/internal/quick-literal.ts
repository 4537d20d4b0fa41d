// Block scalars (YAML 1.2, section 8.1) without empty lines, deeper lines, or an indentation that they say themselves.
import { BAR, type Cursor, giveUp, LINE_FEED, SPACE } from "./quick-cursor.ts";

/** The text after `|`, `|-`, `>` or `>-` at the cursor, on lines deeper than `indent`; the cursor stops at the end of the last one. */
export function literalText(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  const isLiteral = text.charCodeAt(cursor.at) === BAR;
  const lineEnd = text.indexOf("\n", cursor.at);
  const header = text.slice(cursor.at + 1, lineEnd);
  if (lineEnd === -1 || (header !== "" && header !== "-")) giveUp();
  const lines: string[] = [];
  let inner = -1;
  let end = lineEnd;
  while (end < text.length) {
    const start = end + 1;
    let at = start;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const column = at - start;
    const isEmpty = text.charCodeAt(at) === LINE_FEED || at >= text.length;
    // The last line of a text ends it; an empty one in the middle means more than here is known.
    if (isEmpty && at >= text.length && column === 0) break;
    if (isEmpty) giveUp();
    if (column <= indent) break;
    if (inner === -1) inner = column;
    else if (column !== inner) giveUp();
    end = text.indexOf("\n", at);
    if (end === -1) giveUp();
    lines.push(text.slice(at, end));
  }
  if (inner === -1) giveUp();
  cursor.at = end;
  return lines.join(isLiteral ? "\n" : " ") + (header === "-" ? "" : "\n");
}
