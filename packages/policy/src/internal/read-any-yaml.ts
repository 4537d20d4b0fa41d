// YAML 1.2 by the library that knows all of it, with the place of everything; for whatever the quick readers leave.
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import type { DataIssue, ParsedData, Position } from "../parse-data.ts";
import { jsonForm, MAX_DEPTH } from "./json-form.ts";
import { blankComments } from "./json-text.ts";
import { pathOf } from "./pointer.ts";

const MAX_ALIASES = 100;
const MAX_ISSUES = 20;
const START: Position = { line: 1, column: 1 };

/** Reads any YAML 1.2 (core schema); `.json` and `.jsonc` files with comments. Errors: see DataIssue. Never throws. */
export function readAnyYaml(text: string, { file }: { readonly file: string }): ParsedData {
  const fail = (code: DataIssue["code"], position: Position, message: string, help?: string): ParsedData => ({
    ok: false,
    issues: [{ code, severity: "error", file, ...position, message, help }],
  });
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tooDeep = (position: Position): ParsedData =>
    fail("policy/too-deep", position, `values are nested deeper than ${MAX_DEPTH}`);
  let documents: readonly Document.Parsed[];
  try {
    const parsed = parseAllDocuments(blankComments(text, file), {
      lineCounter: lines,
      // Those of the library compare each key with all before it; findDuplicateKeys does not.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
      version: "1.2",
      strict: true,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch {
    // The parser recurses: what exhausts its stack is nested deeper than the limit anyway.
    return tooDeep(START);
  }
  const [document, second] = documents;
  if (document === undefined)
    return fail("policy/syntax", START, "the document is empty", "write a policy or a policy set");
  // A text that is broken in one place looks broken in many after it.
  const broken = document.errors[0];
  // The library tells an exhausted stack as an error of the text: nothing but depth exhausts it.
  if (broken !== undefined && /call stack|too much recursion/i.test(broken.message))
    return tooDeep(at(firstTooDeep(text)));
  if (broken !== undefined)
    return fail("policy/syntax", at(broken.pos[0]), lowerFirst(broken.message), syntaxHelp(broken.code));
  if (second !== undefined)
    return fail(
      "policy/several-documents",
      at(second.range[0]),
      "a file holds one document",
      "put each document into a file of its own",
    );
  let value: unknown;
  try {
    const duplicates = findDuplicateKeys(document.contents);
    if (duplicates.length > 0) {
      const issues = duplicates.slice(0, MAX_ISSUES).map(
        (offset): DataIssue => ({
          code: "policy/duplicate-key",
          severity: "error",
          file,
          ...at(offset),
          message: "the same field is there twice",
          help: "keep one of them",
        }),
      );
      return { ok: false, issues };
    }
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(START);
    return fail(
      "policy/too-large",
      START,
      error instanceof Error ? lowerFirst(error.message) : "the document can not be expanded",
      "write repeated parts out, or use fewer aliases",
    );
  }
  const positionAt = (path: readonly string[], key: boolean): Position => at(offsetOf(document, path, key));
  const form = jsonForm(value);
  if (form.fault === "too-deep") return tooDeep(positionAt(form.path, false));
  if (form.fault === "too-large")
    return fail(
      "policy/too-large",
      START,
      "the document is too large once its aliases are written out",
      "put long lists of names into a list file",
    );
  if (form.fault === "no-json-form")
    return fail(
      "policy/no-json-form",
      positionAt(form.path, false),
      "the value has no JSON form",
      "write a finite number, or text without half characters",
    );
  return {
    ok: true,
    value,
    positionOf: (pointer) => positionAt(pathOf(pointer), false),
    positionOfKey: (pointer) => positionAt(pathOf(pointer), true),
  };
}

// Where brackets open deeper than values may be nested; texts in quotes are not told apart, so this is for a message alone.
function firstTooDeep(text: string): number {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset) | 0x20;
    if (code === 0x7b) depth += 1;
    else if (code === 0x7d) depth -= 1;
    if (depth > MAX_DEPTH) return offset;
  }
  return 0;
}

function syntaxHelp(code: string): string | undefined {
  return code === "TAB_AS_INDENT" ? "indent with spaces" : undefined;
}

// Offsets of keys that their map has already. Aliases are not followed: what they stand for was looked at where it is.
function findDuplicateKeys(root: unknown): readonly number[] {
  const offsets: number[] = [];
  const visit = (node: unknown, depth: number): void => {
    // Deeper ones are refused for their depth.
    if (depth > MAX_DEPTH) return;
    if (isSeq(node)) for (const item of node.items) visit(item, depth + 1);
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = keyName(key);
      if (seen.has(name)) offsets.push(startOf(key) ?? startOf(node) ?? 0);
      seen.add(name);
      visit(value, depth + 1);
    }
  };
  visit(root, 0);
  return offsets;
}

function keyName(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function offsetOf(document: Document.Parsed, path: readonly string[], key: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, part] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyName(item.key) === part);
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
