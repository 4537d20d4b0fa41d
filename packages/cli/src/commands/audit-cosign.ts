import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { formatForkEvidence } from "@demarc/audit";
import { askWitnesses } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import { attempt, directoryArgument, openLogReader, readPolicy } from "../audit-directory.ts";
import { AnswerNo, UsageFault } from "../exit.ts";
import { shownPath, writeWhole } from "../files.ts";
import { json, line, styled } from "../print.ts";

/**
 * `demarc audit cosign LOG --policy FILE`: asks the policy's witnesses to cosign the newest checkpoint and, only with their
 * quorum, publishes it as `witnessed` beside the log's `checkpoint`. Without, what was witnessed before stays, and the
 * command says so. What proves that two histories were signed is kept as a file.
 *
 * JSON: `{ quorum, size, out, outcomes: [{ name, state, message, timestamp? }], evidence: [file] }`.
 * Exit codes: 0 cosigned by the quorum, 1 not, 3 there is no log to read.
 */
export const auditCosignCommand = Command.make(
  "cosign",
  {
    directory: directoryArgument,
    policy: Flag.Path("policy").pipe(
      Flag.withDescription("A trust policy (C2SP tlog-policy) with the witnesses' URLs"),
    ),
    out: Flag.Path("out").pipe(
      Flag.withDescription("Where the cosigned checkpoint goes; left out, `witnessed` beside `checkpoint`"),
      Flag.optional,
    ),
    evidence: Flag.Path("evidence").pipe(
      Flag.withDescription("Folder for evidence of a fork; left out, the working folder"),
      Flag.withDefault("."),
    ),
    timeout: Flag.Int("timeout").pipe(
      Flag.withDescription("Milliseconds that a witness has to answer; 5000 if left out"),
      Flag.withDefault(5000),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.cosign")(function* (input) {
    const reader = yield* openLogReader(input.directory);
    const out = Option.getOrElse(input.out, () => join(reader.directory, "witnessed"));
    if (Option.isNone(input.out) && /^https?:/.test(reader.directory))
      return yield* new UsageFault({
        message: "a log at an address can not be written to",
        help: "say with --out where the cosigned checkpoint goes",
      });
    const policy = yield* readPolicy(input.policy);
    const report = yield* attempt(() => askWitnesses(reader, policy, { timeoutMs: input.timeout }));
    if (report.quorum) yield* writeWhole(out, report.text);
    const files: string[] = [];
    for (const [at, evidence] of report.evidence.entries()) {
      mkdirSync(input.evidence, { recursive: true });
      const file = join(input.evidence, `fork-${report.checkpoint.size}-${at}.json`);
      yield* writeWhole(file, formatForkEvidence(evidence));
      files.push(file);
    }
    const { quorum, checkpoint, outcomes } = report;
    if (input.json)
      yield* json({ quorum, size: checkpoint.size, out: quorum ? out : null, outcomes, evidence: files });
    else {
      const count = outcomes.filter(({ state }) => state === "cosigned").length;
      yield* line(
        quorum
          ? `${styled("green", "witnessed")}: ${checkpoint.size} entries, by ${count} of ${outcomes.length} witnesses; ${shownPath(out)}`
          : `${styled("red", "no quorum")}: ${count} of ${outcomes.length} witnesses cosigned ${checkpoint.size} entries; nothing was published`,
      );
      for (const { name, state, message } of outcomes)
        yield* line(
          `  ${name}: ${state === "cosigned" ? styled("green", state) : `${styled("red", state)}, ${message}`}`,
        );
      for (const file of files) yield* line(`  two histories were signed: ${shownPath(file)}`);
    }
    if (!quorum) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Ask witnesses to cosign a log, and publish what their quorum has seen"),
  Command.withExamples([
    {
      command: "demarc audit cosign .demarc/dns-filter --policy witnesses.policy",
      description: "As a job, each minute",
    },
  ]),
);
