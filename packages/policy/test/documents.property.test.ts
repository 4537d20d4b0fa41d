// Whatever the text: no throw, every issue has a place in it. Whatever the notation: one meaning, one digest.

import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { canonicalize, digestOf, formatDocument, parseData, readDocument } from "../src/index.ts";
import { knowledge } from "./places.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 300);
const sound = readFileSync(new URL("./fixtures/six-rules.yaml", import.meta.url), "utf8");
const file = "policy.yaml";

// A sound document with one stretch of its text replaced: nearly right, as what people write.
const pieces = [
  "",
  " ",
  "\n",
  "\t",
  ":",
  "- ",
  "? ",
  "&a",
  "*a",
  "!!js",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "|",
  "#",
  "\u0000",
  "\ud800",
  "null",
  "1e999",
  "NO",
  "---\n",
  "<<: *a",
  "%YAML 9",
];
const damaged = fc
  .tuple(fc.nat(sound.length), fc.nat(40), fc.array(fc.constantFrom(...pieces), { maxLength: 4 }))
  .map(([start, length, parts]) => sound.slice(0, start) + parts.join("") + sound.slice(start + length));

describe("any text", () => {
  test.each([
    ["of a damaged policy", damaged],
    [
      "of YAML's own signs",
      fc.array(fc.constantFrom(...pieces, "a", "rules"), { maxLength: 60 }).map((parts) => parts.join("")),
    ],
    ["at all", fc.string({ unit: "binary", maxLength: 300 })],
  ])("%s is read or refused with places inside it", (_what, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const read = readDocument(text, { file, ...knowledge });
        if (read.ok) return;
        const lines = text.split(/\r\n|\r|\n/);
        expect(read.issues.length).toBeGreaterThan(0);
        for (const { line, column, file: where, message } of read.issues) {
          expect(where).toBe(file);
          expect(message).not.toBe("");
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
        }
      }),
      { numRuns },
    );
  });
});

const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === "object" && value !== null);

describe("one meaning", () => {
  test("has one digest, in YAML, in JSON, and in any order of keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        const texts = [JSON.stringify(value), JSON.stringify(reversed(value), null, 2), stringify(value)];
        const digests = texts.map((text) => {
          const parsed = parseData(text, { file });
          expect(parsed.ok).toBe(true);
          return parsed.ok ? digestOf(parsed.value) : "";
        });
        expect(new Set(digests).size).toBe(1);
        expect(digests[0]).toBe(digestOf(value));
      }),
      { numRuns },
    );
  });

  test("has a canonical form that is its own canonical form", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalize(value);
        expect(canonicalize(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns },
    );
  });

  test("keeps it through any layout, which stays as it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          json.map((value) => stringify(value, { collectionStyle: "flow" })),
        ),
        (text) => {
          const before = parseData(text, { file });
          const once = formatDocument(text, { file });
          expect(once.ok).toBe(before.ok);
          if (!once.ok || !before.ok) return;
          const after = parseData(once.value, { file });
          expect(after.ok && canonicalize(after.value)).toBe(canonicalize(before.value));
          expect(formatDocument(once.value, { file })).toEqual(once);
        },
      ),
      { numRuns },
    );
  });

  test("keeps it when the text is put in order, and stays in order", () => {
    const once = formatDocument(sound, { file });
    expect(once.ok).toBe(true);
    if (!once.ok) return;
    expect(formatDocument(once.value, { file })).toEqual(once);
    const before = readDocument(sound, { file, ...knowledge });
    const after = readDocument(once.value, { file, ...knowledge });
    expect(before.ok && after.ok && before.value.digest === after.value.digest).toBe(true);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, reversed(each)]),
  );
}
