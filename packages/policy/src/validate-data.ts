// The schema and no more: for whoever has the data already, in a browser or a worker. read-document.ts also reads text,
// checks the sense, and knows lines.
import type { KindedDocument } from "./document.ts";
import { documentKind } from "./document-kind.ts";
import type { Fault } from "./policy-issue.ts";
import { schemaFaults } from "./schema-issues.ts";

/**
 * Holds data against the schema of its kind.
 *
 * Errors: each fault once, with its JSON Pointer; at most a thousand. Never throws. Cost: about 5 µs per rule.
 */
export function validateData(
  value: unknown,
):
  | { readonly ok: true; readonly value: KindedDocument }
  | { readonly ok: false; readonly issues: readonly Fault[] } {
  const told = documentKind(value);
  if (!told.ok) return { ok: false, issues: [told.fault] };
  const issues = schemaFaults(told.kind, value);
  return issues.length > 0
    ? { ok: false, issues }
    : { ok: true, value: { kind: told.kind, document: value } as KindedDocument };
}
