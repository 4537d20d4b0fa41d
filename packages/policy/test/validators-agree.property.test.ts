// The validator of this package, Ajv with the normative schemas, Ajv with the draft-07 form, and an implementation by others
// give the same verdict on damaged documents of every kind.
import { globSync, readFileSync } from "node:fs";
import { registerSchema, setShouldValidateFormat, validate } from "@hyperjump/json-schema/draft-2020-12";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { FORMATS } from "../scripts/formats.ts";
import type { DocumentKind } from "../src/document.ts";
import { parseData } from "../src/index.ts";
import { rawErrors } from "../src/validate.ts";
import { mutant, randomFrom } from "./mutate.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 20_000);
const seed = Number(process.env["FUZZ_SEED"] ?? 20_260_301);
const folder = new URL("..", import.meta.url).pathname;
const read = (path: string): object => JSON.parse(readFileSync(`${folder}${path}`, "utf8")) as object;

const sound: readonly (readonly [DocumentKind, unknown])[] = globSync(`${folder}test/fixtures/valid/*.yaml`)
  .sort()
  .map((path) => {
    const data = parseData(readFileSync(path, "utf8"), { file: path });
    if (!data.ok) throw new Error(path);
    const kinds: readonly [string, DocumentKind][] = [
      ["rules", "policy"],
      ["layers", "policy-set"],
      ["terms", "vocabulary"],
      ["tests", "golden-tests"],
      ["maxAge", "list"],
    ];
    const kind = kinds.find(([field]) => field in (data.value as object))?.[1];
    if (kind === undefined) throw new Error(path);
    return [kind, data.value];
  });

// What a `format` asserts is for each implementation to say: both Ajvs get the formats of the package, the other none.
const options = { formats: FORMATS, logger: false } as const;
const ajv2020 = new Ajv2020(options);
const ajv07 = new Ajv(options);
setShouldValidateFormat(false);
const validators = new Map(
  await Promise.all(
    [...new Set(sound.map(([kind]) => kind))].map(async (kind) => {
      const schema = read(`schema/${kind}.schema.json`) as { $id: string };
      registerSchema(schema);
      return [
        kind,
        {
          "Ajv 2020-12": ajv2020.compile(schema),
          "Ajv draft-07": ajv07.compile(read(`schema/draft-07/${kind}.schema.json`)),
          Hyperjump: await validate(schema.$id),
        },
      ] as const;
    }),
  ),
);

test(`four validators agree on ${numRuns} damaged documents`, { timeout: 600_000 }, () => {
  const random = randomFrom(seed);
  let valid = 0;
  for (let run = 0; run < numRuns; run += 1) {
    const [kind, document] = sound[run % sound.length] as (typeof sound)[number];
    const damaged = mutant(document, random);
    const errors = rawErrors(kind, damaged);
    valid += Number(errors.length === 0);
    for (const [name, check] of Object.entries(validators.get(kind) ?? {})) {
      const counted = name === "Hyperjump" ? errors.filter(({ keyword }) => keyword !== "format") : errors;
      const expected = counted.length === 0;
      const verdict = check(damaged as never) as boolean | { valid: boolean };
      if ((typeof verdict === "boolean" ? verdict : verdict.valid) !== expected)
        expect.fail(`${name} says ${String(!expected)} of run ${run}: ${JSON.stringify(damaged)}`);
    }
  }
  // Agreement on nothing but faults, or on nothing but soundness, would say little.
  expect(valid).toBeGreaterThan(numRuns / 50);
  expect(valid).toBeLessThan(numRuns / 2);
});
