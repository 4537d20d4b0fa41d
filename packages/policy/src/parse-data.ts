// YAML 1.2 or JSON text to data, with the place of everything in it. Read-document.ts builds on it.
import { type Document, isMap, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";

/** A fault of the text itself, where it is. */
export interface DataIssue {
  readonly code:
    | "policy/syntax"
    | "policy/duplicate-key"
    | "policy/too-large"
    | "policy/too-deep"
    | "policy/several-documents";
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

const MAX_DEPTH = 64;
const MAX_ALIASES = 100;
const MAX_ISSUES = 20;

/**
 * Reads YAML 1.2 (core schema) or JSON, which is a subset of it. Keys are unique, aliases few, nesting limited, one
 * document. Never throws and never hangs, whatever the text.
 */
export function parseData(text: string, { file }: { readonly file: string }): ParsedData {
  const fail = (code: DataIssue["code"], position: Position, message: string, help?: string): ParsedData => ({
    ok: false,
    issues: [{ code, severity: "error", file, ...position, message, help }],
  });
  if (text.length > MAX_TEXT_CHARS) {
    return fail(
      "policy/too-large",
      { line: 1, column: 1 },
      `a document has ${MAX_TEXT_CHARS} characters at most; this one has ${text.length}`,
      "put long lists of names into a list file",
    );
  }
  const deep = tooDeepAt(text);
  if (deep !== null) return fail("policy/too-deep", deep, `brackets are nested deeper than ${MAX_DEPTH}`);
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    version: "1.2",
    strict: true,
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (!Array.isArray(documents))
    return fail(
      "policy/syntax",
      { line: 1, column: 1 },
      "the document is empty",
      "write a policy or a policy set",
    );
  const [document, second] = documents;
  if (document === undefined)
    return fail(
      "policy/syntax",
      { line: 1, column: 1 },
      "the document is empty",
      "write a policy or a policy set",
    );
  if (document.errors.length > 0) {
    const issues = document.errors.slice(0, MAX_ISSUES).map(
      (error): DataIssue => ({
        code: error.code === "DUPLICATE_KEY" ? "policy/duplicate-key" : "policy/syntax",
        severity: "error",
        file,
        ...at(error.pos[0]),
        message: error.code === "DUPLICATE_KEY" ? "the same field is there twice" : lowerFirst(error.message),
        help: error.code === "DUPLICATE_KEY" ? "keep one of them" : undefined,
      }),
    );
    return { ok: false, issues };
  }
  if (second !== undefined)
    return fail(
      "policy/several-documents",
      at(second.range[0]),
      "a file holds one document",
      "put each document into a file of its own",
    );
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return fail(
      "policy/too-large",
      { line: 1, column: 1 },
      error instanceof Error ? lowerFirst(error.message) : "the document can not be expanded",
      "write repeated parts out, or use fewer aliases",
    );
  }
  return {
    ok: true,
    value,
    positionOf: (pointer) => at(offsetOf(document, pointer, false)),
    positionOfKey: (pointer) => at(offsetOf(document, pointer, true)),
  };
}

// Flow nesting and indentation are what make a parser recurse; both are counted before it runs.
function tooDeepAt(text: string): Position | null {
  let depth = 0;
  let line = 1;
  let lineStart = 0;
  let dashes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "\n") {
      line += 1;
      lineStart = index + 1;
      dashes = 0;
    } else if (character === "[" || character === "{") depth += 1;
    else if ((character === "]" || character === "}") && depth > 0) depth -= 1;
    else if ((character === "-" || character === "?") && text[index + 1] === " ") dashes += 1;
    if (
      depth > MAX_DEPTH ||
      dashes > MAX_DEPTH ||
      (character !== " " &&
        character !== "\n" &&
        index - lineStart > 4096 &&
        text.slice(lineStart, index).trim() === "")
    ) {
      return { line, column: index - lineStart + 1 };
    }
  }
  return null;
}

function offsetOf(document: Document.Parsed, pointer: string, key: boolean): number {
  const path =
    pointer === ""
      ? []
      : pointer
          .slice(1)
          .split("/")
          .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, part] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => String((item.key as { value?: unknown } | null)?.value ?? item.key) === part,
      );
      if (pair === undefined) return offset;
      const keyStart = startOf(pair.key) ?? offset;
      offset = isLast && key ? keyStart : (startOf(pair.value) ?? keyStart);
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)];
      if (item === undefined) return offset;
      offset = startOf(item) ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
