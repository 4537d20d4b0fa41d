import { existsSync } from "node:fs";
import { type Checkpoint, parseSignedCheckpoint } from "@demarc/audit";
import { type LogReport, verifyLog } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import {
  attempt,
  directoryArgument,
  findVerifierKey,
  keyFlag,
  openLogReader,
  policyFlag,
  readPolicy,
} from "../audit-directory.ts";
import { AnswerNo, InputFault } from "../exit.ts";
import { readText, shownPath, writeWhole } from "../files.ts";
import { json, line, progress, styled } from "../print.ts";

/**
 * `demarc audit verify LOG`: the checkpoint's signatures, every entry against its hash, every tile against the signed root.
 *
 * With `--remember FILE` the checkpoint that held is kept there; the next run proves that the log extends it and reads only
 * what was added. Where it does not, FILE stays as it is, and the checkpoint that contradicts it goes to FILE.conflict.
 *
 * JSON: `{ ok, origin, size, root, from, checkedEntries, cosigners, unwitnessed, checkpoint, findings: [{ code, file, index?, byte?,
 * message }], key }`. Exit codes: 0 the log holds, 1 it does not, 3 there is no log to read.
 */
export const auditVerifyCommand = Command.make(
  "verify",
  {
    directory: directoryArgument,
    key: keyFlag,
    policy: policyFlag,
    remember: Flag.Path("remember").pipe(
      Flag.withDescription(
        "File with the last checkpoint that held: build on it, and keep the new one there",
      ),
      Flag.optional,
    ),
    full: Flag.Boolean("full").pipe(
      Flag.withDescription("Read everything again, also what held before"),
      Flag.withDefault(false),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.verify")(function* (input) {
    const reader = yield* openLogReader(input.directory);
    const policy = Option.isSome(input.policy) ? yield* readPolicy(input.policy.value) : undefined;
    const given = Option.getOrUndefined(input.key);
    // A policy names the log's key itself; one that lies beside the log adds nothing to it.
    const key =
      policy !== undefined && given === undefined ? null : yield* findVerifierKey(input.directory, given);
    const verifierKey = key?.text;
    const file = Option.getOrUndefined(input.remember);
    const from = file === undefined ? undefined : yield* rememberedCheckpoint(file);
    const options = { verifierKey, policy, onProgress: progress("verifying") };
    let report = yield* attempt(() => verifyLog(reader, { ...options, from }));
    // Everything again: the consistency with what was remembered is known by now.
    if (input.full && report.ok && report.from > 0) report = yield* attempt(() => verifyLog(reader, options));
    const conflict =
      file !== undefined && report.findings.some(({ code }) => code === "audit/consistency")
        ? `${file}.conflict`
        : undefined;
    if (file !== undefined && report.ok) yield* writeWhole(file, report.checkpoint);
    if (conflict !== undefined) yield* writeWhole(conflict, report.checkpoint);
    if (input.json) yield* json({ ...report, key: verifierKey ?? null, conflict });
    else yield* print(report, key === null ? null : `${key.text} (from ${key.source})`, conflict);
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
      command: "demarc audit verify https://log.example/ --key operator.pub --remember seen.checkpoint",
      description: "From its address; next time, only what was added",
    },
    {
      command: "demarc audit verify copy/log --policy witnesses.policy --json",
      description: "A copy, under a policy with witnesses",
    },
  ]),
);

const print = Effect.fnUntraced(function* (
  report: LogReport,
  key: string | null,
  conflict: string | undefined,
) {
  const { ok, size, from, checkedEntries, cosigners } = report;
  const count = `${checkedEntries} ${checkedEntries === 1 ? "entry" : "entries"} checked of ${size}`;
  yield* line(
    `${ok ? styled("green", "holds") : styled("red", "does not hold")}: ${count}${from > 0 ? `, the first ${from} held before` : ""}`,
  );
  yield* line(`  origin ${report.origin}`);
  yield* line(`  root   ${report.root}`);
  if (key !== null) yield* line(`  key    ${key}`);
  if (cosigners.length > 0) yield* line(`  cosigned by ${cosigners.join(", ")}`);
  if (report.unwitnessed > 0)
    yield* line(
      `  ${styled("yellow", `${report.unwitnessed} newer entries`)} are not witnessed yet, and were not checked`,
    );
  for (const finding of report.findings) {
    const byte = finding.byte === undefined ? "" : ` byte ${finding.byte},`;
    const at = finding.index === undefined ? byte.slice(0, -1) : `${byte} from entry ${finding.index}`;
    yield* line(`  ${styled("red", finding.file)}${at}: ${finding.message} (${finding.code})`);
  }
  if (conflict !== undefined)
    yield* line(`  the checkpoint that contradicts what was remembered is kept in ${shownPath(conflict)}`);
});

const rememberedCheckpoint = Effect.fnUntraced(function* (
  file: string,
): Effect.fn.Return<Checkpoint | undefined, InputFault> {
  if (!existsSync(file)) return undefined;
  const text = yield* readText(file);
  const signed = parseSignedCheckpoint(text);
  if (signed.ok) return signed.value.checkpoint;
  return yield* new InputFault({
    code: signed.issue.code,
    message: `\`${file}\`: ${signed.issue.message}`,
    help: "the file holds what an earlier run remembered; remove it to begin anew",
  });
});
