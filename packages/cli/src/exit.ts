import { Data, Runtime } from "effect";

/** Exit codes of the command; `--help` and the README list the same ones. */
export const EXIT = {
  /** The answer is yes: valid, passed, verified. */
  ok: 0,
  /** The answer is no: a fault was found, a test failed, a proof does not hold. Already printed. */
  no: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Something could not be read or written. */
  input: 3,
} as const;

/** The work was done and its answer is no; what was found is already printed. */
export class AnswerNo extends Data.TaggedError("AnswerNo") {
  override readonly [Runtime.errorExitCode] = EXIT.no;
  override readonly [Runtime.errorReported] = false;
}

/** An input that is missing or can not be understood; printed by `reportInputFault`. */
export class InputFault extends Data.TaggedError("InputFault")<{
  /** Stable, kebab-case, `cli/...` or the code of the package that refused. */
  readonly code: string;
  /** One line: what was expected and what was found. */
  readonly message: string;
  /** What to do. */
  readonly help?: string | undefined;
}> {
  override readonly [Runtime.errorExitCode] = EXIT.input;
  override readonly [Runtime.errorReported] = false;
}

/** A command line that parses but makes no sense. */
export class UsageFault extends Data.TaggedError("UsageFault")<{
  readonly message: string;
  readonly help?: string | undefined;
}> {
  override readonly [Runtime.errorExitCode] = EXIT.usage;
  override readonly [Runtime.errorReported] = false;
}
