import { verifyLog } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import { attempt, directoryArgument, findVerifierKey, keyFlag, openLogReader } from "../audit-directory.ts";
import { AnswerNo } from "../exit.ts";
import { json, line, plural, progress, styled } from "../print.ts";

/**
 * `demarc audit verify DIR`: the checkpoint's signature, every entry against its hash, every tile against the signed root.
 *
 * JSON: `{ ok, origin, size, root, checkedEntries, findings: [{ code, file, index?, message }], key }`.
 * Exit codes: 0 the log holds, 1 it does not, 3 there is no log to read.
 */
export const auditVerifyCommand = Command.make(
  "verify",
  {
    directory: directoryArgument,
    key: keyFlag,
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.verify")(function* (input) {
    const reader = yield* openLogReader(input.directory);
    const key = yield* findVerifierKey(input.directory, Option.getOrUndefined(input.key));
    const onProgress = progress("verifying");
    const report = yield* attempt(() => verifyLog(reader.directory, { verifierKey: key.text, onProgress }));
    if (input.json) yield* json({ ...report, key: key.text });
    else {
      yield* line(
        `${report.ok ? styled("green", "holds") : styled("red", "does not hold")}: ${plural(report.checkedEntries, "entry").replace(/entrys$/, "entries")} checked of ${report.size}`,
      );
      yield* line(`  origin ${report.origin}`);
      yield* line(`  root   ${report.root}`);
      yield* line(`  key    ${key.text} (from ${key.source})`);
      for (const finding of report.findings) {
        const at = finding.index === undefined ? "" : ` from entry ${finding.index}`;
        yield* line(`  ${styled("red", finding.file)}${at}: ${finding.message} (${finding.code})`);
      }
    }
    if (!report.ok) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Check a whole log: signature, entries, tiles, root"),
  Command.withExamples([
    {
      command: "demarc audit verify .demarc/dns-filter",
      description: "With the key that lies beside the log",
    },
    {
      command: "demarc audit verify copy/log --key operator.pub --json",
      description: "A copy, with a key from elsewhere",
    },
  ]),
);
