// What lists of a folder add to each other: vectors, and agreement with the way in which their makers put them together.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGeosite } from "../src/geosite.ts";
import { type ListDiagnostic, MAX_LINE_CHARS, streamList } from "../src/index.ts";
import { short } from "./notation.ts";
import vectors from "./vectors/affiliations.json" with { type: "json" };

type Folder = Readonly<Record<string, string | null | undefined>>;

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 500);

const optionsOf = (lists: Folder, name: string) => ({
  name,
  lists: Object.keys(lists),
  include: (each: string) => lists[each] ?? null,
});

const read = (lists: Folder, name: string, attributes?: readonly string[]) =>
  readGeosite(lists[name] ?? "", { ...optionsOf(lists, name), attributes });

const place = ({ code, line, column, included }: ListDiagnostic) =>
  `${code} ${line}:${column}${included === undefined ? "" : ` > ${included.list}:${included.line}:${included.column}`}`;

describe("affiliations", () => {
  test.each(vectors)("$why", ({ lists, read: name, attributes, entries = [], diagnostics = [] }) => {
    const reading = read(lists, name, attributes);
    expect([reading.entries.map(short), reading.diagnostics.map(place)]).toEqual([entries, diagnostics]);
  });

  test("without the names of all lists a rule is one of its own list alone", () => {
    const lists: Folder = { a: "a.example &x", x: "x.example" };
    const { include } = optionsOf(lists, "x");
    expect(readGeosite("x.example", { name: "x", include }).entries.map(short)).toEqual(["*x.example"]);
    expect(readGeosite("a.example &x").diagnostics).toEqual([]);
  });

  test("a list that arrives in pieces has them after its last line, and counts its own lines", () => {
    const found: string[] = [];
    const lists = { a: "a.example &x", x: "x.example\nb..example" };
    const stream = streamList(
      "geosite",
      { onEntry: (entry, line) => found.push(`${line} ${short(entry)}`) },
      optionsOf(lists, "x"),
    );
    stream.push("x.exam");
    stream.push("ple\nb..example");
    expect(stream.end()).toMatchObject({ lines: 2, accepted: 1, refused: 1, ignored: 0 });
    expect(found).toEqual(["1 *x.example", "2 *a.example"]);
  });

  test("all lists are looked through once", () => {
    const lists: Record<string, string> = { top: "include:l0\ninclude:l1\ninclude:l2" };
    for (let each = 0; each < 20; each += 1) lists[`l${each}`] = `n${each}.example\n`;
    let asked = 0;
    const { entries } = readGeosite(lists["top"] ?? "", {
      ...optionsOf(lists, "top"),
      include: (name) => {
        asked += 1;
        return lists[name] ?? null;
      },
    });
    expect([entries.length, asked]).toEqual([3, 3 + 21]);
  });

  test("a line that is too long is told to the list that it names", () => {
    const long = `a.example &x #${"c".repeat(MAX_LINE_CHARS)}`;
    expect(read({ a: long, x: "" }, "x").diagnostics.map(place)).toEqual(["lists/line-too-long 1:1 > a:1:1"]);
  });

  test("a folder that would take for ever is told, and what is there is read", () => {
    const lists: Record<string, string> = { x: "x.example", a: "a.example &x", b: "\n".repeat(2_000_001) };
    const { entries, diagnostics } = read(lists, "x");
    expect(entries.map(short)).toEqual(["*x.example", "*a.example"]);
    expect(diagnostics.map(place)).toEqual(["lists/geosite-affiliation 1:1"]);
    // Each of 3,000 lists has one rule, which is one of 300 others too.
    const all = Array.from({ length: 3000 }, (_, each) => `&l${each}`);
    const line = `c.example ${all.slice(0, 300).join(" ")}\n`;
    const many = Object.fromEntries(all.map((each) => [each.slice(1), `${line}${"\n".repeat(600)}`]));
    const reading = read({ ...many, top: all.map((each) => `include:${each.slice(1)}`).join("\n") }, "top");
    expect(reading.entries.map(short)).toEqual(["*c.example"]);
    expect(reading.countByCode).toHaveProperty("lists/geosite-affiliation");
    expect(reading.countByCode).toHaveProperty("lists/geosite-include");
  });
});

// A rule or include of a list; an include leads to a list with a higher number only, so there is no circle.
const NAMES = ["a", "b", "c", "d", "e"];
const attributes = fc.uniqueArray(fc.constantFrom("x", "y"), { maxLength: 2 });
const rule = fc.record({
  domain: fc.constantFrom("1.example", "2.example", "3.example", "full:1.example"),
  attributes,
  affiliations: fc.uniqueArray(fc.constantFrom(...NAMES, "f"), { maxLength: 2 }),
});
const include = fc.record({
  step: fc.integer({ min: 1, max: 5 }),
  filter: fc.uniqueArray(fc.constantFrom("x", "y", "-x", "-y"), { maxLength: 2 }),
});
const folder = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES),
    rules: fc.array(rule, { maxLength: 4 }),
    includes: fc.array(include, { maxLength: 2 }),
  }),
  { maxLength: 5 },
);
type Rule = { readonly domain: string; readonly attributes: readonly string[] };
type Model = Map<string, { rules: Rule[]; includes: { source: string; filter: readonly string[] }[] }>;

// As main.go does it: all lines of all files to the lists that they are of, then includes, filtered by attributes.
function resolve(model: Model, name: string): readonly Rule[] {
  const { rules = [], includes = [] } = model.get(name) ?? {};
  return [
    ...rules,
    ...includes.flatMap(({ source, filter }) =>
      resolve(model, source).filter((each) =>
        filter.every((wanted) =>
          wanted.startsWith("-")
            ? !each.attributes.includes(wanted.slice(1))
            : each.attributes.includes(wanted),
        ),
      ),
    ),
  ];
}

test("every list of a folder has what its makers' generator puts into it", () => {
  fc.assert(
    fc.property(folder, attributes, fc.boolean(), (files, wanted, isTurned) => {
      const model: Model = new Map();
      const listOf = (name: string) => {
        const list = model.get(name) ?? { rules: [], includes: [] };
        model.set(name, list);
        return list;
      };
      const lists: Record<string, string> = {};
      for (const { name, rules, includes } of files) {
        const lines: string[] = [];
        for (const { domain, attributes, affiliations } of rules) {
          for (const target of [name, ...affiliations]) listOf(target).rules.push({ domain, attributes });
          lines.push(
            [domain, ...attributes.map((each) => `@${each}`), ...affiliations.map((each) => `&${each}`)].join(
              " ",
            ),
          );
        }
        for (const { step, filter } of includes) {
          const source = [...NAMES, "f"][NAMES.indexOf(name) + step];
          if (source === undefined) continue;
          listOf(name).includes.push({ source, filter });
          lines.push([`include:${source}`, ...filter.map((each) => `@${each}`)].join(" "));
        }
        lists[name] = `${lists[name] ?? ""}${lines.join("\n")}\n`;
      }
      for (const name of [...NAMES, "f"]) {
        const reading = read(
          isTurned ? Object.fromEntries(Object.entries(lists).toReversed()) : lists,
          name,
          wanted,
        );
        const expected = resolve(model, name)
          .filter((each) => wanted.every((attribute) => each.attributes.includes(attribute)))
          .map(({ domain }) => (domain.startsWith("full:") ? `=${domain.slice(5)}` : `*${domain}`));
        expect(reading.entries.map(short).toSorted()).toEqual([...new Set(expected)].toSorted());
        // Others are in order, so the order of the folder does not matter.
        expect(reading.entries).toEqual(read(lists, name, wanted).entries);
      }
    }),
    { numRuns },
  );
});

test("lists that include and name each other at will are read", () => {
  const lines = fc.array(
    fc.tuple(
      fc.constantFrom("1.example", "include:a", "include:b", "include:c", "keyword:k", "x..y", "#"),
      fc.constantFrom("", " &a", " &b &c", " @x", " @-x &A", " &", " &__proto__", " &constructor"),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(lines, lines, lines, (...texts) => {
      const [a, b, c] = texts.map((each) => each.map((parts) => parts.join("")).join("\n"));
      for (const name of ["a", "b", "c"]) {
        const { diagnostics, lineCount } = read({ a, b, c }, name);
        for (const { line, column } of diagnostics) {
          expect(line).toBeLessThanOrEqual(Math.max(1, lineCount));
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        }
      }
    }),
    { numRuns },
  );
});
