// Ajv's errors to faults: exactly one for each thing that is wrong, in words.

import type { DocumentKind } from "./document.ts";
import { shown, suggest, valueAt } from "./internal/suggest.ts";
import type { Fault } from "./policy-issue.ts";
import { type RawError, rawErrors } from "./validate.ts";

const MISSING: Readonly<Record<string, readonly [code: string, help: string]>> = {
  legalBasis: [
    "policy/missing-law",
    "say on what law the rule rests: kind, discretion, citations and authority",
  ],
  notice: [
    "policy/missing-notice",
    "say what the affected party is told: `notice: { http: 451, ede: 16 }`; a rule can not be silent",
  ],
  citations: ["policy/missing-law", "cite at least one text: eli, ecli, celex, akn, docket or document"],
  remedy: ["policy/missing-field", "say where the affected party can turn to: url and body"],
};

// Faults of a field that is absent or unknown: an object may have several.
const ABSENT = /(?:field|missing-law|missing-notice|no-end)$/;

// Enough to mend a document by; a text of megabytes may have millions.
const MAX_ERRORS = 1000;

/** Faults of a document against its schema: at most a thousand. */
export function schemaFaults(kind: DocumentKind, value: unknown): readonly Fault[] {
  const errors = rawErrors(kind, value).slice(0, MAX_ERRORS);
  const unknownFields = errors.filter((error) => error.keyword === "additionalProperties");
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    if (isEcho(error, errors)) continue;
    const fault = faultOf(error, value, unknownFields);
    if (fault === null) continue;
    // One fault per place: a value of the wrong type is not also out of range.
    const isOfField = ABSENT.test(fault.code);
    const key = isOfField ? `${fault.pointer} ${fault.message}` : fault.pointer;
    if (seen.has(key)) continue;
    seen.add(key);
    faults.push(fault);
  }
  return faults;
}

// Errors that repeat another: the branches of an anyOf, a oneOf around a discriminator, names of extension fields.
function isEcho(error: RawError, errors: readonly RawError[]): boolean {
  if (error.schemaPath?.startsWith("#/anyOf/") === true) return true;
  if (error.keyword === "oneOf" || error.keyword === "if") return true;
  if (error.keyword === "propertyNames")
    return errors.some(
      (other) => other.keyword === "pattern" && isOfName(other) && other.instancePath === error.instancePath,
    );
  if (error.keyword === "discriminator")
    return (
      error.params["error"] === "tag" &&
      errors.some((other) => other.keyword === "required" && other.instancePath === error.instancePath)
    );
  return false;
}

function faultOf(error: RawError, document: unknown, unknownFields: readonly RawError[]): Fault | null {
  const pointer = error.instancePath;
  const found = valueAt(document, pointer);
  const { params } = error;
  switch (error.keyword) {
    case "additionalProperties": {
      const field = String(params["additionalProperty"]);
      const here = found as Readonly<Record<string, unknown>>;
      const free = (params["known"] as readonly string[]).filter((known) => here[known] === undefined);
      const guess = suggest(field, free);
      const fieldPointer = `${pointer}/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return {
        code: "policy/unknown-field",
        pointer: fieldPointer,
        onKey: true,
        message: `there is no field ${shown(field)} here`,
        expected: free.length === 0 ? "no more fields" : `one of ${free.join(", ")}`,
        found: field,
        help:
          guess === undefined
            ? "remove it, or put it under `extensions` with a name that starts with x-"
            : `did you mean \`${guess}\`?`,
      };
    }
    case "required": {
      const field = String(params["missingProperty"]);
      // A misspelt field is one fault, not one unknown and one missing field.
      if (isMisspelt(field, pointer, unknownFields)) return null;
      const [code, help] = MISSING[field] ?? ["policy/missing-field", undefined];
      return { code, pointer, message: `the field \`${field}\` is missing`, expected: field, help };
    }
    case "anyOf":
      if (isMisspelt("expires", pointer, unknownFields) || isMisspelt("reviewBy", pointer, unknownFields))
        return null;
      return {
        code: "policy/no-end",
        pointer,
        message: "the rule has neither `expires` nor `reviewBy`",
        expected: "expires or reviewBy",
        help: "everything ends: say when, or when it is looked at again",
      };
    case "discriminator": {
      const tag = String(params["tag"]);
      return {
        code: "policy/value",
        pointer: `${pointer}/${tag}`,
        message: `${shown(params["tagValue"])} is no ${tag}`,
        expected: (TAGS[tag] ?? []).join(", "),
        found: String(params["tagValue"]),
        help: guessHelp(String(params["tagValue"]), TAGS[tag] ?? []),
      };
    }
    case "enum": {
      const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
      return {
        code: "policy/value",
        pointer,
        message: `${shown(found)} is none of ${allowed.join(", ")}`,
        expected: allowed.join(", "),
        found: String(found),
        help: guessHelp(String(found), allowed),
      };
    }
    case "const":
      return {
        code: "policy/value",
        pointer,
        message: `${shown(found)} is not ${shown(params["allowedValue"])}`,
        expected: String(params["allowedValue"]),
        found: String(found),
      };
    case "type":
      return {
        code: "policy/type",
        pointer,
        message: `${String(params["type"])} is expected, not ${shown(found)}`,
        expected: String(params["type"]),
        found: typeof found,
        help: typeHelp(String(params["type"]), found, pointer),
      };
    case "format":
      return {
        code: "policy/format",
        pointer,
        message: `${shown(found)} is no ${String(params["format"])}`,
        expected: String(params["format"]),
        found: String(found),
        help: FORMAT_HELP[String(params["format"])],
      };
    case "pattern": {
      if (isOfName(error)) {
        const name = error.propertyName ?? "";
        return {
          code: "policy/format",
          pointer: `${pointer}/${name}`,
          onKey: true,
          message: `the name ${shown(name)} has the wrong form`,
          found: name,
          help: "extensions start with `x-`; texts are named by language, such as `en`",
        };
      }
      return {
        code: "policy/format",
        pointer,
        message: `${shown(found)} has the wrong form`,
        expected: `a text such as ${String(params["example"])}`,
        found: String(found),
        help: patternHelp(pointer, params["example"], found),
      };
    }
    case "minItems":
      if (pointer.endsWith("/citations"))
        return {
          code: "policy/missing-law",
          pointer,
          message: "the rule cites no law",
          expected: "at least one citation",
          help: MISSING["citations"]?.[1],
        };
      return rangeFault(error, found);
    default:
      return rangeFault(error, found);
  }
}

function rangeFault(error: RawError, found: unknown): Fault {
  const limit = String(error.params["limit"]);
  const expected = RANGES[error.keyword]?.replace("#", limit) ?? error.keyword;
  return {
    code: "policy/range",
    pointer: error.instancePath,
    message: `${shown(found)} is out of range: ${expected} is expected`,
    expected,
    found: shown(found).slice(1, -1),
  };
}

const RANGES: Readonly<Record<string, string>> = {
  minimum: "# or more",
  maximum: "# or less",
  minLength: "# characters or more",
  minItems: "# item or more",
  minProperties: "# field or more",
  uniqueItems: "no item twice",
};

// The only other place in the schema that the validator keeps.
function isOfName(error: RawError): boolean {
  return error.schemaPath?.includes("propertyNames/") === true;
}

function isMisspelt(field: string, pointer: string, unknownFields: readonly RawError[]): boolean {
  return unknownFields.some(
    (other) =>
      other.instancePath === pointer &&
      suggest(String(other.params["additionalProperty"]), [field]) === field,
  );
}

const TAGS: Readonly<Record<string, readonly string[]>> = {
  type: ["domain", "url", "cidr", "asn", "port", "list", "data-class", "any"],
  action: ["allow", "block", "gate", "route", "observe"],
  scheme: ["eli", "ecli", "celex", "akn", "docket", "document"],
};

// What people write for what the schema calls otherwise.
const ALIASES: Readonly<Record<string, string>> = {
  "log-only": "observe",
  deny: "block",
  permit: "allow",
  suffix: "subdomains",
  ip: "cidr",
  name: "domain",
};

const FORMAT_HELP: Readonly<Record<string, string>> = {
  "date-time": "write it as 2026-02-01T00:00:00Z",
  date: "write it as 2026-02-01",
  uri: "write a whole URI, scheme first",
};

function guessHelp(text: string, candidates: readonly string[]): string {
  const guess = ALIASES[text] ?? suggest(text, candidates);
  return guess === undefined || !candidates.includes(guess)
    ? `known are ${candidates.join(", ")}`
    : `did you mean \`${guess}\`?`;
}

function typeHelp(type: string, found: unknown, pointer: string): string | undefined {
  if (type === "object" && typeof found === "string" && pointer.endsWith("/title"))
    return "write it by language: `{ en: Court order }`";
  if (typeof found === "boolean")
    return "put it in quotes: YAML readers take unquoted words such as NO for true or false";
  if (type === "array" && typeof found === "string") return `write it as a list: \`[${found}]\``;
  if (
    (type === "number" || type === "integer") &&
    typeof found === "string" &&
    Number.isFinite(Number(found))
  )
    return "write it without quotes";
  if (type === "string" && typeof found === "number") return "put it in quotes";
  return undefined;
}

function patternHelp(pointer: string, example: unknown, found: unknown): string | undefined {
  if (/\/(?:territories|except|egress)\/\d+$/.test(pointer) && /^[a-z]{2}$/.test(String(found)))
    return `did you mean \`${String(found).toUpperCase()}\`?`;
  if (/\/(?:territories|except|egress)\/\d+$|\/jurisdiction$|\/host$/.test(pointer))
    return "write an ISO 3166 code such as DE or ES-CN, or a group such as group:EU";
  if (pointer.endsWith("/sha256")) return "write 64 lower-case hexadecimal digits: `sha256sum FILE`";
  return example === "" ? undefined : `write it as in \`${String(example)}\``;
}
