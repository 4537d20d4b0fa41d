import { formatForkEvidence, parseForkEvidence, verifyForkEvidence } from "@demarc/audit";
import { compareLogs, type LogComparison } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { attempt, findVerifierKey, keyFlag, logArgument, openLogReader } from "../audit-directory.ts";
import { AnswerNo, InputFault, UsageFault } from "../exit.ts";
import { readText, shownPath, writeWhole } from "../files.ts";
import { json, line, styled } from "../print.ts";

/**
 * `demarc audit diff LOG LOG`: whether two copies of a log are one history; a fork goes into a file that anyone can check.
 * `demarc audit diff --evidence FILE` checks such a file.
 *
 * JSON: `{ relation, common, longer?, added?, evidence? }`, or for a file `{ ok, index, issue? }`.
 * Exit codes: 0 one history, or (for a file) evidence that proves nothing; 1 a fork; 3 a log can not be read or compared.
 */
export const auditDiffCommand = Command.make(
  "diff",
  {
    left: logArgument("log").pipe(Argument.optional),
    right: logArgument("other").pipe(Argument.optional),
    key: keyFlag,
    out: Flag.Path("out").pipe(Flag.withDescription("Write evidence of a fork to this file"), Flag.optional),
    evidence: Flag.Path("evidence").pipe(
      Flag.withDescription("Check this evidence file, with the key alone"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.diff")(function* (input) {
    if (Option.isSome(input.evidence))
      return yield* checkEvidence(input.evidence.value, input.key, input.json);
    if (Option.isNone(input.left) || Option.isNone(input.right))
      return yield* new UsageFault({
        message: "two logs are expected",
        help: "demarc audit diff LOG OTHER, or demarc audit diff --evidence FILE --key KEY",
      });
    const { key } = yield* findVerifierKey(input.left.value, Option.getOrUndefined(input.key));
    const left = yield* openLogReader(input.left.value);
    const right = yield* openLogReader(input.right.value);
    const found = yield* attempt(() => compareLogs(left, right, key));
    if (found.relation === "fork" && Option.isSome(input.out))
      yield* writeWhole(input.out.value, formatForkEvidence(found.evidence));
    if (input.json) yield* json(found);
    else yield* print(found, [input.left.value, input.right.value], Option.getOrUndefined(input.out));
    if (found.relation === "fork") return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Compare two copies of a log, and prove a fork"),
  Command.withExamples([
    {
      command: "demarc audit diff .demarc/dns-filter https://mirror.example/log/ --out fork.json",
      description: "Does a mirror show the same history?",
    },
    {
      command: "demarc audit diff --evidence fork.json --key operator.pub",
      description: "Does this file prove that the operator signed two histories?",
    },
  ]),
);

const print = Effect.fnUntraced(function* (
  found: LogComparison,
  names: readonly [string, string],
  out: string | undefined,
) {
  switch (found.relation) {
    case "same":
      return yield* line(`${styled("green", "the same")}: ${found.common} entries`);
    case "extends":
      return yield* line(
        `${styled("green", "one history")}: ${names[found.longer]} has ${found.added} entries more than the ${found.common} that both begin with`,
      );
    case "fork":
    default: {
      yield* line(
        `${styled("red", "fork")}: both are signed, and entry ${found.common} is not the same; the ${found.common} before it are`,
      );
      return yield* line(
        out === undefined
          ? "  --out FILE keeps the evidence"
          : `  evidence that anyone can check is in ${shownPath(out)}`,
      );
    }
  }
});

const checkEvidence = Effect.fnUntraced(function* (
  file: string,
  keyText: Option.Option<string>,
  asJson: boolean,
) {
  const parsed = parseForkEvidence(yield* readText(file));
  if (!parsed.ok)
    return yield* new InputFault({
      ...parsed.issue,
      message: `\`${shownPath(file)}\`: ${parsed.issue.message}`,
    });
  const { key } = yield* findVerifierKey(file, Option.getOrUndefined(keyText));
  const verified = yield* attempt(() => verifyForkEvidence(parsed.value, key));
  if (asJson)
    yield* json(
      verified.ok ? { ok: true, index: verified.value.index } : { ok: false, issue: verified.issue },
    );
  else if (verified.ok) {
    const { index } = verified.value;
    const where = index === null ? "two roots for one size" : `two entries ${index}`;
    yield* line(`${styled("red", "fork")}: ${parsed.value.origin} signed ${where}`);
  } else
    yield* line(`${styled("green", "proves nothing")}: ${verified.issue.message} (${verified.issue.code})`);
  if (verified.ok) return yield* new AnswerNo();
});
