import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A JSON Schema as data. */
export type Schema = { [keyword: string]: unknown };

/** The normative schemas: each kind of document, and the definitions that they share. */
export interface Schemas {
  readonly documents: ReadonlyMap<string, Schema>;
  readonly definitions: ReadonlyMap<string, Schema>;
}

/** Kinds of documents: names of schema files, and what the field `kind` says. */
export const KINDS = ["policy", "policy-set", "list", "vocabulary", "golden-tests"] as const;

/** The folder of the package. */
export const folder: string = fileURLToPath(new URL("..", import.meta.url));

/** Reads schema/*.schema.json. Each file stands alone, so that an editor needs one; what two of them define is the same in both. */
export function readSchemas(): Schemas {
  const documents = new Map<string, Schema>();
  const definitions = new Map<string, Schema>();
  for (const kind of KINDS) {
    const schema = JSON.parse(readFileSync(`${folder}schema/${kind}.schema.json`, "utf8")) as Schema;
    documents.set(kind, schema);
    for (const [name, definition] of Object.entries(schema["$defs"] as Record<string, Schema>)) {
      const known = definitions.get(name);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition))
        throw new Error(`${kind}.schema.json defines ${name} otherwise than a schema before it`);
      definitions.set(name, definition);
    }
  }
  return { documents, definitions };
}

/** The name of a definition from a reference to it. */
export function nameOfRef(ref: unknown): string {
  return String(ref).replace("#/$defs/", "");
}

/** Maps every schema within a schema, innermost first. */
export function mapSchema(schema: unknown, change: (schema: Schema) => Schema): unknown {
  if (Array.isArray(schema)) return schema.map((each) => mapSchema(each, change));
  if (typeof schema !== "object" || schema === null) return schema;
  return change(
    Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => [
        keyword,
        keyword === "examples" || keyword === "enum" || keyword === "const"
          ? value
          : mapSchema(value, change),
      ]),
    ),
  );
}
