import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo } from "../exit.ts";
import { json, line, plural, styled } from "../print.ts";
import { readSite } from "../read-site.ts";

/**
 * `demarc test SITE`: runs the golden tests that rules carry themselves.
 *
 * JSON: `{ ok, passed, failed, results: [{ policy, rule, index, ok, test, found, message }] }`.
 * Exit codes: 1 when a test fails; 3 when the site can not be used.
 */
export const testCommand = Command.make(
  "test",
  {
    site: Argument.Path("site").pipe(Argument.withDescription("Folder with policy-set.yaml")),
    rule: Flag.String("rule").pipe(
      Flag.withDescription("Only rules whose id contains this text"),
      Flag.withDefault(""),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.test")(function* (input) {
    const { site } = yield* readSite(input.site);
    const results = site.goldenTests.filter((each) => each.rule.includes(input.rule));
    const failed = results.filter((each) => !each.ok);
    if (input.json)
      yield* json({
        ok: failed.length === 0,
        passed: results.length - failed.length,
        failed: failed.length,
        results,
      });
    else {
      for (const { rule, index, test, message } of failed) {
        yield* line(
          `${styled("red", "failed")} ${rule}, test ${index + 1}: ${test.target} in ${test.where} at ${test.at}: ${message}`,
        );
      }
      const rules = new Set(results.map((each) => each.rule)).size;
      yield* line(
        `${plural(results.length - failed.length, "test")} of ${plural(rules, "rule")} passed, ${failed.length} failed`,
      );
    }
    if (failed.length > 0) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Run the golden tests in policies"),
  Command.withExamples([
    { command: "demarc test examples/site", description: "All of them" },
    { command: "demarc test examples/site --rule court", description: "Those of some rules" },
  ]),
);
