import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const FILES = {
  policy: {
    name: "demarc policy",
    match: ["*.policy.yaml", "*.policy.yml", "*.policy.json", "**/policies/*/*/valid/*.yaml"],
  },
  "policy-set": {
    name: "demarc policy set",
    match: ["policy-set.yaml", "policy-set.yml", "policy-set.json"],
  },
  list: { name: "demarc list reference", match: ["*.list-reference.yaml", "*.list-reference.json"] },
  vocabulary: { name: "demarc vocabulary", match: ["**/vocabularies/*/vocabulary.json"] },
  "golden-tests": {
    name: "demarc golden tests",
    match: ["golden-tests.yaml", "golden-tests.yml", "*.golden-tests.yaml"],
  },
};
// One fault of the schema for each kind of document that a fixture is there for.
const NEGATIVE = {
  policy: ["unknown-action.yaml", "missing-law.yaml", "no-end.yaml", "unknown-field.yaml"],
  "policy-set": ["set-default.yaml", "set-without-operator.yaml"],
};
const VALID = {
  policy: ["court-order.yaml", "every-field.yaml"],
  "policy-set": ["set.yaml"],
  list: ["list.yaml"],
  vocabulary: ["vocabulary.yaml"],
  "golden-tests": ["golden-tests.yaml"],
};

/** Text by path, as https://github.com/SchemaStore/schemastore has them below src/. */
export function schemaStoreFiles(schemas, fixtures) {
  const files = {};
  const catalog = [];
  for (const [kind, schema] of schemas) {
    const name = `demarc-${kind}`;
    const url = `https://json.schemastore.org/${name}.json`;
    files[`src/schemas/json/${name}.json`] = json({ ...strict(schema), $id: url });
    catalog.push({
      name: FILES[kind].name,
      description: schema.description,
      fileMatch: FILES[kind].match,
      url,
    });
    const present = new Set(
      globSync("{valid,invalid}/*.yaml", { cwd: fixtures }).map((file) => basename(file)),
    );
    for (const file of VALID[kind].filter((each) => present.has(each)))
      files[`src/test/${name}/${file}`] = readFileSync(join(fixtures, "valid", file), "utf8");
    for (const file of (NEGATIVE[kind] ?? []).filter((each) => present.has(each)))
      files[`src/negative_test/${name}/${file}`] = readFileSync(join(fixtures, "invalid", file), "utf8");
  }
  return { ...files, "src/api/json/catalog.json": json({ version: 1, schemas: catalog }) };
}

// SchemaStore compiles with every strict option of Ajv: what is required has to be among the properties beside it.
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    keyword === "examples" || keyword === "enum" || keyword === "const" ? value : strict(value),
  ]);
  const made = Object.fromEntries(entries);
  const lacking = Array.isArray(made.required)
    ? made.required.filter((name) => made.properties?.[name] === undefined)
    : [];
  if (lacking.length === 0) return made;
  const properties = { ...made.properties, ...Object.fromEntries(lacking.map((name) => [name, true])) };
  return { type: "object", ...made, properties };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
