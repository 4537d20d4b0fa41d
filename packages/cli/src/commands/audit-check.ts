import { verifyTlogProof } from "@demarc/audit";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { attempt, findVerifierKey, keyFlag } from "../audit-directory.ts";
import { AnswerNo } from "../exit.ts";
import { readBytes } from "../files.ts";
import { fault, json, line, styled } from "../print.ts";

/**
 * `demarc audit check PROOF ENTRY --key KEY`: verifies a proof file with nothing but the entry's bytes and the key.
 *
 * JSON: `{ ok, origin?, size?, issue? }`. Exit codes: 1 when the proof does not hold.
 */
export const auditCheckCommand = Command.make(
  "check",
  {
    proof: Argument.Path("proof").pipe(Argument.withDescription("A .tlog-proof file")),
    entry: Argument.Path("entry").pipe(
      Argument.withDescription("The entry's bytes, as `audit prove --out` or `audit show --raw` writes them"),
    ),
    key: keyFlag,
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.check")(function* (input) {
    const key = yield* findVerifierKey(input.proof, Option.getOrUndefined(input.key));
    const proof = yield* readBytes(input.proof);
    const entry = yield* readBytes(input.entry);
    const verified = yield* attempt(() => verifyTlogProof(proof.toString("utf8"), entry, key.key));
    if (!verified.ok) {
      if (input.json) yield* json({ ok: false, issue: verified.issue });
      else yield* fault(verified.issue);
      return yield* new AnswerNo();
    }
    const { origin, size } = verified.value;
    if (input.json) return yield* json({ ok: true, origin, size });
    yield* line(`${styled("green", "holds")}: the entry is in the log ${origin} as of ${size} entries`);
  }),
).pipe(
  Command.withDescription("Verify a proof file, without the log"),
  Command.withExamples([
    {
      command: "demarc audit check block.tlog-proof block.entry --key operator.pub",
      description: "As anyone can",
    },
  ]),
);
