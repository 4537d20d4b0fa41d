import type { PolicyDocument } from "./document.ts";
import { type LintContext, lintPolicy } from "./lint-policy.ts";
import { parseData } from "./parse-data.ts";
import type { PolicyIssue } from "./policy-issue.ts";

/** The lints of a valid policy with their places in its text. */
export function lintText(
  text: string,
  document: PolicyDocument,
  context: LintContext & { readonly file: string },
): readonly PolicyIssue[] {
  const faults = lintPolicy(document, context);
  if (faults.length === 0) return [];
  const data = parseData(text, context);
  return faults.map(({ onKey: _onKey, severity, ...fault }) => ({
    ...fault,
    severity: severity ?? "error",
    file: context.file,
    ...(data.ok ? data.positionOf(fault.pointer) : { line: 1, column: 1 }),
  }));
}
