import { writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { FORMATS } from "./formats.ts";
import { folder, mapSchema, nameOfRef, type Schema, type Schemas } from "./read-schemas.ts";

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
    stdin: { contents: HELPERS + shortened(generate(ajv, names)), resolveDir: folder, loader: "js" },
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

// Ajv writes the same lines for each error, copies all errors so far wherever a value adds one (quadratic in a document with
// many faults), and keeps books about fields evaluated, which no schema here asks for.
const HELPERS = `
const add = (all, error) => (all === null ? [error] : (all.push(error), all));
const join = (all, more) => { if (all === null) return more; for (const error of more) all.push(error); return all; };
const codePoints = (text) => { let count = 0; for (const _ of text) count += 1; return count; };
`;

function shortened(code: string): string {
  const shorter = [
    [
      /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g,
      "vErrors = add(vErrors, $2);",
    ],
    [
      /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g,
      "vErrors = join(vErrors, $1.errors)",
    ],
    [
      /const (evaluated\d+) = \w+\.evaluated;\nif\(\1\.dynamicProps\)\{\n\1\.props = undefined;\n\}\nif\(\1\.dynamicItems\)\{\n\1\.items = undefined;\n\}\n/g,
      "",
    ],
    [/^validate\d+\.evaluated = .*$/gm, ""],
    [
      /^(?:evaluated\d+\.props = )?props\d+ = true;$|^evaluated\d+\.props = props\d+;$|^if\(props\d+ !== true\)\{\nprops\d+ = true;\n\}$|^var props\d+ = true;$/gm,
      "",
    ],
    [/,schemaPath:"(?!#\/anyOf\/\d|[^"]*propertyNames\/)[^"]*"/g, ""],
    [/(, ?parentData(?:Property)?(?::[^,}]+)?)+/g, ""],
    [/, rootData=data, dynamicAnchors=\{\}/g, ""],
    [/,rootData,dynamicAnchors\}\)/g, "})"],
    [/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, "codePoints"],
    [/(if\(!(pattern\d+)\.test\(\w+\)\)\{\n.*params:\{)pattern: "[^\n]*"\}/g, "$1pattern: $2.source}"],
  ] as const;
  let short = code;
  for (const [what, by] of shorter) {
    const before = short;
    short = short.replace(what, by);
    if (before === short) throw new Error(`the code that Ajv makes has changed: there is no ${what.source}`);
  }
  const odd = /.*(?:\.concat\(|dynamicAnchors|evaluated|\beval\b|new Function|require\().*/.exec(short);
  if (odd !== null) throw new Error(`the code that Ajv makes has changed: ${odd[0]}`);
  return short;
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
