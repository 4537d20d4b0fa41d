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
  | { readonly oneOf: readonly Schema[] }
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
const setFields = { set: label, version: label, digest, image: digest, object: digest };
const engine = closed({ name: label, version: label, digest: orNull(digest) });
const labels = listOf(label, 256);
const keys = listOf({ type: "string", maxLength: 4096, pattern: "^[^\\u0000-\\u001f\\u007f]+$" }, 64);
const sealed = closed({ field: { enum: ["name", "address", "url"] }, epoch: label, commitment: digest });
const pseudonym: Schema = { type: "string", maxLength: 32, pattern: "^[0-9a-f]{32}$" };

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
    sealed: listOf(sealed, 3),
  },
  ["name", "address", "port", "protocol", "url", "dataClasses", "sealed"],
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
    jurisdiction: label,
  },
  ["pinpoint", "title", "court", "date", "sha256", "jurisdiction"],
);

const law = closed({
  kind: label,
  authority: closed({ name: text, type: label, jurisdiction: label, contact: text }, [
    "jurisdiction",
    "contact",
  ]),
  citations: listOf(citation, 64),
});

const conflict = closed({
  strategy: { enum: ["strictest", "subject-first", "operator-first", "report"] },
  outcome: { enum: ["resolved", "unresolved"] },
  laws: listOf(closed({ connector: label, rule: label }), 16),
});

const decision = closed(
  {
    effect: { enum: ["allow", "block", "gate", "route"] },
    verdict: { enum: ["pass", "refuse"] },
    reason: label,
    rule: orNull(label),
    layer: orNull(label),
    observed: labels,
    ground: { enum: ["security", "legal-mandatory", "legal-voluntary", "other"] },
    conflict,
  },
  ["conflict"],
);

const noise: Schema = {
  oneOf: [
    closed({ mechanism: { const: "none" } }),
    closed({
      mechanism: { const: "discrete-laplace" },
      epsilon: { type: "number", minimum: 0.000_001, maximum: 100 },
      sensitivity: { type: "integer", minimum: 1, maximum: 1_000_000 },
    }),
  ],
};

type Fields = {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly optional?: readonly string[];
};

const fields: Readonly<Record<Entry["type"], Fields>> = {
  decision: {
    properties: {
      id: label,
      run: label,
      seq: count,
      time: instant,
      places: listOf(place, 256),
      data: digest,
      policy: closed({ ...setFields, activation: orNull(count), rulePolicy: policyReference }, [
        "rulePolicy",
      ]),
      engine,
      input,
      client: closed({ epoch: label, pseudonym }),
      decision,
      law: orNull(law),
      response: label,
      mode: { enum: ["enforced", "observed"] },
    },
    optional: ["client"],
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
  gap: {
    properties: { from: instant, until: instant, count, cause: text, run: label, first: count, last: count },
    optional: ["run", "first", "last"],
  },
  heartbeat: {
    properties: {
      time: instant,
      run: label,
      seq: count,
      state: { enum: ["started", "running", "ended"] },
      unwitnessed: text,
    },
    optional: ["run", "seq", "state", "unwitnessed"],
  },
  "policy.activated": {
    properties: {
      time: instant,
      policy: closed(setFields),
      engine,
      manifest: digest,
      policies: listOf(policyReference, 256),
    },
    optional: ["policies"],
  },
  "policy.retired": {
    properties: {
      time: instant,
      policy: closed(setFields),
      activation: orNull(count),
      cause: { enum: ["replaced", "withdrawn", "expired", "ended"] },
    },
  },
  "policy.refused": {
    properties: {
      time: instant,
      issues: listOf(closed({ code: label, message: text }), 64),
      image: orNull(digest),
    },
  },
  "data.activated": {
    properties: {
      time: instant,
      data: digest,
      sources: listOf(
        closed({ kind: { enum: ["list", "territories", "database"] }, name: label, version: label, digest }, [
          "version",
        ]),
        256,
      ),
    },
  },
  notice: {
    properties: {
      time: instant,
      id: label,
      state: { enum: ["received", "amended", "complied", "declined", "withdrawn", "expired"] },
      law,
      territories: labels,
      rules: labels,
      until: instant,
      document: digest,
    },
    optional: ["until", "document"],
  },
  appeal: {
    properties: {
      time: instant,
      id: label,
      state: { enum: ["opened", "upheld", "reversed", "withdrawn"] },
      about: closed({ decision: label, rule: label }, ["decision", "rule"]),
      body: text,
      explanation: text,
    },
    optional: ["explanation"],
  },
  override: {
    properties: {
      time: instant,
      id: label,
      rule: label,
      effect: { enum: ["suspended", "restored"] },
      by: text,
      why: text,
      until: instant,
    },
  },
  epoch: {
    properties: {
      time: instant,
      epoch: label,
      state: { enum: ["opened", "destroyed"] },
      commitment: digest,
    },
  },
  release: {
    properties: {
      time: instant,
      id: label,
      from: instant,
      until: instant,
      checkpoint: closed({ origin: label, size: count, root: digest }),
      dimensions: listOf(label, 8),
      threshold: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      noise,
      suppressed: count,
      cells: listOf(closed({ key: listOf(label, 8), value: count }), 2048),
    },
  },
  key: {
    properties: { time: instant, verifierKey: label, further: keys, retired: keys, witnesses: keys },
    optional: ["further", "retired", "witnesses"],
  },
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
    "Written as canonical JSON (RFC 8785), at most 65,535 bytes. All objects are closed: there is no field for a client's address.",
  oneOf: Object.values(entrySchemas),
};
