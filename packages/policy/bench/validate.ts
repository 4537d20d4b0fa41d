// Milliseconds to read and check policies of 10,000 rules, beside the parts that others would build it from, in one run.
// Run after a build: `npm run bench -- packages/policy`. Rounds take turns; each figure is the median and the best of them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Ajv2020 } from "ajv/dist/2020.js";
import { LineCounter, parse, parseDocument, stringify } from "yaml";
import { digestOf, readDocument } from "../dist/index.js";

const RULES = 10_000;
const ROUNDS = 7;
const FAULT = "no-such-state";

const peers = createRequire(join(import.meta.dirname, "peers", "package.json"));
const jsYaml = peers("js-yaml") as { load: (text: string, options: object) => unknown; CORE_SCHEMA: object };

interface Rule {
  readonly id: string;
  readonly [field: string]: unknown;
}
const sample = parse(
  readFileSync(new URL("../test/fixtures/six-rules.yaml", import.meta.url), "utf8"),
) as Record<string, unknown> & { readonly rules: readonly Rule[] };
const { conflict: _warned, ...head } = sample;

// As in a list of court orders: one domain each, no golden tests.
const first = sample.rules[0];
if (first === undefined) throw new Error("the sample has no rules");
const { tests: _tests, ...least } = first;
const fullRules = made((index) => {
  const { overrides: _, ...rule } = sample.rules[index % sample.rules.length] ?? first;
  return rule;
});
const shortRules = made(() => least);

function made(ruleAt: (index: number) => object): object {
  return {
    ...head,
    rules: Array.from({ length: RULES }, (_, index) => ({ ...ruleAt(index), id: `rule-${index}` })),
  };
}

const schemaFile = new URL("../schema/policy.schema.json", import.meta.url);
const ajv = new Ajv2020({ strict: false, discriminator: true, validateFormats: false });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

function sound(text: string, file: string): void {
  if (!readDocument(text, { file }).ok) throw new Error(`${file} is not valid; the measurement is void`);
}

// One fault in the last rule: it must come with its place, so every place before it is known.
function faulty(text: string, file: string): void {
  const read = readDocument(text, { file });
  const issue = read.ok ? undefined : read.issues.find(({ severity }) => severity === "error");
  const line = text.slice(0, text.lastIndexOf(FAULT)).split("\n").length;
  if (issue?.line !== line) throw new Error(`${file}: ${JSON.stringify(issue)}, not line ${line}`);
}

function checked(value: unknown): void {
  if (!validate(value)) throw new Error("Ajv refuses the document; the measurement is void");
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
let missed = 0;
for (const [what, document] of [
  ["rules without golden tests", shortRules],
  ["the six rules of the README, in turn, with texts and golden tests", fullRules],
] as const) {
  const json = JSON.stringify(document);
  const yaml = stringify(document, { aliasDuplicateObjects: false });
  const spoil = (text: string): string => {
    const at = text.lastIndexOf("in-force");
    return text.slice(0, at) + FAULT + text.slice(at + "in-force".length);
  };
  const [badJson, badYaml] = [spoil(json), spoil(yaml)];
  console.log(
    `\n${RULES.toLocaleString("en")} ${what}: ${megabytes(json)} MB of JSON, ${megabytes(yaml)} MB of YAML`,
  );
  const tasks: readonly Task[] = [
    { name: "demarc, JSON, valid", once: () => sound(json, "policy.json"), target: 150 },
    { name: "demarc, JSON, a fault with its place", once: () => faulty(badJson, "policy.json") },
    { name: "demarc, YAML, valid", once: () => sound(yaml, "policy.yaml"), target: 1000 },
    {
      name: "demarc, YAML, a fault with its place",
      once: () => faulty(badYaml, "policy.yaml"),
      target: 1000,
    },
    { name: "demarc, canonical form and SHA-256", once: () => void digestOf(document) },
    { name: "JSON.parse alone", once: () => void JSON.parse(json) },
    { name: "JSON.parse and Ajv (schema, no sense)", once: () => checked(JSON.parse(json)) },
    {
      name: "js-yaml and Ajv (no places)",
      once: () => checked(jsYaml.load(yaml, { schema: jsYaml.CORE_SCHEMA })),
    },
    {
      name: "yaml with its LineCounter, and Ajv",
      once: () => checked(parseDocument(yaml, { lineCounter: new LineCounter() }).toJS()),
      rounds: 2,
    },
  ];
  report(tasks);
}
if (missed > 0) console.log(`\n${missed} medians are over their target`);

interface Task {
  readonly name: string;
  readonly once: () => void;
  /** Milliseconds that the median should stay within. */
  readonly target?: number;
  readonly rounds?: number;
}

function report(tasks: readonly Task[]): void {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, { once, rounds = ROUNDS }] of tasks.entries()) {
      if (round >= rounds) continue;
      // Each pays for its own garbage, and for no other's.
      collect();
      const start = performance.now();
      once();
      times[index]?.push(performance.now() - start);
    }
  console.log(`${"".padEnd(44)}${"median".padStart(10)}${"best".padStart(10)}   per rule`);
  for (const [index, { name, target }] of tasks.entries()) {
    const sorted = (times[index] ?? []).toSorted((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? 0;
    if (target !== undefined && median > target) missed += 1;
    const mark = target === undefined ? "" : `   ${median <= target ? "within" : "over"} ${target} ms`;
    console.log(
      `${name.padEnd(44)}${ms(median)}${ms(sorted[0] ?? 0)}${`${((median * 1000) / RULES).toFixed(1)} µs`.padStart(11)}${mark}`,
    );
  }
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`.padStart(10);
}

function megabytes(text: string): string {
  return (text.length / 1e6).toFixed(1);
}
