import { realpathSync } from "node:fs";
import { Effect } from "effect";
import { UsageFault } from "./exit.ts";

/** Refuses to write over a file that the command reads and that is needed afterwards, under whatever name. */
export const refuseInputAsOutput = (
  out: string,
  inputs: readonly string[],
): Effect.Effect<void, UsageFault> =>
  inputs.some((input) => input === out || realPath(input) === realPath(out))
    ? Effect.fail(
        new UsageFault({
          message: `\`${out}\` is read here, and would be lost`,
          help: "give --out another name",
        }),
      )
    : Effect.void;

// The path itself where nothing is there: two of these are told apart by their names.
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
