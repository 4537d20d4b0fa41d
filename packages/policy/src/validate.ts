// The generated validator with its type. Ajv's raw errors are many per fault; schema-issues.ts makes one of each.
import { validatePolicy, validatePolicySet } from "./validate.generated.ts";

/** An error as Ajv reports it. */
export interface RawError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly propertyName?: string;
}

interface Validator {
  (value: unknown): boolean;
  errors?: readonly RawError[] | null;
}

/** Every error of a document against its schema; none when it is valid. */
export function rawErrors(kind: "policy" | "policy-set", value: unknown): readonly RawError[] {
  const validate = (kind === "policy" ? validatePolicy : validatePolicySet) as Validator;
  return validate(value) ? [] : (validate.errors ?? []);
}
