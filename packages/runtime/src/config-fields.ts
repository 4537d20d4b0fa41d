// The checks that the site's small configuration files share: each fault has a JSON Pointer, and all of them are told.
import { Predicate } from "effect";

/** One fault of a configuration file; `pointer` is a JSON Pointer into the document. */
export interface ConfigIssue {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly help?: string | undefined;
}

/** A value, or everything that is wrong with it. */
export type ConfigRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

/** The faults found in one file, whose codes begin with `prefix`. */
export class ConfigFaults {
  readonly issues: ConfigIssue[] = [];
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** A value of another form than expected. */
  form(pointer: string, message: string, help?: string): void {
    this.issues.push({ code: `${this.#prefix}/form`, pointer, message, help });
  }

  /** Tells fields that nothing knows: a misspelt one would be ignored in silence. */
  fields(item: object, known: readonly string[], pointer: string): void {
    for (const key of Object.keys(item))
      if (!known.includes(key))
        this.issues.push({
          code: `${this.#prefix}/unknown-field`,
          pointer: `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
          message: `there is no field \`${key}\``,
          help: `known are ${known.join(", ")}`,
        });
  }

  /** A whole number within bounds, where there is one. */
  whole(item: Readonly<Record<string, unknown>>, key: string, pointer: string, [least, most]: Bounds): void {
    const value = item[key];
    if (value === undefined) return;
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
      this.form(`${pointer}/${key}`, `a whole number from ${least} to ${most} is expected`);
  }

  /** The value where nothing was wrong with it. */
  result<T>(value: T): ConfigRead<T> {
    return this.issues.length > 0 ? { ok: false, issues: this.issues } : { ok: true, value };
  }
}

type Bounds = readonly [least: number, most: number];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Predicate.isObjectKeyword(value) && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return values.some((each) => each === value);
}
