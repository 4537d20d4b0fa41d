// The main path: text to a valid document with its digest, or to everything that is wrong with it, each fault once and
// where it is. Data first, then the schema, then the sense; a document is never judged for more than its first bad layer.
import { digestOf } from "./canonical.ts";
import { type Knowledge, senseOfPolicy, senseOfSet } from "./check-sense.ts";
import type { PolicyDocument, PolicySetDocument } from "./document.ts";
import { readJson } from "./internal/json-text.ts";
import { MAX_TEXT_CHARS, type ParsedData, parseData } from "./parse-data.ts";
import type { Fault, PolicyIssue } from "./policy-issue.ts";
import { schemaFaults } from "./schema-issues.ts";

/** A valid document. */
export type ReadDocument =
  | {
      readonly kind: "policy";
      readonly document: PolicyDocument;
      readonly digest: string;
      readonly warnings: readonly PolicyIssue[];
    }
  | {
      readonly kind: "policy-set";
      readonly document: PolicySetDocument;
      readonly digest: string;
      readonly warnings: readonly PolicyIssue[];
    };

/** How to read. `file` is named in issues. */
export interface ReadOptions extends Knowledge {
  readonly file: string;
}

/**
 * Reads a policy or a policy set from YAML 1.2 or JSON.
 *
 * A document with `rules` is a policy, one with `layers` a policy set. Errors: see PolicyIssue; one per fault, in the order
 * of the text. Never throws.
 */
export function readDocument(
  text: string,
  options: ReadOptions,
):
  | { readonly ok: true; readonly value: ReadDocument }
  | { readonly ok: false; readonly issues: readonly PolicyIssue[] } {
  // JSON.parse is some hundred times faster than a parser that knows positions; those are needed for a fault only.
  const fast = text.length > MAX_TEXT_CHARS ? undefined : readJson(text);
  const data: ParsedData =
    fast === undefined
      ? parseData(text, options)
      : { ok: true, value: fast, positionOf: start, positionOfKey: start };
  if (!data.ok) return { ok: false, issues: data.issues.map((issue) => ({ ...issue, pointer: "" })) };
  const kind = kindOf(data.value);
  const faults = kind === null ? [noKind(data.value)] : schemaFaults(kind, data.value);
  const sense =
    faults.length > 0 || kind === null
      ? []
      : kind === "policy"
        ? senseOfPolicy(data.value as PolicyDocument, options)
        : senseOfSet(data.value as PolicySetDocument, options);
  const all = [...faults, ...sense, ...(fast === undefined ? norwayFaults(text, data) : [])];
  const issues =
    all.length === 0 ? [] : placed(all, fast === undefined ? data : parseData(text, options), options.file);
  if (kind === null || issues.some((issue) => issue.severity === "error")) return { ok: false, issues };
  const digest = digestOf(data.value);
  const value = { kind, document: data.value, digest, warnings: issues } as ReadDocument;
  return { ok: true, value };
}

const start = () => ({ line: 1, column: 1 });

function kindOf(value: unknown): "policy" | "policy-set" | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  if ("rules" in value) return "policy";
  return "layers" in value ? "policy-set" : null;
}

function noKind(value: unknown): Fault {
  const empty = value === null || value === undefined;
  return {
    code: "policy/kind",
    pointer: "",
    message: empty ? "the document is empty" : "this is neither a policy nor a policy set",
    expected: "`rules` or `layers`",
    help: "a policy has `rules`, a policy set has `layers`",
  };
}

function placed(faults: readonly Fault[], data: ParsedData, file: string): PolicyIssue[] {
  return faults
    .map(({ onKey, severity, ...fault }): PolicyIssue => {
      const position = !data.ok
        ? start()
        : onKey === true
          ? data.positionOfKey(fault.pointer)
          : data.positionOf(fault.pointer);
      return { ...fault, severity: severity ?? "error", file, ...position };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

const MAX_NORWAYS = 20;

// YAML 1.1 readers take an unquoted NO for false: the document says "NO" here and `false` there.
function norwayFaults(text: string, data: ParsedData): Fault[] {
  if (!data.ok || !/(?:^|[\s,[{:])NO(?=\s*(?:[,\]}#\n]|$))/m.test(text)) return [];
  const faults: Fault[] = [];
  const rows = text.split("\n");
  const visit = (value: unknown, pointer: string): void => {
    if (faults.length >= MAX_NORWAYS) return;
    if (value === "NO") {
      const { line, column } = data.positionOf(pointer);
      if (rows[line - 1]?.startsWith("NO", column - 1)) {
        faults.push({
          code: "policy/yaml-norway",
          severity: "warning",
          pointer,
          message: "an unquoted NO is the word false to YAML 1.1 readers",
          found: "NO",
          help: 'write "NO"',
        });
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [key, each] of Object.entries(value))
        visit(each, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    }
  };
  visit(data.value, "");
  return faults;
}
