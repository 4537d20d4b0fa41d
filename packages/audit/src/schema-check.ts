import type { Schema } from "./entry-schema.ts";

type Typed = Extract<Schema, { type: string }>;
type ObjectSchema = Extract<Schema, { additionalProperties: unknown }>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const patterns = new Map<string, RegExp>();

function matches(pattern: string, value: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = new RegExp(pattern, "u");
    patterns.set(pattern, compiled);
  }
  return compiled.test(value);
}

function checkMembers(value: Record<string, unknown>, schema: ObjectSchema, at: string): string | null {
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    if (/\p{Surrogate}/u.test(name))
      return `${at || "the entry"} has a field whose name is not well-formed Unicode`;
    let expected = schema.additionalProperties;
    if ("properties" in schema && Object.hasOwn(schema.properties, name))
      expected = schema.properties[name] as Schema;
    if (expected === false) return `${at || "the entry"} has an unknown field \`${name.slice(0, 80)}\``;
    const fault = checkValue(member, expected, `${at}/${name}`);
    if (fault !== null) return fault;
  }
  if (!("required" in schema)) return null;
  const missing = schema.required.find((name) => !Object.hasOwn(value, name) || value[name] === undefined);
  return missing === undefined ? null : `${at || "the entry"} lacks the field \`${missing}\``;
}

/** The first fault of a value against a schema, in words with a JSON pointer, or null. Undefined members are absent. */
export function checkValue(value: unknown, schema: Schema, at: string = ""): string | null {
  const where = at === "" ? "the entry" : at;
  if ("const" in schema) return value === schema.const ? null : `${where} is not \`${schema.const}\``;
  if ("enum" in schema) {
    return schema.enum.includes(value as string) ? null : `${where} is not one of ${schema.enum.join(", ")}`;
  }
  if ("anyOf" in schema) return value === null ? null : checkValue(value, schema.anyOf[0], at);
  if ("oneOf" in schema) return checkOneOf(value, schema.oneOf, at);
  return checkTyped(value, schema, at, where);
}

/** The fault against the only alternative that fits, or against the last one. */
function checkOneOf(value: unknown, alternatives: readonly Schema[], at: string): string | null {
  let fault: string | null = null;
  for (const alternative of alternatives) {
    fault = checkValue(value, alternative, at);
    if (fault === null) return null;
  }
  return fault;
}

function checkTyped(value: unknown, schema: Typed, at: string, where: string): string | null {
  switch (schema.type) {
    case "null":
      return value === null ? null : `${where} is not null`;
    case "string":
      if (typeof value !== "string") return `${where} is not a text`;
      if (/\p{Surrogate}/u.test(value)) return `${where} is not well-formed Unicode`;
      if (value.length > schema.maxLength && Array.from(value).length > schema.maxLength)
        return `${where} is longer than ${schema.maxLength} characters`;
      return schema.pattern === undefined || matches(schema.pattern, value)
        ? null
        : `${where} has the wrong form`;
    case "integer":
    case "number": {
      const isRight = schema.type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
      if (!isRight) return `${where} is not a number of type ${schema.type}`;
      const number = value as number;
      const isInside = number >= schema.minimum && number <= schema.maximum;
      return isInside ? null : `${where} is not between ${schema.minimum} and ${schema.maximum}`;
    }
    case "array": {
      if (!Array.isArray(value)) return `${where} is not a list`;
      if (value.length > schema.maxItems) return `${where} has more than ${schema.maxItems} items`;
      for (const [position, item] of value.entries()) {
        const fault = checkValue(item, schema.items, `${at}/${position}`);
        if (fault !== null) return fault;
      }
      return null;
    }
    case "object":
    default:
      return isObject(value) ? checkMembers(value, schema, at) : `${where} is not an object`;
  }
}
