import { Command } from "effect/cli";
import { listConvertCommand } from "./list-convert.ts";
import { listDiffCommand } from "./list-diff.ts";
import { listInspectCommand } from "./list-inspect.ts";
import { listWriteCommand } from "./list-write.ts";

/** `demarc list ...`: lists in the formats of others. */
export const listCommand = Command.make("list").pipe(
  Command.withDescription(
    "Look into lists in other formats, convert them, compare two, write one from policies",
  ),
  Command.withExamples([
    { command: "demarc list inspect blocklist.txt", description: "What is in it, and what it reaches" },
    { command: "demarc list convert hosts.txt --to rpz --out db.rpz", description: "To another format" },
    { command: "demarc list diff old.txt new.txt", description: "What changed in meaning" },
    {
      command: "demarc list write examples/site --territory DE --at 2026-07-01 --to rpz --out db.rpz",
      description: "What is blocked there and then",
    },
  ]),
  Command.withSubcommands([listInspectCommand, listConvertCommand, listDiffCommand, listWriteCommand]),
);
