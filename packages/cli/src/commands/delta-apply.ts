import { createHash } from "node:crypto";
import { applyDelta } from "@demarc/matcher/delta";
import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { InputFault } from "../exit.ts";
import { readBytes, shownPath, writeWhole } from "../files.ts";
import { json, line } from "../print.ts";
import { openWholeImage, readWholeImage } from "../read-image.ts";
import { refuseInputAsOutput } from "../refuse-input-as-output.ts";

/**
 * `demarc delta apply DELTA OLD --out FILE`: the new image, byte for byte the one that the delta was made for.
 *
 * JSON: `{ out, from, digest, bytes }`.
 * Exit codes: 3 when the delta is damaged or for another image, or a file can not be read or written.
 */
export const deltaApplyCommand = Command.make(
  "apply",
  {
    delta: Argument.Path("delta").pipe(Argument.withDescription("What `demarc delta make` wrote")),
    old: Argument.Path("old").pipe(Argument.withDescription("The image that it starts from")),
    out: Flag.String("out").pipe(
      Flag.withAlias("o"),
      Flag.withDescription("File to write; may be the old image's"),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.delta.apply")(function* (input) {
    yield* refuseInputAsOutput(input.out, [input.delta]);
    const delta = yield* readBytes(input.delta);
    const from = yield* readWholeImage(input.old);
    const applied = applyDelta(delta, from.bytes, { hash: () => createHash("sha256") });
    if (!applied.ok)
      return yield* new InputFault({
        ...applied.issue,
        message: `\`${shownPath(input.delta)}\` can not be applied: ${applied.issue.message}`,
      });
    const image = yield* openWholeImage(input.delta, applied.value);
    yield* writeWhole(input.out, applied.value);
    if (input.json)
      return yield* json({
        out: input.out,
        from: from.image.digest,
        digest: image.digest,
        bytes: applied.value.length,
      });
    yield* line(`${input.out}: ${applied.value.length} bytes`);
    yield* line(`image ${image.digest}`);
  }),
).pipe(
  Command.withDescription("Make the new image of the old one and a delta, and check its digest"),
  Command.withExamples([
    { command: "demarc delta apply new.delta old.image --out new.image", description: "Beside the old one" },
    {
      command: "demarc delta apply new.delta policy.image --out policy.image",
      description: "In its place, whole or not at all",
    },
  ]),
);
