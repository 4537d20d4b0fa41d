import { formatDocument } from "@demarc/policy";
import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, InputsUnread } from "../exit.ts";
import { readText, shownPath, writeWhole } from "../files.ts";
import { type Finding, fault, formatFinding, json, line } from "../print.ts";

/** What became of one file. */
interface Formatted {
  readonly file: string;
  readonly state: "unchanged" | "formatted" | "would-change" | "refused" | "unread";
  /** Why a file was refused or not read or written; as in `check`. */
  readonly findings?: readonly Finding[];
}

/**
 * `demarc fmt FILE...`: writes policy documents in their one canonical layout; comments stay.
 *
 * JSON: `{ files: [{ file, state, findings? }] }`, state one of unchanged, formatted, would-change, refused, unread.
 * Exit codes: 1 when a file was refused, or would change under --check; 3 when one can not be read or written. The other
 * files are done all the same.
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
    for (const file of input.files.map(shownPath))
      results.push(yield* formatFile(file, input.check, input.json));
    if (input.json) yield* json({ files: results });
    if (results.some((each) => each.state === "unread")) return yield* new InputsUnread();
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

const formatFile = (file: string, check: boolean, quiet: boolean): Effect.Effect<Formatted> =>
  formatOne(file, check, quiet).pipe(
    Effect.catchTag("InputFault", (error) =>
      (quiet ? Effect.void : fault(error)).pipe(
        Effect.as({
          file,
          state: "unread" as const,
          findings: [
            { severity: "error" as const, code: error.code, message: error.message, help: error.help, file },
          ],
        }),
      ),
    ),
  );

const formatOne = Effect.fnUntraced(function* (file: string, check: boolean, quiet: boolean) {
  const text = yield* readText(file);
  const result = formatDocument(text, { file });
  if (!result.ok) {
    if (!quiet) for (const issue of result.issues) yield* line(formatFinding(issue));
    return { file, state: "refused", findings: result.issues } satisfies Formatted;
  }
  if (result.value === text) return { file, state: "unchanged" } satisfies Formatted;
  if (!check) yield* writeWhole(file, result.value);
  if (!quiet) yield* line(check ? `${file} would change` : `${file} formatted`);
  return { file, state: check ? "would-change" : "formatted" } satisfies Formatted;
});
