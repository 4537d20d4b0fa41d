import { Data, Runtime } from "effect";
import type { Finding } from "./print.ts";

/** Exit codes of the command; `--help` and the README list the same ones. */
export const EXIT = {
  /** The answer is yes: valid, passed, verified. */
  ok: 0,
  /** The answer is no: a fault was found, a test failed, a proof does not hold. Already printed. */
  no: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Something could not be read or written, or demarc itself failed. */
  input: 3,
} as const;

/** The work was done and its answer is no; what was found is already printed. */
export class AnswerNo extends Data.TaggedError("AnswerNo") {
  override readonly [Runtime.errorExitCode] = EXIT.no;
  override readonly [Runtime.errorReported] = false;
}

/** Some inputs could not be read; they and the answers for the others are already printed. */
export class InputsUnread extends Data.TaggedError("InputsUnread") {
  override readonly [Runtime.errorExitCode] = EXIT.input;
  override readonly [Runtime.errorReported] = false;
}

/** An input that is missing or can not be understood; printed by `reportFault`. */
export class InputFault extends Data.TaggedError("InputFault")<{
  /** Stable, kebab-case, `cli/...` or the code of the package that refused. */
  readonly code: string;
  /** One line: what was expected and what was found. */
  readonly message: string;
  /** What to do. */
  readonly help?: string | undefined;
  /** Everything that is wrong with the input, where that is more than one thing. */
  readonly findings?: readonly Finding[] | undefined;
}> {
  override readonly [Runtime.errorExitCode] = EXIT.input;
  override readonly [Runtime.errorReported] = false;
}

/** A command line that makes no sense; printed by `reportFault`. */
export class UsageFault extends Data.TaggedError("UsageFault")<{
  /** `cli/usage` if left out. */
  readonly code?: string | undefined;
  readonly message: string;
  readonly help?: string | undefined;
}> {
  override readonly [Runtime.errorExitCode] = EXIT.usage;
  override readonly [Runtime.errorReported] = false;
}

/** A command line that does not parse; the presenter has printed why. */
export class Misused extends Data.TaggedError("Misused")<{ readonly message: string }> {
  override readonly [Runtime.errorExitCode] = EXIT.usage;
  override readonly [Runtime.errorReported] = false;
}
