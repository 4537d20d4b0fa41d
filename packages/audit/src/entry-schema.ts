import type { Entry } from "./entry.ts";

// The normative form of an entry. `schema/entry.schema.json` is this value, written out; `decodeEntry` and
// `encodeEntry` check against it with the few keywords that it uses.

/** The keywords of JSON Schema 2020-12 that the entry schema uses. All objects are closed, or are maps. */
export type Schema =
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, Schema>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  | { readonly type: "object"; readonly additionalProperties: Schema }
  | { readonly type: "array"; readonly items: Schema; readonly maxItems: number }
  | { readonly type: "string"; readonly maxLength: number; readonly pattern?: string }
  | { readonly type: "integer" | "number"; readonly minimum: number; readonly maximum: number }
  | { readonly const: string | number }
  | { readonly enum: readonly string[] }
  | { readonly anyOf: readonly [Schema, { readonly type: "null" }] }
  | { readonly type: "null" };

/** A closed object; names in `optional` may be absent. */
function closed(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required, additionalProperties: false };
}

const text: Schema = { type: "string", maxLength: 8192 };
const label: Schema = { type: "string", maxLength: 512, pattern: "^[^\\u0000-\\u001f\\u007f]+$" };
const digest: Schema = { type: "string", maxLength: 64, pattern: "^[0-9a-f]{64}$" };
const instant: Schema = {
  type: "string",
  maxLength: 24,
  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$",
};
const count: Schema = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const listOf = (items: Schema, maxItems: number): Schema => ({ type: "array", items, maxItems });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

const policyReference = closed({ id: label, version: label, digest });
const setFields = { set: label, version: label, digest, image: digest };

const place = closed({
  connector: label,
  territory: label,
  confidence: { type: "number", minimum: 0, maximum: 1 },
});

const input = closed(
  {
    name: label,
    address: { type: "string", maxLength: 45, pattern: "^[0-9a-f.:]+$" },
    port: { type: "integer", minimum: 0, maximum: 65_535 },
    protocol: { enum: ["tcp", "udp"] },
    url: text,
    dataClasses: listOf(label, 64),
  },
  ["name", "address", "port", "protocol", "url", "dataClasses"],
);

const citation = closed(
  {
    scheme: label,
    id: text,
    pinpoint: listOf(text, 64),
    title: text,
    court: text,
    date: label,
    sha256: digest,
  },
  ["pinpoint", "title", "court", "date", "sha256"],
);

const law = closed({
  kind: label,
  authority: closed({ name: text, type: label, jurisdiction: label, contact: text }, [
    "jurisdiction",
    "contact",
  ]),
  citations: listOf(citation, 64),
});

const decision = closed({
  effect: { enum: ["allow", "block", "gate", "route"] },
  verdict: { enum: ["pass", "refuse"] },
  reason: label,
  rule: orNull(label),
  layer: orNull(label),
  observed: listOf(label, 256),
});

type Fields = {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly optional?: readonly string[];
};

const fields: Readonly<Record<Entry["type"], Fields>> = {
  decision: {
    properties: {
      id: label,
      time: instant,
      places: listOf(place, 256),
      policy: closed({ ...setFields, rulePolicy: policyReference }, ["rulePolicy"]),
      engine: closed({ name: label, version: label }),
      input,
      decision,
      law: orNull(law),
      response: label,
    },
  },
  count: {
    properties: {
      from: instant,
      until: instant,
      counts: { type: "object", additionalProperties: count },
      byRule: { type: "object", additionalProperties: count },
    },
    optional: ["byRule"],
  },
  gap: { properties: { from: instant, until: instant, count, cause: text } },
  heartbeat: { properties: { time: instant } },
  "policy.activated": {
    properties: { time: instant, policy: closed(setFields), policies: listOf(policyReference, 256) },
    optional: ["policies"],
  },
  "policy.refused": {
    properties: {
      time: instant,
      issues: listOf(closed({ code: label, message: text }), 64),
      image: orNull(digest),
    },
  },
  key: { properties: { time: instant, verifierKey: label } },
};

/** The schema of each entry type. */
export const entrySchemas: Readonly<Record<Entry["type"], Schema>> = Object.fromEntries(
  Object.entries(fields).map(([type, { properties, optional }]) => [
    type,
    closed({ v: { const: 1 }, type: { const: type }, enforcer: label, ...properties }, optional),
  ]),
) as Record<Entry["type"], Schema>;

/** The JSON Schema 2020-12 document of an entry, as in `schema/entry.schema.json`. */
export const entrySchema: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:demarc:audit:entry:1",
  title: "Entry of a demarc audit log",
  description:
    "Written as canonical JSON (RFC 8785), at most 65,535 bytes. All objects are closed: there is no field for a client.",
  oneOf: Object.values(entrySchemas),
};
