// What someone who adds a group is told: every fault, where it is, and what to do.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkGroupFile } from "../scripts/check-group-file.ts";
import { isTerritory } from "../src/index.ts";

const check = (text: string) => checkGroupFile("x.yaml", text, isTerritory);
const file = (intervals: string, sources = "  act: An act of some Parliament") =>
  `group: X\ntitle: A group\nsources:\n${sources}\nintervals:\n${intervals}\n`;
const sound = "  - { territories: [DE, ES-CN, x-it-livigno], from: 2001-01-01, source: act }";

test("the files that are there are sound", () => {
  const folder = join(import.meta.dirname, "../data/groups");
  for (const name of readdirSync(folder))
    expect(checkGroupFile(name, readFileSync(join(folder, name), "utf8"), isTerritory)).toEqual([]);
});

test("a sound one has no fault", () => expect(check(file(sound))).toEqual([]));

test.each([
  [
    "an interval without a source",
    "  - { territories: [DE], from: 2001-01-01 }",
    "6:5: an interval needs a `source`",
  ],
  [
    "a source that is not there",
    "  - { territories: [DE], from: 2001-01-01, source: axt }",
    "6:52: there is no source `axt`",
  ],
  [
    "a territory that is none",
    "  - { territories: [DE, UK], from: 2001-01-01, source: act }",
    "6:25: `UK` is no territory",
  ],
  [
    "a day that does not exist",
    "  - { territories: [DE], from: 2001-06-31, source: act }",
    "6:32: there is no day `2001-06-31`",
  ],
  [
    "a day in another form",
    "  - { territories: [DE], from: 1.6.2001, source: act }",
    "6:32: `1.6.2001` is no date",
  ],
  ["no beginning", "  - { territories: [DE], source: act }", "6:5: `` is no date"],
  [
    "an end before the beginning",
    "  - { territories: [DE], from: 2001-01-01, until: 2000-01-01, source: act }",
    "`until` is not after `from`",
  ],
  [
    "a key that is not known",
    "  - { territories: [DE], from: 2001-01-01, untill: 2002-01-01, source: act }",
    "6:44: `untill` is not known",
  ],
  [
    "no territories",
    "  - { territories: [], from: 2001-01-01, source: act }",
    "6:5: `territories` is a list",
  ],
  [
    "an overlap",
    `${sound}\n  - { territories: [DE], from: 2005-01-01, source: act }`,
    "7:21: `DE` is in the interval of line 6",
  ],
])("%s", (_what, intervals, expected) => {
  expect(check(file(intervals)).join("\n")).toContain(expected);
});

test("one that follows another is no overlap", () => {
  expect(
    check(
      file(
        "  - { territories: [DE], from: 2001-01-01, until: 2005-01-01, source: act }\n  - { territories: [DE], from: 2005-01-01, regime: full, source: act }",
      ),
    ),
  ).toEqual([]);
});

test("a source that nobody names, no list, no YAML", () => {
  expect(check(file(sound, "  act: An act of some Parliament\n  other: Another act there was"))).toEqual([
    "x.yaml:5:3: no interval has the source `other`",
  ]);
  expect(check("group: X\ntitle: Y\n")).toHaveLength(2);
  expect(check("- 1")).toEqual(["x.yaml:1: a map is expected"]);
  expect(check("group: [")[0]).toMatch(/^x\.yaml:\d+: /);
});

test("all faults are told at once", () => {
  expect(check(file("  - { territories: [UK], from: never, sourced: act }\n  - 7"))).toHaveLength(6);
});
