import { writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";
import { folder, mapSchema, nameOfRef, type Schema, type Schemas } from "./read-schemas.ts";

const HEAD =
  "// Made from schema/*.schema.json by scripts/generate.ts with json-schema-to-typescript (npm run generate). Do not edit.\n\n";

/** Writes src/document.generated.ts: a type for each document and definition, named for it. */
export async function writeTypes({ documents, definitions }: Schemas): Promise<void> {
  const all = new Map([...documents, ...definitions]);
  const $defs = Object.fromEntries([...all].map(([name, schema]) => [typeName(name), typed(schema)]));
  const code = await compile({ $id: "Root", $defs, type: "object", properties: {} }, "Root", {
    additionalProperties: false,
    bannerComment: "",
    format: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
  });
  writeFileSync(`${folder}src/document.generated.ts`, HEAD + laidOut(code));
}

function typeName(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

// A reference is the name of its type, so that what is said beside it does not make a type of its own.
function typed(schema: Schema): unknown {
  const { $defs: _defs, $schema: _schema, $id: _id, title: _title, anyOf: _anyOf, ...rest } = schema;
  return mapSchema(rest, ({ $ref, ...each }) =>
    $ref === undefined ? each : { ...each, tsType: typeName(nameOfRef($ref)) },
  );
}

// Documents are read, not written: everything is readonly, and what may be absent may be undefined.
function laidOut(code: string): string {
  let depth = 0;
  let inRoot = false;
  const lines: string[] = [];
  for (const line of code.replace(/export interface Root \{\}\n?/, "").split("\n")) {
    const text = line.trim();
    if (text === "export interface Root {") inRoot = true;
    if (/^[})]/.test(text)) depth -= 1;
    if (!inRoot)
      lines.push(
        text === "" ? "" : "  ".repeat(depth) + (text.startsWith("*") ? ` ${text}` : member(text, depth)),
      );
    if (text.endsWith("{")) depth += 1;
    if (inRoot && text === "}") inRoot = false;
  }
  return `${lines
    .join("\n")
    .replaceAll(
      /\n \*\n \* This interface was referenced by `Root`'s JSON-Schema\n \* via the `definition` "\w+"\.(?=\n)/g,
      "",
    )
    .replaceAll(/\n *\* @(?:min|max)Items \d+(?:\n *\* *)?(?=\n)/g, "")
    .replaceAll(/\n *\* *(?=\n *\*\/)/g, "")
    .trim()}\n`;
}

function member(text: string, depth: number): string {
  const isType = text.startsWith("export type ");
  const isField = depth > 0 && /^(?:\[k: string\]|[\w$]+\??):/.test(text);
  if (!isType && !isField) return text;
  const isOpen = text.endsWith("{");
  const readable = text
    .replaceAll(/(?:\([^()]*\)|\b\w+)\[\]/g, "readonly $&")
    .replace(/(: |= )\(([^()]*)\)$/, "$1$2");
  const isOptional = isField && /^[\w$]+\?:/.test(text) && !isOpen;
  return `${isField ? "readonly " : ""}${readable}${isOptional ? " | undefined" : ""}${isOpen ? "" : ";"}`;
}
