// A test report as JUnit XML, in the form that the Ant task writes and that CI servers read.
import { groupBy, type TestReport } from "./run-tests.ts";

/**
 * One `testsuite` per policy or document, one `testcase` per test; a failing one says why and where it stands.
 *
 * Shape: every attribute that the schemas of Ant and of Jenkins ask for, and none that one of them refuses. Times are 0 (a
 * test takes microseconds) and the host is `localhost`, so that a report tells nothing of the machine.
 */
export function formatJunit(results: readonly TestReport[], startedAt: Date): string {
  const timestamp = startedAt.toISOString().slice(0, 19);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...[...groupBy(results, (each) => each.policy)].flatMap(([name, cases], id) =>
      suite(name, cases, id, timestamp),
    ),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(name: string, cases: readonly TestReport[], id: number, timestamp: string): string[] {
  const failures = cases.filter(({ ok }) => !ok).length;
  const attributes = attributesOf({
    name,
    package: "demarc",
    id,
    timestamp,
    hostname: "localhost",
    tests: cases.length,
    failures,
    errors: 0,
    time: 0,
  });
  return [
    `  <testsuite${attributes}>`,
    "    <properties/>",
    ...cases.flatMap(testcase),
    "    <system-out></system-out>",
    "    <system-err></system-err>",
    "  </testsuite>",
  ];
}

function testcase(result: TestReport): string[] {
  const { rule, index, ok, test, at, found, message } = result;
  const attributes = attributesOf({
    name: `${index + 1}: ${test.target} in ${test.where} at ${at}: ${test.expect}`,
    classname: rule ?? "policy-set",
    time: 0,
  });
  if (ok) return [`    <testcase${attributes}/>`];
  const failure = attributesOf({ message, type: `found-${found}` });
  return [
    `    <testcase${attributes}>`,
    `      <failure${failure}>${escaped(`${placeOf(result)}${message}`)}</failure>`,
    "    </testcase>",
  ];
}

function placeOf({ file, line, column }: TestReport): string {
  if (file === null) return "";
  return line === undefined ? `${file}: ` : `${file}:${line}:${column ?? 1}: `;
}

function attributesOf(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

// What is no character of XML 1.0 (production 2), lone surrogates among them, can not even be escaped.
const NO_XML_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text
    .replaceAll(NO_XML_CHARACTER, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}
