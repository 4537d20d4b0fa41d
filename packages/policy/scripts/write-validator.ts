import { writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { FORMATS } from "./formats.ts";
import { folder, mapSchema, nameOfRef, type Schema, type Schemas } from "./read-schemas.ts";
import { shorten } from "./shorten.ts";

const HEAD =
  "// @ts-nocheck\n// Made from schema/*.schema.json by scripts/generate.ts with ajv (npm run generate). Do not edit. Contains code of ajv (MIT), see NOTICE.\n";

/** Writes src/validate.generated.ts: Ajv's standalone code, bundled to pure ESM without require or eval. */
export async function writeValidator({ documents, definitions }: Schemas): Promise<void> {
  const $defs: Record<string, unknown> = {};
  for (const [name, schema] of definitions) $defs[name] = bare(schema, definitions);
  for (const [kind, { $defs: _, ...schema }] of documents) $defs[kind] = bare(schema, definitions);
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    inlineRefs: false,
    messages: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    formats: FORMATS,
    code: { source: true, esm: true, lines: true },
    schemas: [{ $id: "demarc", $defs }],
  });
  const names = Object.fromEntries(
    [...documents.keys()].map((kind) => [identifier(kind), `demarc#/$defs/${kind}`]),
  );
  const generate = (standalone as unknown as { default?: typeof standalone }).default ?? standalone;
  const bundled = await build({
    stdin: {
      contents: shorten(generate(ajv, names), examplesOf({ documents, definitions })),
      resolveDir: folder,
      loader: "js",
    },
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    target: "es2022",
    minify: true,
    write: false,
  });
  writeFileSync(`${folder}src/validate.generated.ts`, `${HEAD}${bundled.outputFiles[0]?.text ?? ""}`);
}

// What is shown where a text has the wrong form: the first example beside the pattern, or beside what the pattern is of.
function examplesOf({ documents, definitions }: Schemas): ReadonlyMap<string, string> {
  const examples = new Map<string, string>();
  for (const schema of [...documents.values(), ...definitions.values()])
    mapSchema(schema, (each) => {
      const example: unknown = (each["examples"] as readonly unknown[] | undefined)?.[0];
      if (typeof each["pattern"] === "string" && typeof example === "string")
        examples.set(each["pattern"], example);
      return each;
    });
  return examples;
}

function identifier(kind: string): string {
  return kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^/, "$");
}

// What only people read takes no place in the code; a choice by a tag is told to Ajv, which then reports one branch.
function bare(schema: Schema, definitions: ReadonlyMap<string, Schema>): unknown {
  return mapSchema(schema, (each) => {
    const { description, examples, title, $schema, $id, ...rest } = each;
    // In `properties`, these words may be names of fields.
    const kept = Object.fromEntries(
      Object.entries({ description, examples, title, $schema, $id }).filter(
        ([, value]) => typeof value === "object" && !Array.isArray(value),
      ),
    );
    const tag = Array.isArray(rest["oneOf"]) ? tagOf(rest["oneOf"] as Schema[], definitions) : null;
    // Told that items are strings, Ajv finds equal ones in one pass.
    if (rest["uniqueItems"] === true) rest["items"] = { ...(rest["items"] as Schema), type: "string" };
    return { ...rest, ...kept, ...(tag === null ? {} : { discriminator: { propertyName: tag } }) };
  });
}

function tagOf(branches: readonly Schema[], definitions: ReadonlyMap<string, Schema>): string {
  const first = definitions.get(nameOfRef(branches[0]?.["$ref"]))?.["properties"] as Record<string, Schema>;
  const tag = Object.keys(first).find((field) => first[field]?.["const"] !== undefined);
  if (tag === undefined) throw new Error("a oneOf without a tag reports the faults of every branch");
  return tag;
}
