import { readFileSync, writeFileSync } from "node:fs";
import { formatDocument } from "@demarc/policy";
import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, InputFault } from "../exit.ts";
import { formatFinding, json, line } from "../print.ts";

/** What became of one file. */
interface Formatted {
  readonly file: string;
  readonly state: "unchanged" | "formatted" | "would-change" | "refused";
}

/**
 * `demarc fmt FILE...`: writes policy documents in their one canonical layout; comments stay.
 *
 * JSON: `{ files: [{ file, state }] }`, state one of unchanged, formatted, would-change, refused.
 * Exit codes: 1 when a file was refused, or would change under --check.
 */
export const fmtCommand = Command.make(
  "fmt",
  {
    files: Argument.Path("file").pipe(
      Argument.withDescription("Policy or policy-set document, YAML or JSON"),
      Argument.variadic({ min: 1 }),
    ),
    check: Flag.Boolean("check").pipe(
      Flag.withDescription("Write nothing; exit 1 if a file would change"),
      Flag.withDefault(false),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.fmt")(function* (input) {
    const results: Formatted[] = [];
    for (const file of input.files) results.push(yield* formatFile(file, input.check, input.json));
    if (input.json) yield* json({ files: results });
    const bad = results.some((each) => each.state === "refused" || each.state === "would-change");
    if (bad) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Write policy documents in their one canonical layout; comments stay"),
  Command.withExamples([
    { command: "demarc fmt policies/*.yaml", description: "Format in place" },
    { command: "demarc fmt --check policies/*.yaml", description: "In CI: fail if a file is not formatted" },
  ]),
);

const formatFile = Effect.fnUntraced(function* (file: string, check: boolean, quiet: boolean) {
  const text = yield* Effect.try({
    try: () => readFileSync(file, "utf8"),
    catch: (cause) =>
      new InputFault({
        code: "cli/unreadable",
        message: `\`${file}\` can not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      }),
  });
  const result = formatDocument(text, { file });
  if (!result.ok) {
    if (!quiet) for (const issue of result.issues) yield* line(formatFinding(issue));
    return { file, state: "refused" } satisfies Formatted;
  }
  if (result.value === text) return { file, state: "unchanged" } satisfies Formatted;
  if (check) {
    if (!quiet) yield* line(`${file} would change`);
    return { file, state: "would-change" } satisfies Formatted;
  }
  yield* Effect.try({
    try: () => writeFileSync(file, result.value),
    catch: (cause) =>
      new InputFault({
        code: "cli/unwritable",
        message: `\`${file}\` can not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      }),
  });
  if (!quiet) yield* line(`${file} formatted`);
  return { file, state: "formatted" } satisfies Formatted;
});
