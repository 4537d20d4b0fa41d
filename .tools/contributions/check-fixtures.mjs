// What holds for the fixtures of every contribution: valid ones are valid and their golden tests hold, an invalid one has the
// one fault that its first line names.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "../toolchain.mjs";

// Warnings that come and go with the day.
const OF_THE_DAY = new Set([
  "policy/ends-soon",
  "policy/expired",
  "policy/far-end",
  "policy/list-too-old",
  "policy/review-overdue",
]);

const EXPECTATION = /^# expect: ([a-z-]+\/[a-z0-9-]+) (\d+):(\d+)\r?\n/;

/** Faults of the fixtures; `profileIssues(file)` gives what a profile has against a document's `extensions`. */
export function checkFixtures(contribution, verdicts, profileIssues) {
  const faults = [];
  const fault = (file, message) => faults.push({ file: relative(root, file), message });
  for (const file of contribution.valid) {
    for (const { code, line, column, message } of issuesOf(file))
      fault(file, `is to be valid, but ${line}:${column}: ${message} (${code})`);
    for (const test of verdicts.testsOf(file))
      if (!test.ok)
        fault(file, `${test.line ?? 1}:${test.column ?? 1}: golden test of ${test.rule}: ${test.message}`);
  }
  for (const file of contribution.goldenTests) {
    for (const { code, line, column, message } of issuesOf(file))
      fault(file, `${line}:${column}: ${message} (${code})`);
    const tests = verdicts.testsOf(file);
    if (tests.length === 0) fault(file, "no test of it could be run");
    for (const test of tests)
      if (!test.ok)
        fault(file, `${test.line ?? 1}:${test.column ?? 1}: golden test ${test.index + 1}: ${test.message}`);
  }
  for (const file of contribution.invalid) {
    const expected = EXPECTATION.exec(readFileSync(file, "utf8"));
    if (expected === null) {
      fault(file, "has to say in its first line what is wrong: `# expect: code line:col`");
      continue;
    }
    const wanted = `${expected[1]} ${expected[2]}:${expected[3]}`;
    const found = issuesOf(file, expected[1]).map(({ code, line, column }) => `${code} ${line}:${column}`);
    if (found.length !== 1 || found[0] !== wanted)
      fault(
        file,
        `expected ${wanted} and nothing else, found ${found.length === 0 ? "no fault" : found.join(", ")}`,
      );
  }
  return faults;

  // A warning counts unless it comes with the day; the file may waive it, with its reason.
  function issuesOf(file, expectedCode) {
    const findings = verdicts
      .findingsOf(file)
      .filter(({ severity, code }) => severity === "error" || code === expectedCode || !OF_THE_DAY.has(code));
    return [
      ...findings,
      ...(findings.some(({ severity }) => severity === "error") ? [] : profileIssues(file)),
    ];
  }
}
