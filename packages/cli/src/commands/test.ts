import { readInstant } from "@demarc/runtime";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, UsageFault } from "../exit.ts";
import { writeWhole } from "../files.ts";
import { formatJunit } from "../junit.ts";
import { formatFinding, json, line } from "../print.ts";
import { printTestReport } from "../print-test-report.ts";
import { joinReports, runSubject } from "../run-tests.ts";
import { readTestSubject, type TestSubject } from "../test-subject.ts";

/**
 * `demarc test PATH...`: runs the golden tests that rules carry themselves, and those of golden tests documents.
 *
 * JSON: `{ ok, at, passed, failed, results, coverage, issues }`; a result is `{ policy, rule, index, ok, test, at, found,
 * why, message, file }`, with `line` and `column` when it failed; `coverage` is `{ rules: [{ policy, rule, shown }], cases,
 * complete }`, where `shown` and `cases` have `match`, `territory` and `expiry`.
 * Exit codes: 1 when a test fails, or coverage is not complete under --full-coverage; 2 for an instant that is none or a
 * --rule that no rule has; 3 when a path can not be read or used.
 */
export const testCommand = Command.make(
  "test",
  {
    paths: Argument.Path("path").pipe(
      Argument.withDescription("A site's folder, a policy, a policy set, or a document of golden tests"),
      Argument.variadic({ min: 1 }),
    ),
    rule: Flag.String("rule").pipe(
      Flag.withDescription("Only rules whose id contains this text"),
      Flag.withDefault(""),
    ),
    at: Flag.String("at").pipe(
      Flag.withDescription("Ask every test at this instant, as 2027-03-01T00:00:00Z, and not at its own"),
      Flag.optional,
    ),
    fullCoverage: Flag.Boolean("full-coverage").pipe(
      Flag.withDescription("Fail when a rule lacks a match, a territorial or an after-expiry non-match"),
      Flag.withDefault(false),
    ),
    junit: Flag.Path("junit").pipe(
      Flag.withDescription("Write the result as JUnit XML to this file as well"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.test")(function* (input) {
    const startedAt = new Date();
    const at = yield* instantOf(input.at);
    const subjects: TestSubject[] = [];
    for (const path of input.paths) subjects.push(yield* readTestSubject(path));
    if (input.rule !== "" && !subjects.some((each) => hasRule(each, input.rule))) {
      return yield* new UsageFault({
        code: "cli/no-such-rule",
        message: `no rule has \`${input.rule}\` in its id`,
        help: "leave out --rule to see all of them",
      });
    }
    const report = joinReports(subjects.map((each) => runSubject(each, { rule: input.rule, at })));
    const { results, coverage } = report;
    const failed = results.filter((each) => !each.ok).length;
    const ok = failed === 0 && (!input.fullCoverage || coverage.complete === coverage.rules.length);
    const issues = subjects.flatMap((each) => each.issues);
    if (Option.isSome(input.junit)) yield* writeWhole(input.junit.value, formatJunit(results, startedAt));
    if (input.json) {
      const asked = at === null ? null : new Date(at).toISOString();
      const passed = results.length - failed;
      yield* json({ ok, at: asked, passed, failed, results, coverage, issues });
    } else {
      for (const issue of issues) yield* line(formatFinding(issue));
      yield* printTestReport(report, { at });
    }
    if (!ok) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription(
    "Run the golden tests in policies and in documents of their own, and say what they cover\n\n" +
      "Exit codes: 0 all hold, 1 some do not, 2 wrong command line, 3 a path can not be used.",
  ),
  Command.withShortDescription("Run the golden tests of policies, and say what they cover"),
  Command.withExamples([
    { command: "demarc test examples/site", description: "All of a site" },
    { command: "demarc test policies/courts.yaml --rule court", description: "Some rules of one policy" },
    {
      command: "demarc test examples/site --at 2028-01-01T00:00:00Z",
      description: "Time travel: which of these would still be so on that day?",
    },
    {
      command: "demarc test examples/site --junit report.xml --full-coverage",
      description: "For CI: a report, and every rule must show where it applies, where not, and that it ends",
    },
    { command: "demarc test examples/site --json", description: "For a program to read" },
  ]),
);

function hasRule({ policies }: TestSubject, text: string): boolean {
  return policies.some(({ rules }) => rules.some(({ id }) => id.includes(text)));
}

const instantOf = Effect.fnUntraced(function* (
  text: Option.Option<string>,
): Effect.fn.Return<number | null, UsageFault> {
  if (Option.isNone(text)) return null;
  // An empty text is no wish for now here.
  const at = text.value.trim() === "" ? null : readInstant(text.value, 0);
  if (at !== null) return at;
  return yield* new UsageFault({
    code: "cli/instant",
    message: `\`${text.value}\` is no instant`,
    help: "write it as 2026-11-24T12:00:00Z or 2026-11-24",
  });
});
