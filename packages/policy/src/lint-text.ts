import type { KindedDocument } from "./document.ts";
import type { LintContext } from "./lints/lint-context.ts";
import { lintDocument } from "./lints/lint-document.ts";
import { parseData } from "./parse-data.ts";
import type { PolicyIssue } from "./policy-issue.ts";

/** The lints of a valid document with their places in its text. */
export function lintText(
  text: string,
  document: KindedDocument,
  context: LintContext & { readonly file: string },
): readonly PolicyIssue[] {
  const faults = lintDocument(document, context);
  if (faults.length === 0) return [];
  const data = parseData(text, context);
  return faults.map(({ onKey: _onKey, severity, ...fault }) => ({
    ...fault,
    severity: severity ?? "error",
    file: context.file,
    ...(data.ok ? data.positionOf(fault.pointer) : { line: 1, column: 1 }),
  }));
}
