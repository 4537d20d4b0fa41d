// The report against a schema with all that Ant's and Jenkins' schemas ask for, and against text that is made to break it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatJunit } from "../src/junit.ts";
import type { TestReport } from "../src/run-tests.ts";

const schema = join(import.meta.dirname, "junit.xsd");
const hasXmllint = spawnSync("xmllint", ["--version"]).status === 0;
const startedAt = new Date("2026-11-24T12:00:00.123Z");

const report = (written: Partial<TestReport> = {}): TestReport => ({
  policy: "https://policies.example/a",
  rule: "a",
  index: 0,
  ok: true,
  test: { at: "2026-06-01T00:00:00Z", where: "DE", target: "www.a.example", expect: "block" },
  at: "2026-06-01T00:00:00.000Z",
  found: "block",
  why: null,
  message: "",
  file: "a.yaml",
  ...written,
});
const failed = {
  ok: false,
  found: "no-match",
  message: "expected block, found no-match (territory)",
  line: 3,
};

test("one suite per document, one case per test", () => {
  const xml = formatJunit(
    [report(), report({ ...failed, index: 1 }), report({ policy: "b", rule: null })],
    startedAt,
  );
  expect(xml).toContain(
    '<testsuite name="https://policies.example/a" package="demarc" id="0" timestamp="2026-11-24T12:00:00" hostname="localhost" tests="2" failures="1" errors="0" time="0">',
  );
  expect(xml).toContain('<testsuite name="b" package="demarc" id="1"');
  expect(xml).toContain(
    '<testcase name="1: www.a.example in DE at 2026-06-01T00:00:00.000Z: block" classname="a" time="0"/>',
  );
  expect(xml).toContain(
    '<failure message="expected block, found no-match (territory)" type="found-no-match">a.yaml:3:1: expected block, found no-match (territory)</failure>',
  );
  expect(xml.match(/<testcase /g)).toHaveLength(3);
});

const HOSTILE = "\u0000\u0008\u001B]]><!--&<\"'>\uD800 \uDC00\uFFFE\t\r\n\u{1F600}</testsuite>";

test("what is no character of XML is replaced, what is markup escaped", () => {
  const xml = formatJunit([report({ ...failed, message: HOSTILE, rule: HOSTILE })], startedAt);
  expect(xml.match(/<\/testsuite>/g)).toHaveLength(1);
  expect(xml).toContain(
    "\uFFFD\uFFFD\uFFFD]]&gt;&lt;!--&amp;&lt;&quot;'&gt;\uFFFD \uFFFD\uFFFD&#9;&#13;&#10;\u{1F600}",
  );
});

test.skipIf(!hasXmllint)(
  "holds against the schema (skipped where xmllint of libxml2-utils is absent)",
  () => {
    for (const results of [
      [],
      [report()],
      [report(failed), report({ policy: "b", rule: null, file: null })],
      [report({ ...failed, message: HOSTILE, rule: HOSTILE, policy: HOSTILE })],
    ]) {
      const xml = formatJunit(results, startedAt);
      const checked = spawnSync("xmllint", ["--noout", "--schema", schema, "-"], {
        input: xml,
        encoding: "utf8",
      });
      expect(checked.status, `${checked.stderr}\n${xml}`).toBe(0);
    }
  },
);

test.skipIf(!hasXmllint)("the schema refuses what it must", () => {
  for (const [what, by] of [
    [' hostname="localhost"', ""],
    ['tests="1"', 'tests="one"'],
    [' classname="a"', ""],
    ["<properties/>", ""],
  ] as const) {
    const xml = formatJunit([report()], startedAt);
    expect(xml).toContain(what);
    const checked = spawnSync("xmllint", ["--noout", "--schema", schema, "-"], {
      input: xml.replace(what, by),
    });
    expect(checked.status, what).not.toBe(0);
  }
});
