// A place in a text that is read quickly, and what the quick readers share.

/** Where the parts of a value start, in characters from the start of the text; its shape is that of the value. */
export interface Mark {
  readonly start: number;
  /** Of an object: its fields in the order of the text, and where each name starts. */
  readonly keys?: readonly string[];
  readonly keyStarts?: readonly number[];
  /** Of the fields' values, or of an array's items. */
  readonly parts?: readonly Mark[];
}

/** The text and how far it is read; `mark` is that of the value read last, where marks are wanted. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** Of the first sign on the line at `at`, from 0; -1 at the end of the text. Only where a line was just begun. */
  column: number;
  depth: number;
  readonly withMarks: boolean;
  mark: Mark | undefined;
}

/** Thrown where the text is beyond the quick readers: they never judge, the parser that knows all of YAML does. */
export const GIVE_UP: unique symbol = Symbol("give up");

export function giveUp(): never {
  // A symbol costs no stack trace.
  throw GIVE_UP;
}

export const LINE_FEED = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const APOSTROPHE = 0x27;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const BAR = 0x7c;
export const CLOSE_BRACE = 0x7d;
export const GREATER = 0x3e;

/** An object and its marks while they grow. A field that is there already, or that is no plain name, is not for here. */
export class Fields {
  readonly value: Record<string, unknown> = {};
  readonly #keys: string[] = [];
  readonly #keyStarts: number[] = [];
  readonly #parts: Mark[] = [];

  add(cursor: Cursor, key: string, keyStart: number, value: unknown): void {
    if (key === "__proto__" || key === "<<" || Object.hasOwn(this.value, key)) giveUp();
    this.value[key] = value;
    if (cursor.mark === undefined) return;
    this.#keys.push(key);
    this.#keyStarts.push(keyStart);
    this.#parts.push(cursor.mark);
  }

  close(cursor: Cursor, start: number): Record<string, unknown> {
    if (cursor.withMarks)
      cursor.mark = { start, keys: this.#keys, keyStarts: this.#keyStarts, parts: this.#parts };
    return this.value;
  }
}

/** An array and its marks while they grow. */
export class Items {
  readonly value: unknown[] = [];
  readonly #parts: Mark[] = [];

  add(cursor: Cursor, value: unknown): void {
    this.value.push(value);
    if (cursor.mark !== undefined) this.#parts.push(cursor.mark);
  }

  close(cursor: Cursor, start: number): unknown[] {
    if (cursor.withMarks) cursor.mark = { start, parts: this.#parts };
    return this.value;
  }
}

/** The offset of the value at a path, or of its closest parent; with `key`, of the field's name. */
export function offsetIn(root: Mark, path: readonly string[], key: boolean): number {
  let mark = root;
  let offset = root.start;
  for (const [index, part] of path.entries()) {
    const isLast = index === path.length - 1;
    const position = mark.keys === undefined ? Number(part) : mark.keys.indexOf(part);
    const next = mark.parts?.[position];
    if (next === undefined) return offset;
    offset = isLast && key ? (mark.keyStarts?.[position] ?? next.start) : next.start;
    mark = next;
  }
  return offset;
}
