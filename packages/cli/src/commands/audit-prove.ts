import { verifyTlogProof } from "@demarc/audit";
import { proveEntry } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import {
  attempt,
  directoryArgument,
  findNamedEntry,
  findVerifierKey,
  keyFlag,
  openLogReader,
} from "../audit-directory.ts";
import { AnswerNo } from "../exit.ts";
import { writeWhole } from "../files.ts";
import { fault, json, line } from "../print.ts";

/**
 * `demarc audit prove DIR ENTRY`: a proof file (C2SP tlog-proof) that the entry is in the log, verified before it is given out.
 *
 * JSON: `{ index, size, root (base64), entry, proof, out }`; `out` is null, or the name that the files were written under.
 * Exit codes: 1 when the log does not bear the proof out, 3 when there is no such entry.
 */
export const auditProveCommand = Command.make(
  "prove",
  {
    directory: directoryArgument,
    entry: Argument.String("entry").pipe(
      Argument.withDescription("Index, or the reference that a notice quoted"),
    ),
    key: keyFlag,
    out: Flag.String("out").pipe(
      Flag.withDescription("Write NAME.tlog-proof and NAME.entry, and do not print the proof without --json"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.prove")(function* (input) {
    const reader = yield* openLogReader(input.directory);
    const key = yield* findVerifierKey(input.directory, Option.getOrUndefined(input.key));
    const found = yield* findNamedEntry(reader, input.entry);
    const proof = yield* attempt(() => proveEntry(reader, found.index));
    const verified = yield* attempt(() => verifyTlogProof(proof, found.bytes, key.key));
    if (!verified.ok) {
      yield* fault({
        ...verified.issue,
        help: "the log is damaged or signed by another key; run `demarc audit verify`",
      });
      return yield* new AnswerNo();
    }
    const { size, root } = verified.value;
    const out = Option.getOrNull(input.out);
    if (out !== null) {
      yield* writeWhole(`${out}.tlog-proof`, proof);
      yield* writeWhole(`${out}.entry`, found.bytes);
    }
    if (input.json)
      return yield* json({
        index: found.index,
        size,
        root: Buffer.from(root).toString("base64"),
        entry: found.entry,
        proof,
        out,
      });
    if (out === null) return process.stdout.write(proof);
    yield* line(
      `entry ${found.index} is in the log of ${size} entries; wrote ${out}.tlog-proof and ${out}.entry`,
    );
    yield* line(
      `anyone checks them with: demarc audit check ${out}.tlog-proof ${out}.entry --key ${key.text}`,
    );
  }),
).pipe(
  Command.withDescription("Prove that an entry is in the log, with a file that anyone can check"),
  Command.withExamples([
    { command: "demarc audit prove .demarc/dns-filter 42", description: "Print the proof for entry 42" },
    {
      command: "demarc audit prove .demarc/dns-filter k3f9a2-42 --out block",
      description: "Write proof and entry for the decision that a notice quoted",
    },
  ]),
);
