// The schemas themselves: everything in them is described and shown, closed but for its door, and valid by its own measure.
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";

interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const folder = new URL("../schema/", import.meta.url).pathname;
const names = globSync(`${folder}*.schema.json`)
  .sort()
  .map((path) => basename(path));
const read = (name: string): Schema => JSON.parse(readFileSync(folder + name, "utf8")) as Schema;

/** Every schema within one, with its place. */
function within(schema: Schema, at = "#"): (readonly [at: string, schema: Schema])[] {
  const inner = (value: unknown, path: string): (readonly [string, Schema])[] =>
    typeof value === "object" && value !== null ? within(value as Schema, path) : [];
  return [
    [at, schema],
    ...["items", "propertyNames", "additionalProperties"].flatMap((key) =>
      inner(schema[key], `${at}/${key}`),
    ),
    ...["properties", "$defs"].flatMap((key) =>
      Object.entries((schema[key] ?? {}) as Record<string, Schema>).flatMap(([name, each]) =>
        inner(each, `${at}/${key}/${name}`),
      ),
    ),
    ...["oneOf", "anyOf", "allOf"].flatMap((key) =>
      ((schema[key] ?? []) as readonly Schema[]).flatMap((each, index) =>
        inner(each, `${at}/${key}/${index}`),
      ),
    ),
  ];
}

test("there is a schema for each kind of document", () => {
  expect(names).toEqual([
    "golden-tests.schema.json",
    "list.schema.json",
    "policy-set.schema.json",
    "policy.schema.json",
    "vocabulary.schema.json",
  ]);
});

describe.each(names)("%s", (name) => {
  const root = read(name);
  const all = within(root);
  const defined = (ref: string): Schema => root.$defs?.[ref.replace("#/$defs/", "")] as Schema;
  const values = all.filter(([at]) => !/\/(?:propertyNames|anyOf\/\d+)$/.test(at));

  test("every field, value and definition is described", () => {
    const silent = values.filter(([, { description, $ref }]) => {
      const text = description ?? ($ref === undefined ? undefined : defined($ref).description);
      return (text ?? "").length < 3;
    });
    expect(silent.map(([at]) => at).filter((at) => !at.endsWith("/additionalProperties"))).toEqual([]);
  });

  test("every value of an enum is described by name", () => {
    const enums = all.filter(([, schema]) => schema.enum !== undefined);
    for (const [at, { enum: members = [], description = "" }] of enums)
      for (const member of members) expect(description, at).toContain(`\`${String(member)}\`: `);
  });

  test("every leaf has examples, and they are valid", () => {
    const ajv = new Ajv2020({ validateFormats: false, logger: false });
    ajv.addSchema(root);
    for (const [at, schema] of values) {
      const examples =
        schema.examples ?? (schema.$ref === undefined ? undefined : defined(schema.$ref).examples);
      expect(examples?.length ?? 0, at).toBeGreaterThan(0);
      const check = ajv.compile({ $ref: `${String(root["$id"])}${at}` });
      for (const example of schema.examples ?? [])
        expect(check(example), `${at}: ${JSON.stringify(example)} ${JSON.stringify(check.errors)}`).toBe(
          true,
        );
    }
  });

  test("every object is closed; documents and what has an id have a door for others", () => {
    const objects = all.filter(
      ([at, { properties }]) => properties !== undefined && !/\/anyOf\/\d+$/.test(at),
    );
    for (const [at, schema] of objects) expect(schema["additionalProperties"], at).toBe(false);
    for (const [at, { properties }] of objects.filter(
      ([, schema]) => schema.properties?.["id"] !== undefined,
    ))
      if (!at.endsWith("Citation"))
        expect(properties?.["extensions"], at).toEqual({ $ref: "#/$defs/extensions" });
  });

  test("its id holds the major version only, and any strict validator takes it", () => {
    expect(root["$id"]).toMatch(/^https:\/\/demarc\.example\/schema\/\d+\/[a-z-]+\.json$/);
    expect(root["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    const strict = {
      strict: true,
      allowUnionTypes: true,
      strictTypes: false,
      strictRequired: false,
      validateFormats: false,
    } as const;
    expect(() => new Ajv2020(strict).compile(root)).not.toThrow();
    expect(() => new Ajv(strict).compile(read(`draft-07/${name}`))).not.toThrow();
  });

  test("its patterns need no more than every regular expression engine has", () => {
    for (const [at, schema] of all)
      if (typeof schema["pattern"] === "string")
        expect(schema["pattern"], at).not.toMatch(/\(\?(?!:)|\\[1-9bB]/);
  });

  test("what other schemas define too, they define the same", () => {
    for (const other of names)
      for (const [key, definition] of Object.entries(read(other).$defs ?? {}))
        if (root.$defs?.[key] !== undefined) expect(definition, key).toEqual(root.$defs[key]);
  });
});
