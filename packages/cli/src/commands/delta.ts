import { Command } from "effect/cli";
import { deltaApplyCommand } from "./delta-apply.ts";
import { deltaMakeCommand } from "./delta-make.ts";

/** `demarc delta ...`: from one image to the next. */
export const deltaCommand = Command.make("delta").pipe(
  Command.withDescription("What changed between two images, as a file, and back"),
  Command.withExamples([
    {
      command: "demarc delta make old.image new.image --out new.delta",
      description: "A list that changed little is some kilobytes",
    },
    {
      command: "demarc delta apply new.delta old.image --out new.image",
      description: "The same image, checked by its digest",
    },
  ]),
  Command.withSubcommands([deltaMakeCommand, deltaApplyCommand]),
);
