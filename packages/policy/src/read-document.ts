// The main path: text to a valid document with its digest, or to everything that is wrong with it, each fault once and
// where it is. Data first, then the schema, then the sense; a document is never judged for more than its first bad layer.
import { digestOf } from "./canonical.ts";
import { senseOf } from "./check-sense.ts";
import type { DocumentKind, DocumentOfKind, KindedDocument } from "./document.ts";
import { documentKind } from "./document-kind.ts";
import { type ParsedData, parseData } from "./parse-data.ts";
import type { Fault, PolicyIssue } from "./policy-issue.ts";
import { schemaFaults } from "./schema-issues.ts";
import type { Knowledge } from "./sense-of-facts.ts";

type SoundData = Extract<ParsedData, { ok: true }>;

/** A valid document, with its digest (SHA-256 of the canonical form, lower-case hex; made when first asked for) and what was noticed about it. */
export type ReadDocument = {
  readonly [Kind in DocumentKind]: {
    readonly kind: Kind;
    readonly document: DocumentOfKind[Kind];
    readonly digest: string;
    readonly warnings: readonly PolicyIssue[];
  };
}[DocumentKind];

/** How to read. `file` is named in issues. */
export interface ReadOptions extends Knowledge {
  readonly file: string;
}

/**
 * Reads a document from YAML 1.2 or JSON: a policy, a policy set, a list reference, a vocabulary, or golden tests.
 *
 * Its `kind` says which; left out, `rules` make a policy, `layers` a policy set, `terms` a vocabulary, `tests` golden tests,
 * a `format` a list. Errors: see PolicyIssue; one per fault, in the order
 * of the text. Never throws.
 */
export function readDocument(
  text: string,
  options: ReadOptions,
):
  | { readonly ok: true; readonly value: ReadDocument }
  | { readonly ok: false; readonly issues: readonly PolicyIssue[] } {
  const data = parseData(text, options);
  if (!data.ok) return { ok: false, issues: data.issues.map((issue) => ({ ...issue, pointer: "" })) };
  const told = documentKind(data.value);
  const kind = told.ok ? told.kind : null;
  const faults = told.ok ? withGuesses(schemaFaults(told.kind, data.value), options) : [told.fault];
  const sense =
    faults.length > 0 || kind === null
      ? []
      : senseOf({ kind, document: data.value } as KindedDocument, options);
  const all = [...faults, ...sense, ...norwayFaults(text, data)];
  const issues = all.length === 0 ? [] : placed(all, data, options.file);
  if (kind === null || issues.some((issue) => issue.severity === "error")) return { ok: false, issues };
  return { ok: true, value: withDigest(kind, data.value, issues) };
}

const OF_A_PLACE = /\/(?:jurisdiction|where|host|(?:territories|except|egress)\/\d+)$/;

// The schema knows the form of a code; which one was meant, only who knows the codes can guess (`DEU`, `Germany`, `UK`).
function withGuesses(faults: readonly Fault[], { suggestTerritory }: Knowledge): readonly Fault[] {
  if (suggestTerritory === undefined) return faults;
  return faults.map((fault) => {
    if (fault.code !== "policy/format" || fault.found === undefined || !OF_A_PLACE.test(fault.pointer))
      return fault;
    const guess = suggestTerritory(fault.found);
    return guess === null ? fault : { ...fault, help: `did you mean ${guess}?` };
  });
}

// A digest costs as much as all the checks before it together, and who lints has no use for it: it waits to be asked for.
function withDigest(kind: DocumentKind, document: unknown, warnings: readonly PolicyIssue[]): ReadDocument {
  let digest: string | undefined;
  return {
    kind,
    document,
    warnings,
    get digest() {
      digest ??= digestOf(document);
      return digest;
    },
  } as ReadDocument;
}

function placed(faults: readonly Fault[], data: SoundData, file: string): PolicyIssue[] {
  return faults
    .map(({ onKey, severity, ...fault }): PolicyIssue => {
      const position = onKey === true ? data.positionOfKey(fault.pointer) : data.positionOf(fault.pointer);
      return { ...fault, severity: severity ?? "error", file, ...position };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

const MAX_NORWAYS = 20;

// YAML 1.1 readers take an unquoted NO for false: the document says "NO" here and `false` there.
function norwayFaults(text: string, data: SoundData): Fault[] {
  if (!/(?:^|[\s,[{:])NO(?=\s*(?:[,\]}#\n]|$))/m.test(text)) return [];
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
