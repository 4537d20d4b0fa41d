import { mkdirSync, writeFileSync } from "node:fs";
import { folder, mapSchema, type Schema, type Schemas } from "./read-schemas.ts";

/** Writes schema/draft-07/: the same schemas in the draft that editors know best. */
export function writeDraft07({ documents }: Schemas): void {
  mkdirSync(`${folder}schema/draft-07`, { recursive: true });
  for (const [kind, schema] of documents)
    writeFileSync(
      `${folder}schema/draft-07/${kind}.schema.json`,
      `${JSON.stringify(draft07Of(schema), null, 2)}\n`,
    );
}

/** A 2020-12 schema in draft-07: definitions are named otherwise, and a reference stands alone. */
export function draft07Of(schema: Schema): Schema {
  const { $defs, ...rest } = schema;
  const changed = mapSchema({ ...rest, definitions: $defs }, (each) => {
    if (typeof each["$ref"] !== "string") return each;
    const $ref = each["$ref"].replace("#/$defs/", "#/definitions/");
    const { $ref: _, ...siblings } = each;
    return Object.keys(siblings).length === 0 ? { $ref } : { ...siblings, allOf: [{ $ref }] };
  }) as Schema;
  return {
    ...changed,
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: String(schema["$id"]).replace("/schema/1/", "/schema/1/draft-07/"),
  };
}
