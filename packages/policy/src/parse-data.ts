// YAML 1.2 or JSON text to data, with the place of everything in it. Read-document.ts builds on it.
import { LineCounter } from "yaml";
import { blankComments, readJson } from "./internal/json-text.ts";
import { pathOf } from "./internal/pointer.ts";
import { type Mark, offsetIn } from "./internal/quick-cursor.ts";
import { marksOfJson, readQuickly } from "./internal/quick-text.ts";
import { readAnyYaml } from "./internal/read-any-yaml.ts";

/** A fault of the text itself, where it is. */
export interface DataIssue {
  readonly code:
    | "policy/syntax"
    | "policy/duplicate-key"
    | "policy/too-large"
    | "policy/too-deep"
    | "policy/several-documents"
    | "policy/no-json-form";
  readonly severity: "error";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly help?: string | undefined;
}

/** A place in a text, 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Data with positions, or what is wrong with the text. */
export type ParsedData =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Place of the value at a JSON Pointer; of its closest parent where it is missing. */
      readonly positionOf: (pointer: string) => Position;
      /** Place of the key itself at a JSON Pointer that ends in a field name. */
      readonly positionOfKey: (pointer: string) => Position;
    }
  | { readonly ok: false; readonly issues: readonly DataIssue[] };

/** Longest text that is read, in characters. */
export const MAX_TEXT_CHARS: number = 16 * 1024 * 1024;

// What YAML 1.2 (section 5.1) leaves out of the characters that a text is made of: control characters but for tab, line
// feed, carriage return and next line, and the two that are no characters.
const UNPRINTABLE = /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff]/u;
const START: Position = { line: 1, column: 1 };

/**
 * Reads YAML 1.2 (core schema) or JSON, which is a subset of it; in files named `.json` or `.jsonc`, with comments. Keys are unique, aliases few, nesting limited (64), one
 * document; every value has a JSON form. Never throws, and takes time in proportion to the text, whatever the text.
 *
 * Cost: JSON about 10 ns a character, YAML of common form 20; anchors, tags and other rare forms ten times as much.
 */
export function parseData(text: string, { file }: { readonly file: string }): ParsedData {
  const fail = (code: DataIssue["code"], position: Position, message: string, help?: string): ParsedData => ({
    ok: false,
    issues: [{ code, severity: "error", file, ...position, message, help }],
  });
  if (text.length > MAX_TEXT_CHARS) {
    return fail(
      "policy/too-large",
      START,
      `a document has ${MAX_TEXT_CHARS} characters at most; this one has ${text.length}`,
      "put long lists of names into a list file",
    );
  }
  const odd = UNPRINTABLE.exec(text);
  if (odd !== null) {
    const before = text.slice(0, odd.index).split(/\r\n|\r|\n/);
    return fail(
      "policy/syntax",
      { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
      `the character U+${(odd[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")} has no place in a document`,
      "remove it, or write it as an escape in a quoted text",
    );
  }
  let bare = text;
  let json = readJson(text);
  if (json === undefined) {
    bare = blankComments(text, file);
    if (bare !== text) json = readJson(bare);
  }
  const value = json ?? readQuickly(bare, false)?.value;
  if (value === undefined) return readAnyYaml(text, { file });
  // Places are asked for where something is wrong, which is seldom: the text is read once more then.
  return quickData(value, text, file, () =>
    json === undefined ? readQuickly(bare, true)?.mark : marksOfJson(bare),
  );
}

function quickData(value: unknown, text: string, file: string, markOf: () => Mark | undefined): ParsedData {
  let places: Places | undefined;
  const find = (pointer: string, key: boolean): Position => {
    places ??= quickPlaces(text, markOf()) ?? libraryPlaces(text, file);
    return places(pointer, key);
  };
  return {
    ok: true,
    value,
    positionOf: (pointer) => find(pointer, false),
    positionOfKey: (pointer) => find(pointer, true),
  };
}

type Places = (pointer: string, key: boolean) => Position;

function quickPlaces(text: string, mark: Mark | undefined): Places | undefined {
  if (mark === undefined) return undefined;
  const lines = new LineCounter();
  for (let start = 0; start !== -1; start = nextLine(text, start)) lines.addNewLine(start);
  return (pointer, key) => {
    const { line, col } = lines.linePos(offsetIn(mark, pathOf(pointer), key));
    return { line, column: col };
  };
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? -1 : end + 1;
}

function libraryPlaces(text: string, file: string): Places {
  const data = readAnyYaml(text, { file });
  if (!data.ok) return () => START;
  return (pointer, key) => (key ? data.positionOfKey(pointer) : data.positionOf(pointer));
}
