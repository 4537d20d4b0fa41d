// The profile of a vocabulary: the JSON Schema of what `extensions` may say under its own name, and nothing else.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { root } from "../toolchain.mjs";

const TOP_KEYWORDS = [
  "$schema",
  "$id",
  "title",
  "description",
  "type",
  "properties",
  "$defs",
  "examples",
  "$comment",
];
// What would reach out of the profile, or change what the core says about a document.
const FORBIDDEN = [
  "$dynamicRef",
  "$dynamicAnchor",
  "$anchor",
  "unevaluatedProperties",
  "unevaluatedItems",
  "if",
  "then",
  "else",
  "not",
];
const URI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

/**
 * Opens schema.json of a folder; a vocabulary of terms alone has none.
 * @returns {Promise<{ schema: object | null, ajv: Ajv2020 | null, faults: string[], issuesOf: (file: string) => object[] }>}
 */
export async function openProfile(folder, name, vocabularyId) {
  const file = join(folder, "schema.json");
  const none = { schema: null, ajv: null, faults: [], issuesOf: () => [] };
  if (!existsSync(file)) return none;
  let schema;
  try {
    schema = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return { ...none, faults: [`is no JSON: ${error.message}`] };
  }
  const faults = formFaults(schema, name, vocabularyId);
  if (faults.length > 0) return { ...none, schema, faults };
  const ajv = new Ajv2020({ allErrors: true, strict: true, formats: { uri: URI } });
  try {
    ajv.addKeyword("x-note");
    ajv.compile(schema);
  } catch (error) {
    return { ...none, schema, faults: [`is no sound schema: ${error.message}`] };
  }
  const validate = ajv.getSchema(schema.$id);
  const { parseData } = await import(
    pathToFileURL(join(root, "packages", "policy", "dist", "index.js")).href
  );
  const issuesOf = (path) => {
    const data = parseData(readFileSync(path, "utf8"), { file: path });
    if (!data.ok) return [];
    return extensionsOf(data.value).flatMap(({ pointer, value }) => {
      if (validate(value)) return [];
      return withoutBranches(validate.errors).map((error) => issueOf(error, pointer, data));
    });
  };
  return { schema, ajv, faults: [], issuesOf };
}

// Only additions: an object with fields of the vocabulary's own name, each described.
function formFaults(schema, name, vocabularyId) {
  const faults = [];
  if (schema.$schema !== "https://json-schema.org/draft/2020-12/schema")
    faults.push("is not of draft 2020-12");
  if (schema.$id !== `${vocabularyId}/schema.json`)
    faults.push(`has to have the $id ${vocabularyId}/schema.json`);
  if (schema.type !== "object")
    faults.push('has to say `"type": "object"`: it is the schema of `extensions`');
  for (const keyword of Object.keys(schema))
    if (!TOP_KEYWORDS.includes(keyword))
      faults.push(`says \`${keyword}\` about all extensions; a vocabulary speaks of its own fields only`);
  const own = new RegExp(`^x-${name}(?:-[a-z0-9-]+)?$`);
  for (const field of Object.keys(schema.properties ?? {}))
    if (!own.test(field))
      faults.push(`defines \`${field}\`; its fields are named \`x-${name}\` or \`x-${name}-...\``);
  if (Object.keys(schema.properties ?? {}).length === 0) faults.push("defines no field");
  visit(schema, "", (each, at) => {
    for (const keyword of FORBIDDEN) if (keyword in each) faults.push(`uses \`${keyword}\` at ${at || "/"}`);
    if (typeof each.$ref === "string" && !each.$ref.startsWith("#/$defs/"))
      faults.push(`refers to ${each.$ref} at ${at}; only its own $defs are in reach`);
    if (("enum" in each || "const" in each || "properties" in each) && typeof each.description !== "string")
      faults.push(`has no description at ${at || "/"}`);
  });
  return faults;
}

/** Visits every schema within a schema, with its JSON Pointer. */
export function visit(schema, at, look) {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return;
  look(schema, at);
  for (const keyword of ["properties", "$defs", "patternProperties"])
    for (const [name, each] of Object.entries(schema[keyword] ?? {}))
      visit(each, `${at}/${keyword}/${name}`, look);
  for (const keyword of ["oneOf", "anyOf", "allOf", "prefixItems"])
    for (const [index, each] of (schema[keyword] ?? []).entries())
      visit(each, `${at}/${keyword}/${index}`, look);
  for (const keyword of ["items", "additionalProperties", "contains", "propertyNames"])
    visit(schema[keyword], `${at}/${keyword}`, look);
}

/** Every `extensions` of a document, with its JSON Pointer. */
export function extensionsOf(value, pointer = "") {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const at = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return key === "extensions" && !Array.isArray(value)
      ? [{ pointer: at, value: each }]
      : extensionsOf(each, at);
  });
}

// Where no branch of a choice fits, the faults of each branch say nothing more.
function withoutBranches(errors) {
  const choices = errors.filter(({ keyword }) => keyword === "oneOf" || keyword === "anyOf");
  return errors.filter(
    (error) =>
      choices.includes(error) ||
      !choices.some(({ instancePath }) => error.instancePath.startsWith(instancePath)),
  );
}

const CODES = {
  required: "missing",
  additionalProperties: "unknown-field",
  type: "type",
  oneOf: "choice",
  anyOf: "choice",
};

function issueOf(error, pointer, data) {
  const code = `vocabulary/${CODES[error.keyword] ?? "value"}`;
  const extra = error.params.additionalProperty;
  const place =
    extra === undefined
      ? data.positionOf(pointer + error.instancePath)
      : data.positionOfKey(`${pointer}${error.instancePath}/${extra}`);
  return { severity: "error", code, message: `${error.instancePath} ${error.message}`, ...place };
}

/** The data of a YAML file, or null where it is none. */
export async function readData(file) {
  const { parseData } = await import(
    pathToFileURL(join(root, "packages", "policy", "dist", "index.js")).href
  );
  const data = parseData(readFileSync(file, "utf8"), { file });
  return data.ok ? data.value : null;
}
