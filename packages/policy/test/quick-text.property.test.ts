// The quick readers against the parser that knows all of YAML: what they read, they read as it does, places too; and they do
// read what people and formatters write.
import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { parseData } from "../src/index.ts";
import { readJson } from "../src/internal/json-text.ts";
import { pathOf } from "../src/internal/pointer.ts";
import { offsetIn } from "../src/internal/quick-cursor.ts";
import { marksOfJson, readQuickly } from "../src/internal/quick-text.ts";
import { readAnyYaml } from "../src/internal/read-any-yaml.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 500);
const file = "policy.yaml";
const fixtures = new URL("./fixtures/", import.meta.url);
const texts = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(?:yaml|json)$/.test(name))
  .map((name) => readFileSync(new URL(name, fixtures), "utf8"))
  .filter((text) => text.length < 200_000);
const sound = readFileSync(new URL("six-rules.yaml", fixtures), "utf8");

// Throws where the two differ; true where the quick reader had something to say.
function agree(text: string): boolean {
  const quick = readQuickly(text, true);
  const bare = readQuickly(text, false);
  expect(bare?.value).toEqual(quick?.value);
  if (quick === undefined) return false;
  const full = readAnyYaml(text, { file });
  expect(full, `taken quickly, refused by the library:\n${text}`).toMatchObject({ ok: true });
  if (!full.ok) return false;
  expect(quick.value).toStrictEqual(full.value);
  expect(JSON.stringify(quick.value)).toBe(JSON.stringify(full.value));
  const data = parseData(text, { file });
  if (!data.ok) {
    expect(data.issues[0]?.message).toContain("has no place in a document");
    return false;
  }
  for (const pointer of [...pointersOf(full.value), "/absent", "/rules/999/id"]) {
    expect(data.positionOf(pointer), `${pointer} of\n${text}`).toEqual(full.positionOf(pointer));
    expect(data.positionOfKey(pointer), `name at ${pointer}`).toEqual(full.positionOfKey(pointer));
  }
  return true;
}

function pointersOf(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [at];
  const parts = Object.entries(value).flatMap(([key, part]) =>
    pointersOf(part, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return [at, ...parts];
}

// A text with lines moved, doubled, indented, cut, and signs put in.
const pieces = [
  "",
  " ",
  "  ",
  "\n",
  "\n\n",
  ": ",
  ":",
  "- ",
  "#",
  " # c",
  "|",
  "|-\n",
  ">-\n",
  "'",
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  "? ",
  "&a ",
  "*a",
  "!!str ",
  "~",
  "null",
  "1.0",
  "0x1f",
  "1e3",
  "-",
  "+1",
  ".5",
  "007",
  "\\",
  "\\n",
  "\\x41",
  "---\n",
  "...\n",
  "%",
  "@",
  "`",
  "é",
  "\u2028",
  "<<: ",
  "a: b\n",
  "  - c\n",
  "=",
  "2026-01-01",
  "y",
];
const damaged = fc
  .tuple(
    fc.constantFrom(...texts, sound),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 3 }),
  )
  .map(([text, cuts]) => {
    // Short stretches of long texts are enough, and many more of them are tried so.
    const from = text.length > 1500 ? text.lastIndexOf("\n  - id:", cuts[0]?.[0] ?? 0) : 0;
    let damagedText =
      text.length > 1500 && from > 0 ? `rules:\n${text.slice(from + 1, from + 1500)}` : text.slice(0, 1500);
    for (const [at, length, piece] of cuts) {
      const start = at % (damagedText.length + 1);
      damagedText = damagedText.slice(0, start) + piece + damagedText.slice(start + length);
    }
    return damagedText;
  });
const small = fc
  .array(fc.constantFrom(...pieces, "a", "b", "key", "a: ", "b: ", "  "), { maxLength: 14 })
  .map((parts) => parts.join(""));
const shortText = fc.oneof(
  fc.string(),
  fc.constantFrom("NO", "yes", "1.0.0", "a: b", "x #y", "- a", "true", "0o7", ""),
  fc.lorem({ maxCount: 30 }),
);
const data = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    shortText,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    tie("list"),
    tie("map"),
  ),
  list: fc.array(tie("node"), { maxLength: 4 }),
  map: fc.dictionary(
    fc.oneof(fc.constantFrom("id", "title", "1", "on", "a b"), fc.string({ maxLength: 6 })),
    tie("node"),
    { maxKeys: 4 },
  ),
})).map;

describe("the quick readers say what the library says", () => {
  test("of every fixture", () => {
    const taken = texts.filter((text) => agree(text));
    expect(taken.length / texts.length).toBeGreaterThan(0.8);
  });

  test("of sound texts with damage", () => {
    fc.assert(
      fc.property(damaged, (text) => void agree(text)),
      { numRuns },
    );
  });

  test("of YAML's own signs in any order", () => {
    fc.assert(
      fc.property(small, (text) => void agree(text)),
      { numRuns: numRuns * 4 },
    );
  });

  test.each([
    ["blocks", {}],
    ["blocks, nothing folded", { lineWidth: 0 }],
    ["blocks with deep lists", { indentSeq: false, indent: 4 }],
    ["flow", { collectionStyle: "flow" }],
    ["single quotes", { defaultStringType: "QUOTE_SINGLE" }],
    ["double quotes", { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }],
  ] as const)("of any data written as %s", (_style, options) => {
    fc.assert(
      fc.property(data, (value) => void agree(stringify(value, options))),
      { numRuns },
    );
  });

  test("of JSON in any layout, places too", () => {
    fc.assert(
      fc.property(data, fc.constantFrom(0, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const json = readJson(text);
        expect(json).toEqual(JSON.parse(text));
        const mark = marksOfJson(text);
        // Numbers with an exponent are left to the library.
        if (mark === undefined || indent === "\t") return;
        const full = readAnyYaml(text, { file });
        if (!full.ok) return;
        const lines = text.split("\n");
        const offsetOf = ({ line, column }: { line: number; column: number }): number =>
          lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
        for (const pointer of pointersOf(value)) {
          expect(offsetIn(mark, pathOf(pointer), false)).toBe(offsetOf(full.positionOf(pointer)));
          expect(offsetIn(mark, pathOf(pointer), true)).toBe(offsetOf(full.positionOfKey(pointer)));
        }
      }),
      { numRuns },
    );
  });
});

test("policies as people and formatters write them are read quickly", () => {
  const value: unknown = parse(sound);
  for (const text of [sound, stringify(value), stringify(value, { lineWidth: 0 }), `---\n${sound}`])
    expect(readQuickly(text, false)?.value).toEqual(value);
});
