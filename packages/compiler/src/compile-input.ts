import type { PolicyDocument, PolicySetDocument } from "@demarc/policy";

/** Everything that a compilation reads. Documents are valid as `@demarc/policy` says; nothing is fetched. */
export interface CompileInput {
  readonly set: {
    readonly document: PolicySetDocument;
    readonly digest: string;
    readonly file?: string | undefined;
  };
  readonly policies: readonly {
    /** As written in the set's layers. */
    readonly path: string;
    readonly document: PolicyDocument;
    /** SHA-256 of the canonical form, lower-case hex. */
    readonly digest: string;
    readonly file?: string | undefined;
  }[];
  /** Their bytes must not change while they are compiled. */
  readonly lists: readonly { readonly ref: string; readonly bytes: Uint8Array }[];
}

/**
 * What was noticed while compiling.
 *
 * Codes: `compiler/missing-policy`, `compiler/policy-twice`, `compiler/duplicate-rule`, `compiler/unknown-territory`, `compiler/unknown-zone`,
 * `compiler/selector` (errors: no image); `compiler/list-missing`, `compiler/list-digest`, `compiler/list-encoding`, `compiler/list-category` (errors
 * of one list: it is left out, so the rule matches or excepts nothing through it, and the rest compiles); `compiler/list-lines`,
 * `compiler/list-patterns`, `compiler/list-widened`, `compiler/unknown-override`,
 * `compiler/conflict` (warnings).
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly help?: string | undefined;
  readonly file?: string | undefined;
  readonly rule?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Sizes, for people. */
export interface CompileStats {
  readonly rules: number;
  readonly listEntries: number;
  readonly names: number;
  readonly urls: number;
  readonly prefixes: number;
  readonly bytes: number;
}
