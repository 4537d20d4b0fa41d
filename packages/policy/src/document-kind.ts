// Which schema a document is held against: what its field `kind` says, else what its fields tell.
import type { DocumentKind } from "./document.ts";
import { shown, suggest } from "./internal/suggest.ts";
import type { Fault } from "./policy-issue.ts";

const KINDS: readonly DocumentKind[] = ["policy", "policy-set", "list", "vocabulary", "golden-tests"];

// The field that only this kind has.
const OWN_FIELD: readonly (readonly [field: string, kind: DocumentKind])[] = [
  ["rules", "policy"],
  ["layers", "policy-set"],
  ["terms", "vocabulary"],
  ["tests", "golden-tests"],
  ["maxAge", "list"],
  ["format", "list"],
];

/** The kind of a document, or what prevents telling it. */
export function documentKind(
  value: unknown,
): { readonly ok: true; readonly kind: DocumentKind } | { readonly ok: false; readonly fault: Fault } {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return noKind(value === null || value === undefined ? "the document is empty" : "a document is a map");
  const fields = value as Readonly<Record<string, unknown>>;
  const stated = fields["kind"];
  if (stated !== undefined) {
    const kind = KINDS.find((each) => each === stated);
    if (kind !== undefined) return { ok: true, kind };
    const guess = typeof stated === "string" ? suggest(stated, KINDS) : undefined;
    return {
      ok: false,
      fault: {
        code: "policy/kind",
        pointer: "/kind",
        message: `${shown(stated)} is no kind of document`,
        expected: KINDS.join(", "),
        found: shown(stated).slice(1, -1),
        help: guess === undefined ? `known are ${KINDS.join(", ")}` : `did you mean \`${guess}\`?`,
      },
    };
  }
  const own = OWN_FIELD.find(([field]) => field in fields) ?? misspelt(Object.keys(fields));
  return own === undefined ? noKind("this is no kind of document that is known") : { ok: true, kind: own[1] };
}

// A misspelt field still tells the kind; the schema then reports the spelling.
function misspelt(fields: readonly string[]): (typeof OWN_FIELD)[number] | undefined {
  return OWN_FIELD.find(([own]) => fields.some((field) => field.length > 3 && suggest(field, [own]) === own));
}

function noKind(message: string): { readonly ok: false; readonly fault: Fault } {
  return {
    ok: false,
    fault: {
      code: "policy/kind",
      pointer: "",
      message,
      expected: "`rules`, `layers`, `terms`, `tests` or a list's `format`",
      help: "a policy has `rules`, a policy set `layers`, a vocabulary `terms`; or say it: `kind: policy`",
    },
  };
}
