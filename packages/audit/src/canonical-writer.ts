import type { Schema } from "./entry-schema.ts";
import { keepingTexts } from "./lasting-part.ts";

// Checks a value against a schema and writes its canonical JSON (RFC 8785) in one pass. The order of members is known from
// the schema, so nothing is sorted; null says that something does not fit, and `checkValue` then says what.

/** The canonical text of a value that fits the schema, or null. */
export type CanonicalWriter = (value: unknown) => string | null;

// Printable ASCII that JSON writes as it is: no further check, no escape.
const PLAIN = /^[ !#-[\]-~]*$/;
const SURROGATE = /\p{Surrogate}/u;

function textWriter(maxLength: number, pattern: string | undefined): CanonicalWriter {
  const form = pattern === undefined ? null : new RegExp(pattern, "u");
  // A form that names what is allowed, rather than what is not, allows nothing that JSON would escape.
  const isPlain = pattern !== undefined && !pattern.includes("[^");
  return (value) => {
    if (typeof value !== "string") return null;
    if (value.length > maxLength && Array.from(value).length > maxLength) return null;
    if (form !== null && !form.test(value)) return null;
    if (isPlain || PLAIN.test(value)) return `"${value}"`;
    return SURROGATE.test(value) ? null : JSON.stringify(value);
  };
}

function numberWriter(isInteger: boolean, minimum: number, maximum: number): CanonicalWriter {
  return (value) => {
    if (typeof value !== "number" || value < minimum || value > maximum) return null;
    if (isInteger ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return null;
    // RFC 8785 section 3.2.2.3 takes ECMAScript's form of numbers; minus zero is 0 in it.
    return String(value);
  };
}

function arrayWriter(items: CanonicalWriter, maxItems: number): CanonicalWriter {
  return (value) => {
    if (!Array.isArray(value) || value.length > maxItems) return null;
    let text = "[";
    for (let at = 0; at < value.length; at += 1) {
      const item = items(value[at]);
      if (item === null) return null;
      text += at === 0 ? item : `,${item}`;
    }
    return `${text}]`;
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Members in the order of their names as UTF-16 code units (RFC 8785 section 3.2.3). */
const byUnits = (a: string, b: string): number => (a < b ? -1 : 1);

function closedWriter(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
): CanonicalWriter {
  const members = Object.keys(properties)
    .toSorted(byUnits)
    .map((name) => ({
      name,
      head: `${JSON.stringify(name)}:`,
      write: canonicalWriter(properties[name] as Schema),
      isRequired: required.includes(name),
    }));
  return (value) => {
    if (!isObject(value)) return null;
    let text = "";
    let found = 0;
    for (const { name, head, write, isRequired } of members) {
      const member = value[name];
      if (member === undefined) {
        if (isRequired) return null;
        continue;
      }
      const written = write(member);
      if (written === null) return null;
      text += found === 0 ? head + written : `,${head}${written}`;
      found += 1;
    }
    const names = Object.keys(value);
    if (names.length !== found && names.filter((name) => value[name] !== undefined).length !== found)
      return null;
    return `{${text}}`;
  };
}

function mapWriter(write: CanonicalWriter): CanonicalWriter {
  return (value) => {
    if (!isObject(value)) return null;
    const parts: string[] = [];
    for (const name of Object.keys(value).toSorted(byUnits)) {
      if (value[name] === undefined) continue;
      const written = write(value[name]);
      if (written === null || SURROGATE.test(name)) return null;
      parts.push(`${JSON.stringify(name)}:${written}`);
    }
    return `{${parts.join()}}`;
  };
}

function firstOf(writers: readonly CanonicalWriter[]): CanonicalWriter {
  return (value) => {
    for (const write of writers) {
      const text = write(value);
      if (text !== null) return text;
    }
    return null;
  };
}

const writeNull: CanonicalWriter = (value) => (value === null ? "null" : null);

function constantWriter(values: readonly (string | number)[]): CanonicalWriter {
  const texts = new Map<unknown, string>(values.map((value) => [value, JSON.stringify(value)]));
  return (value) => texts.get(value) ?? null;
}

/** The writer of a schema. */
export function canonicalWriter(schema: Schema): CanonicalWriter {
  if ("const" in schema) return constantWriter([schema.const]);
  if ("enum" in schema) return constantWriter(schema.enum);
  if ("anyOf" in schema) {
    const inner = canonicalWriter(schema.anyOf[0]);
    return (value) => (value === null ? "null" : inner(value));
  }
  if ("oneOf" in schema) return firstOf(schema.oneOf.map(canonicalWriter));
  switch (schema.type) {
    case "null":
      return writeNull;
    case "string":
      return textWriter(schema.maxLength, schema.pattern);
    case "integer":
    case "number":
      return numberWriter(schema.type === "integer", schema.minimum, schema.maximum);
    case "array":
      return arrayWriter(canonicalWriter(schema.items), schema.maxItems);
    case "object":
    default:
      return "properties" in schema
        ? keepingTexts(closedWriter(schema.properties, schema.required))
        : mapWriter(canonicalWriter(schema.additionalProperties));
  }
}
