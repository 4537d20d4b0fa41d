// Read, written, read again: a rule-set keeps its meaning. The table of lines is in test/vectors/lines.json.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { short } from "../test/notation.ts";
import { formatList, type ListEntry, readList, streamList } from "./index.ts";
import { MAX_JSON_DEPTH } from "./internal/json-text.ts";
import { ReadingCollector } from "./internal/reading-collector.ts";
import { RecordPump } from "./internal/record-pump.ts";
import { readSingBox, singBoxText } from "./sing-box.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 1000);
const names = ["example", "a.example", "b.a.example", "c.b.a.example", "d.example", "xn--mnchen-3ya.example"];
const value = fc.constantFrom(...names, ...names.map((name) => `.${name}`), "bücher.example", "a..b", "");
const listed = (of: fc.Arbitrary<unknown>) => fc.oneof(of, fc.array(of, { maxLength: 5 }));
const fields = {
  domain: listed(value),
  domain_suffix: listed(value),
  ip_cidr: listed(fc.constantFrom("192.0.2.0/24", "192.0.2.7", "2001:db8::/32", "192.0.2.1/24", "x")),
};
const rule = fc.oneof(
  { weight: 4, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  fc.record(
    {
      ...fields,
      domain_keyword: listed(fc.constantFrom("ads", "x")),
      domain_regex: listed(fc.constant("^ads")),
      invert: fc.boolean(),
      port: listed(fc.constantFrom(443, 80)),
      type: fc.constantFrom("default", "logical", "", "other"),
      rules: fc.constant([{ domain: "z.example" }]),
      whatever: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  ),
);
const ruleSet = fc.record({
  version: fc.constantFrom(1, 2, 3, 4, 5),
  rules: fc.array(rule, { maxLength: 6 }),
});

const meaning = ({
  entries,
  exceptions,
}: {
  entries: readonly ListEntry[];
  exceptions: readonly ListEntry[];
}) => ({
  entries: new Set(entries.map(short)),
  exceptions: new Set(exceptions.map(short)),
});

// The meaning of `domain` and `domain_suffix` in sing-box 1.9 and later, written down once more.
function matches(rules: readonly Record<string, unknown>[], name: string): boolean {
  const all = (held: unknown): string[] => [held ?? []].flat() as string[];
  return rules.some(
    (each) =>
      all(each["domain"]).some((text) => text === name) ||
      all(each["domain_suffix"]).some((text) =>
        text.startsWith(".") ? name.endsWith(text) : name === text || name.endsWith(`.${text}`),
      ),
  );
}

describe("sing-box", () => {
  test("what was read and written is read back the same, and nothing is left out", () => {
    fc.assert(
      fc.property(ruleSet, fc.boolean(), (document, isSorted) => {
        const { rules, version } = document;
        const text = JSON.stringify(isSorted ? { rules, version } : document, null, isSorted ? 1 : 0);
        const first = readSingBox(text);
        const written = formatList("sing-box", first.entries, { exceptions: first.exceptions });
        if (!written.ok) throw new Error(`left out: ${written.omitted.map(short).join(" ")}`);
        const second = readSingBox(written.text);
        expect(second.diagnostics).toEqual([]);
        expect(meaning(second)).toEqual(meaning(first));
        const again = formatList("sing-box", second.entries, { exceptions: second.exceptions });
        expect(again.ok && again.text).toBe(written.text);
      }),
      { numRuns },
    );
  });

  test("entries less exceptions match the names that sing-box matches", () => {
    const plain = fc.record(
      {
        domain: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
        domain_suffix: fc.array(fc.constantFrom(...names, ...names.map((name) => `.${name}`)), {
          maxLength: 3,
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 3 }), fc.constantFrom("", "www."), (rules, above) => {
        const { entries, exceptions } = readSingBox(JSON.stringify({ version: 2, rules }));
        const within = (list: readonly ListEntry[], name: string) =>
          list.some(
            (entry) =>
              entry.value === name ||
              (entry.type === "domain" && entry.match === "subdomains" && name.endsWith(`.${entry.value}`)),
          );
        for (const name of [...names, "badexample", "bada.example"].map((each) => above + each)) {
          const found = within(entries, name) && !within(exceptions, name);
          expect(found, `${name} of ${JSON.stringify(rules)}`).toBe(matches(rules, name));
        }
      }),
      { numRuns },
    );
  });

  test("whatever the text, in whatever pieces: no throw, and places within it", () => {
    const bits = [
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "\\u12",
      "\n",
      "//",
      "/*",
      "*/",
      "#",
      "1",
      "-",
      "true",
    ];
    const words = [
      '"version":1',
      '"rules":[',
      '{"domain":',
      '"a.example"',
      '"domain_suffix":[',
      '"invert":true',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...bits, ...words), fc.string({ unit: "binary", maxLength: 3 })), {
        maxLength: 40,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (input, size) => {
        const whole = readSingBox(input);
        for (const { line, column } of whole.diagnostics) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(input.split("\n").length);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        const stream = streamList("sing-box", {});
        for (let at = 0; at < input.length; at += size) stream.push(input.slice(at, at + size));
        const { accepted, refused, ignored, lines, countByCode } = stream.end();
        expect(countByCode).toEqual(whole.countByCode);
        expect(accepted + refused + ignored).toBe(lines);
      }),
      { numRuns },
    );
  });

  test("what it holds is bounded: values, characters, depth, the length of one", () => {
    const collector = new ReadingCollector();
    const pump = new RecordPump(collector);
    const reader = singBoxText(pump, { values: 3, chars: 30 });
    reader.push('{"version":1,"rules":[{"domain":["a.example","b.example","c.example","d.example"]}]}');
    reader.end();
    const bounded = collector.reading(pump.counts);
    expect(bounded.entries.map(short)).toEqual(["=a.example", "=b.example", "=c.example"]);
    expect(bounded.countByCode).toEqual({ "lists/sing-box-too-many": 1 });

    const deep = readSingBox(`{"x":${"[".repeat(1_000_000)}`);
    expect(deep.diagnostics.at(-1)).toMatchObject({
      code: "lists/sing-box-json",
      column: MAX_JSON_DEPTH + 5,
    });

    const long = readSingBox(`{"version":1,"rules":[{"domain":["${"a".repeat(5_000_000)}","a.example"]}]}`);
    expect(long.entries.map(short)).toEqual(["=a.example"]);
    expect(long.diagnostics[0]).toMatchObject({ code: "lists/sing-box-form", line: 1, column: 34 });
    expect(long.diagnostics[0]?.text.length).toBeLessThan(300);
  });

  test("a list of a hundred thousand names in one rule is read", () => {
    const domain = Array.from({ length: 100_000 }, (_, index) => `n${index}.example`);
    const reading = readList(
      "sing-box",
      new TextEncoder().encode(JSON.stringify({ rules: [{ domain }], version: 2 })),
    );
    expect(reading.entries.length).toBe(100_000);
    expect(reading).toMatchObject({ lineCount: 100_000, acceptedLines: 100_000, diagnosticCount: 0 });
  });
});
