// The schemas as SchemaStore takes them: draft-07, Ajv in strict mode, files that are valid and files that are not.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../docs/fences.ts";

const store = join(root, "packages", "policy", "schemastore", "src");
const read = (file: string): string => readFileSync(join(store, file), "utf8");
const catalog = JSON.parse(read("api/json/catalog.json")) as {
  schemas: readonly { name: string; description: string; fileMatch: readonly string[]; url: string }[];
};
const ajv = new Ajv({
  strict: true,
  allowUnionTypes: true,
  formats: { "date-time": true, date: true, uri: true },
});
const schemas = globSync("schemas/json/*.json", { cwd: store }).sort();
const validators = new Map(
  schemas.map((file) => {
    const schema = JSON.parse(read(file)) as { $id: string };
    return [file.replace(/^.*\/|\.json$/g, ""), { schema, validate: ajv.compile(schema) }] as const;
  }),
);

describe("the layout of SchemaStore", () => {
  test("each schema is in the catalogue, at its address", () => {
    expect(schemas.length).toBe(5);
    expect(catalog.schemas.map(({ url }) => url).sort()).toEqual(
      [...validators.values()].map(({ schema }) => schema.$id).sort(),
    );
    for (const { name, description, fileMatch } of catalog.schemas) {
      expect(name).toMatch(/^demarc /);
      expect(description.length).toBeGreaterThan(10);
      expect(fileMatch.length).toBeGreaterThan(0);
    }
  });

  test("no two schemas match the same file", () => {
    const patterns = catalog.schemas.flatMap(({ fileMatch }) => fileMatch);
    expect(new Set(patterns).size).toBe(patterns.length);
  });

  const files = (kind: string) =>
    globSync(`${kind}/*/*.yaml`, { cwd: store })
      .sort()
      .map((file) => [file, file.split("/")[1] ?? ""] as const);

  test.each(files("test"))("%s is valid", (file, name) => {
    const { validate } = validators.get(name) ?? {};
    expect(validate?.(parse(read(file))), JSON.stringify(validate?.errors)).toBe(true);
  });

  test.each(files("negative_test"))("%s is not", (file, name) =>
    expect(validators.get(name)?.validate(parse(read(file)))).toBe(false),
  );

  test("every schema has a file to be tested with", () =>
    expect(new Set(files("test").map(([, name]) => name))).toEqual(new Set(validators.keys())));
});
