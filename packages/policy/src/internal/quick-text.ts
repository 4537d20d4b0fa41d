// The quick way to the data of a text and to the places in it. It reads what nearly every policy is written in, many times
// faster than a parser of all of YAML, and gives up on all the rest: what it reads, it reads as that parser does.
import { blockValue, toNextLine } from "./quick-block.ts";
import { type Cursor, GIVE_UP, giveUp, LINE_FEED, type Mark, SPACE } from "./quick-cursor.ts";
import { flowValue } from "./quick-flow.ts";

/**
 * The data of a YAML text of common form and where each part of it starts; undefined where the text has anything beyond.
 *
 * Time in proportion to the text: about 20 ns per character.
 */
export function readQuickly(
  text: string,
  withMarks: boolean,
): { readonly value: unknown; readonly mark: Mark | undefined } | undefined {
  if (/[\t\r\u0085\u2028\u2029\ufeff]/.test(text) || /\p{Surrogate}/u.test(text)) return undefined;
  // A line that nothing stands on makes the first one like the others.
  const cursor: Cursor = { text, at: -1, column: 0, depth: 0, withMarks, mark: undefined };
  return quietly(() => {
    if (text.startsWith("---\n")) cursor.at = 3;
    toNextLine(cursor);
    if (cursor.column !== 0) giveUp();
    const value = blockValue(cursor, 0);
    if (cursor.at < text.length) giveUp();
    return { value, mark: cursor.mark };
  });
}

/** Where each part of a JSON text starts; the text is one that JSON.parse takes. Undefined where a field is there twice. */
export function marksOfJson(text: string): Mark | undefined {
  const plain = /[\t\r]/.test(text) ? text.replace(/[\t\r]/g, " ") : text;
  const cursor: Cursor = { text: plain, at: 0, column: 0, depth: 0, withMarks: true, mark: undefined };
  while (plain.charCodeAt(cursor.at) === SPACE || plain.charCodeAt(cursor.at) === LINE_FEED) cursor.at += 1;
  return quietly(() => {
    flowValue(cursor, -1);
    return cursor.mark;
  });
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error === GIVE_UP) return undefined;
    throw error;
  }
}
