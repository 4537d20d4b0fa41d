// What is said when there is no answer: on stderr for a person and, under --json, as one document on stdout for a program.
import { Cause, Console, Effect } from "effect";
import { type CliError, CliOutput } from "effect/cli";
import { EXIT, InputFault, type UsageFault } from "./exit.ts";
import { type Finding, fault, formatFault, formatFinding, json } from "./print.ts";

/** A fault as `--json` shows it. */
export interface FaultReport {
  readonly error: {
    /** Stable: `cli/...`, or the code of the package that refused. */
    readonly code: string;
    readonly message: string;
    readonly help?: string | undefined;
    /** Only where an input has several faults; as in `check`. */
    readonly findings?: readonly Finding[] | undefined;
  };
}

const USAGE = "cli/usage";
const MOST_CHARS = 2_000;

/** Whether the command line asks for JSON; known even when it can not be parsed otherwise. */
export function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === "--json");
}

/** Prints a fault: findings and the fault on stderr, and the report on stdout when `asJson`. */
export const reportFault = Effect.fnUntraced(function* (error: InputFault | UsageFault, asJson: boolean) {
  const { code = USAGE, help } = error;
  const message = shortened(error.message);
  const findings = error._tag === "InputFault" ? error.findings : undefined;
  if (asJson) yield* json({ error: { code, message, help, findings } } satisfies FaultReport);
  for (const finding of findings ?? []) yield* Console.error(formatFinding(finding, process.stderr));
  yield* fault({ ...error, message, help });
});

/** The input fault that stands for a failure of demarc itself, so that it is never taken for the answer no. */
export function internalFault(defect: unknown): InputFault {
  return new InputFault({
    code: "cli/internal",
    message: `demarc itself failed: ${Cause.pretty(Cause.die(defect))}`,
    help: "this is a fault in demarc, please report it with the command line",
  });
}

/**
 * Help on stdout when asked for; for a wrong command line two lines on stderr instead of the whole help, so that stdout
 * has results only.
 */
export const presenter = (asJson: boolean): CliOutput.Presenter => ({
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? presentMisuse(event.commandPath, event.errors, asJson)
      : CliOutput.defaultPresenter.present(event),
});

const presentMisuse = Effect.fnUntraced(function* (
  commandPath: readonly string[],
  errors: readonly CliError.NonShowHelpErrors[],
  asJson: boolean,
) {
  const found = errors.map((error) => ({
    code: USAGE,
    message: shortened(oneLine(error.message)),
    help: suggestionOf(error) ?? `see \`${commandPath.join(" ")} --help\``,
  }));
  const [first = { code: USAGE, message: "the command line can not be read", help: "see `demarc --help`" }] =
    found;
  if (asJson) yield* json({ error: first } satisfies FaultReport);
  for (const each of found) yield* Console.error(formatFault(each));
});

function suggestionOf(error: CliError.NonShowHelpErrors): string | null {
  if (error._tag !== "UnrecognizedOption" && error._tag !== "UnknownSubcommand") return null;
  const [first] = error.suggestions;
  return first === undefined ? null : `did you mean \`${first}\`?`;
}

// Arguments are told back as they were given, but no more of them than a person reads.
function shortened(message: string): string {
  return message.length > MOST_CHARS ? `${message.slice(0, MOST_CHARS)}…` : message;
}

// The library puts its suggestions below the message.
function oneLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}

/** Makes a result that can not be written an error, save for a reader that has read enough. */
export function watchStdout(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    const help = "look at where stdout goes, and the space left there";
    const told = { code: "cli/unwritable", message: `stdout: ${error.message}`, help };
    process.stderr.write(`${formatFault(told)}\n`);
    process.exit(EXIT.input);
  });
}
