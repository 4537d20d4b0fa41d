import { checkContent, verifyLog } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import { attempt, directoryArgument, findVerifierKey, keyFlag, openLogReader } from "../audit-directory.ts";
import { AnswerNo } from "../exit.ts";
import { json, line, progress, styled } from "../print.ts";

/**
 * `demarc audit fsck LOG`: everything that `verify` checks, and that every entry is one, names objects that are there and
 * whole, was decided under an image that was announced, and that numbers have no holes but those that a gap admits.
 *
 * JSON: `{ ok, tree: { ok, findings }, content: { entries, byType, objects, lost, findings } }`.
 * Exit codes: 0 all is well, 1 it is not, 3 there is no log to read.
 */
export const auditFsckCommand = Command.make(
  "fsck",
  {
    directory: directoryArgument,
    key: keyFlag,
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.fsck")(function* (input) {
    const reader = yield* openLogReader(input.directory);
    const key = yield* findVerifierKey(input.directory, Option.getOrUndefined(input.key));
    const tree = yield* attempt(() =>
      verifyLog(reader, { verifierKey: key.text, onProgress: progress("verifying") }),
    );
    const content = yield* attempt(() => checkContent(reader, { onProgress: progress("reading") }));
    const ok = tree.ok && content.ok;
    if (input.json) yield* json({ ok, tree, content });
    else {
      yield* line(
        `${ok ? styled("green", "well") : styled("red", "not well")}: ${content.entries} entries, ${content.objects} objects, ${content.lost} decisions admitted as lost`,
      );
      yield* line(
        `  ${Object.entries(content.byType)
          .map(([type, count]) => `${type} ${count}`)
          .join(", ")}`,
      );
      for (const { file, index, message, code } of tree.findings)
        yield* line(
          `  ${styled("red", file)}${index === undefined ? "" : ` from entry ${index}`}: ${message} (${code})`,
        );
      for (const { file, index, message, code } of content.findings)
        yield* line(
          `  ${styled("red", index === undefined ? (file ?? "log") : `entry ${index}`)}: ${message} (${code})`,
        );
    }
    if (!ok) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Check a log and everything that its entries say and name"),
  Command.withExamples([
    { command: "demarc audit fsck .demarc/dns-filter", description: "Before handing a copy on" },
    { command: "demarc audit fsck copy/log --key operator.pub --json", description: "For a program" },
  ]),
);
