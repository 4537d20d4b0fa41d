// The check of contributed vocabularies against vocabularies that are wrong in one way each: it must say so.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../docs/fences.ts";

interface Fault {
  readonly message: string;
}
interface Contribution {
  readonly folder: string;
}

type Tool = (...args: readonly unknown[]) => unknown;

const tool = async (file: string, name: string): Promise<Tool> => {
  const module = (await import(pathToFileURL(join(root, ".tools", "contributions", file)).href)) as Record<
    string,
    Tool | undefined
  >;
  const found = module[name];
  if (found === undefined) throw new Error(`${file} exports no ${name}`);
  return found;
};

const change = (file: string, what: string | RegExp, by: string) => (folder: string) => {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(what, by);
  if (after === before) throw new Error(`${file} has no ${String(what)}`);
  writeFileSync(path, after);
};
const add = (file: string, from: string, edit: (text: string) => string) => (folder: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), edit(readFileSync(join(folder, from), "utf8")));
};
const remove = (file: string) => (folder: string) => rmSync(join(folder, file), { recursive: true });
const release = (edit: (text: string) => string) => (folder: string) => {
  add("released/0.9.0/vocabulary.json", "vocabulary.json", (text) => text)(folder);
  add("released/0.9.0/every-risk.yaml", "valid/every-risk.yaml", edit)(folder);
};

// Each begins as a copy of the vocabulary `minors`; null: it must stay sound.
const CASES: readonly (readonly [string, (folder: string) => void, RegExp | null])[] = [
  ["unchanged", () => {}, null],
  ["no changelog", remove("CHANGELOG.md"), /there is no CHANGELOG\.md/],
  ["a version that the changelog lacks", change("CHANGELOG.md", "1.0.0", "0.9.0"), /no heading for 1\.0\.0/],
  ["no valid file", remove("valid"), /there is no valid/],
  ["no invalid file", remove("invalid"), /there is no invalid/],
  ["another id", change("vocabulary.json", "/1/minors", "/2/minors"), /has the id/],
  ["no JSON", change("vocabulary.json", "{", ""), /policy\//],
  [
    "a term of another vocabulary",
    change("vocabulary.json", '"grooming"', '"phishing"'),
    /is in network-security already/,
  ],
  [
    "a term that no file uses",
    change("vocabulary.json", '"grooming"', '"kindness"'),
    /uses the term `kindness`/,
  ],
  [
    "an enum member that no file has",
    change("schema.json", '"grooming",', '"grooming", "x",'),
    /has "x" where/,
  ],
  [
    "an enum that nothing violates",
    remove("invalid/unknown-method.yaml"),
    /is refused by schema\.json#.*methods\/items/,
  ],
  ["a core field", change("schema.json", '"x-minors": {', '"category": {'), /defines `category`/],
  ["another owner's field", change("schema.json", '"x-minors": {', '"x-minor": {'), /defines `x-minor`/],
  [
    "a rule about all extensions",
    change("schema.json", '"properties": {', '"additionalProperties": false, "properties": {'),
    /says `additionalProperties`/,
  ],
  [
    "a required field",
    change("schema.json", '"properties": {', '"required": ["x-minors"], "properties": {'),
    /says `required`/,
  ],
  [
    "a reach out of the schema",
    change("schema.json", '"type": "string",', '"$ref": "https://demarc.example/schema/1/policy.json",'),
    /refers to https/,
  ],
  ["an unsound schema", change("schema.json", '"type": "string"', '"type": "text"'), /no sound schema/],
  [
    "a golden test that fails",
    change("valid/every-risk.yaml", "expect: gate", "expect: block"),
    /golden test of minors-1/,
  ],
  [
    "a valid file that is not",
    change("valid/every-risk.yaml", "risk: grooming", "risk: groom"),
    /is to be valid.*vocabulary\/value/,
  ],
  ["no expectation", change("invalid/proof-kept.yaml", /^# expect.*\n/, ""), /has to say in its first line/],
  [
    "another place",
    change("invalid/proof-kept.yaml", /(\d+):\d+\n/, "$1:1\n"),
    /expected vocabulary\/value \d+:1 and nothing else/,
  ],
  [
    "no fault",
    change("invalid/proof-kept.yaml", "retainsProof: true", "retainsProof: false"),
    /found no fault/,
  ],
  [
    "no test after the end",
    change("valid/every-risk.yaml", /.*2036-01-01T00:00:00Z, where.*\n/g, ""),
    /no rule of valid/,
  ],
  ["a release whose files are still valid", release((text) => text), null],
  [
    "a release whose files are no longer valid",
    release((text) => text.replace("risk: grooming", "risk: bullying")),
    /was valid when it was released/,
  ],
  [
    "a released term that is gone",
    (folder) => {
      release((text) => text)(folder);
      change("released/0.9.0/vocabulary.json", /"version": "1\.0\.0"/, '"version": "1.0.1"')(folder);
      change("released/0.9.0/vocabulary.json", '"grooming"', '"bullying"')(folder);
    },
    /the term `bullying` of 0\.9\.0 is gone/,
  ],
  [
    "a term that is called otherwise",
    (folder) => {
      release((text) => text)(folder);
      change("released/0.9.0/vocabulary.json", "Age estimation", "Guess")(folder);
    },
    /`age-estimation` is called otherwise/,
  ],
];

const scratch = mkdtempSync(join(tmpdir(), "demarc-vocabularies-"));
const found = new Map<string, readonly Fault[]>();

beforeAll(async () => {
  const findContributions = await tool("find-contributions.mjs", "findContributions");
  const judge = await tool("judge.mjs", "judge");
  const checkVocabulary = await tool("check-vocabulary.mjs", "checkVocabulary");
  const others = (findContributions() as readonly Contribution[]).filter(
    ({ folder }) => !folder.endsWith("minors"),
  );
  const trees = new Map<string, Contribution>();
  for (const [index, [name, spoil]] of CASES.entries()) {
    const tree = join(scratch, String(index));
    const folder = join(tree, "packages", "vocabularies", "vocabularies", "minors");
    cpSync(join(root, "packages", "vocabularies", "vocabularies", "minors"), folder, { recursive: true });
    // What tests cover is told by the policy's id, so each copy has its own.
    change("valid/every-risk.yaml", "policies.example/minors", `policies.example/minors-${index}`)(folder);
    spoil(folder);
    const [contribution] = findContributions(tree) as readonly Contribution[];
    if (contribution !== undefined) trees.set(name, contribution);
  }
  const verdicts = await judge([...trees.values()]);
  for (const [name, contribution] of trees)
    found.set(name, (await checkVocabulary(contribution, verdicts, others)) as readonly Fault[]);
}, 240_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the check of a vocabulary", () => {
  test.each(CASES)("%s", (name, _spoil, message) => {
    const messages = (found.get(name) ?? [{ message: "not looked at" }]).map((each) => each.message);
    if (message === null) expect(messages).toEqual([]);
    else expect(messages.join("\n")).toMatch(message);
  });
});
