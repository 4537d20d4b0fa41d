// Every member of an enum and every branch of a oneOf of the normative schemas is used by a valid document of this repository.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../docs/fences.ts";

type Exercise = (
  schema: object,
  ajv: Ajv2020,
  valid: readonly unknown[],
  invalid: readonly unknown[],
) => string[];
const { exercise } = (await import(
  pathToFileURL(join(root, ".tools", "contributions", "exercise.mjs")).href
)) as { exercise: Exercise };

const KINDS = {
  policy: "rules",
  "policy-set": "layers",
  list: "format",
  vocabulary: "terms",
  "golden-tests": "tests",
};
const documents = globSync(
  [
    "packages/policy/test/fixtures/valid/*.yaml",
    "packages/policy/test/fixtures/six-rules.yaml",
    "packages/vocabularies/vocabularies/*/{valid/*.yaml,vocabulary.json}",
    "examples/site/{policies/*,policy-set}.yaml",
  ],
  { cwd: root },
).map((file) => parse(readFileSync(join(root, file), "utf8")) as Record<string, unknown>);

// A part that several kinds share is exercised when one of them exercises it.
const lackingOf = new Map(
  Object.entries(KINDS).map(([kind, field]) => {
    const schema = JSON.parse(
      readFileSync(join(root, "packages", "policy", "schema", `${kind}.schema.json`), "utf8"),
    ) as { $defs: object };
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(schema);
    const ofKind = documents.filter((each) => field in each);
    const lacking = exercise(schema, ajv, ofKind, []).filter((each) => each.startsWith("no file of valid/"));
    return [kind, { lacking, parts: Object.keys(schema.$defs) }] as const;
  }),
);

test.each(Object.keys(KINDS))("%s: every enum member and branch is exercised", (kind) => {
  const { lacking = [] } = lackingOf.get(kind) ?? {};
  const elsewhere = (message: string) => {
    const part = /#\/\$defs\/(\w+)/.exec(message)?.[1];
    return [...lackingOf.values()].some(
      (other) => part !== undefined && other.parts.includes(part) && !other.lacking.includes(message),
    );
  };
  expect(lacking.filter((message) => !elsewhere(message))).toEqual([]);
});
