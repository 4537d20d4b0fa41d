// The generated validator with its type. Ajv's raw errors are many per fault; schema-issues.ts makes one of each.
import type { DocumentKind } from "./document.ts";
import { $goldenTests, $list, $policy, $policySet, $vocabulary } from "./validate.generated.ts";

/** An error as Ajv reports it, without what nobody reads. */
export interface RawError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}

type Validator = (value: unknown) => readonly RawError[] | null;

const VALIDATORS: Readonly<Record<DocumentKind, Validator>> = {
  policy: $policy as Validator,
  "policy-set": $policySet as Validator,
  list: $list as Validator,
  vocabulary: $vocabulary as Validator,
  "golden-tests": $goldenTests as Validator,
};

/** Every error of a document against its schema; none when it is valid. */
export function rawErrors(kind: DocumentKind, value: unknown): readonly RawError[] {
  return VALIDATORS[kind](value) ?? [];
}
