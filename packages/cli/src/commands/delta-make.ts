import { makeDelta } from "@demarc/matcher/delta";
import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { InputFault } from "../exit.ts";
import { writeWhole } from "../files.ts";
import { json, line } from "../print.ts";
import { readWholeImage } from "../read-image.ts";
import { refuseInputAsOutput } from "../refuse-input-as-output.ts";

/**
 * `demarc delta make OLD NEW --out FILE`: what makes the new image of the old one.
 *
 * JSON: `{ out, from, to, bytes, imageBytes }`: digests of both images, and sizes.
 * Exit codes: 3 when a file is no whole image, or the delta can not be written.
 */
export const deltaMakeCommand = Command.make(
  "make",
  {
    old: Argument.Path("old").pipe(Argument.withDescription("The image that is held already")),
    new: Argument.Path("new").pipe(Argument.withDescription("The image that it shall become")),
    out: Flag.String("out").pipe(Flag.withAlias("o"), Flag.withDescription("File to write")),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.delta.make")(function* (input) {
    yield* refuseInputAsOutput(input.out, [input.old, input.new]);
    const from = yield* readWholeImage(input.old);
    const to = yield* readWholeImage(input.new);
    const made = makeDelta(from.bytes, to.bytes);
    if (!made.ok) return yield* new InputFault(made.issue);
    yield* writeWhole(input.out, made.value);
    if (input.json)
      return yield* json({
        out: input.out,
        from: from.image.digest,
        to: to.image.digest,
        bytes: made.value.length,
        imageBytes: to.bytes.length,
      });
    yield* line(`${input.out}: ${made.value.length} bytes, for an image of ${to.bytes.length}`);
    yield* line(`from image ${from.image.digest}`);
    yield* line(`to image   ${to.image.digest}`);
  }),
).pipe(
  Command.withDescription("Write what makes the new image of the old one"),
  Command.withExamples([
    { command: "demarc delta make old.image new.image --out new.delta", description: "From old to new" },
  ]),
);
