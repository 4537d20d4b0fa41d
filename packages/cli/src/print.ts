// Everything the command prints goes through here: results to stdout, progress and faults to stderr,
// colours only where the stream is a terminal and NO_COLOR is unset (https://no-color.org).
import { styleText } from "node:util";
import { Console, Effect } from "effect";

type Style = Parameters<typeof styleText>[0];

/** Text in a style, or plain where the stream shows none. */
export const styled = (style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string =>
  styleText(style, text, { stream });

/** A line of the result. */
export const line = (text = ""): Effect.Effect<void> => Console.log(text);

/** The result as JSON: one document, two spaces, on stdout. */
export const json = (value: unknown): Effect.Effect<void> => Console.log(JSON.stringify(value, null, 2));

/** Why there is no answer, and what to do. */
export interface Fault {
  readonly code?: string | undefined;
  readonly message: string;
  readonly help?: string | undefined;
}

/** `error: message (code)` and, on a line of its own, what to do; for stderr. */
export const formatFault = (found: Fault): string =>
  [
    `${styled("red", "error", process.stderr)}: ${found.message}${found.code === undefined ? "" : ` (${found.code})`}`,
    ...(found.help === undefined ? [] : [`  help: ${found.help}`]),
  ].join("\n");

/** A fault on stderr. */
export const fault = (found: Fault): Effect.Effect<void> => Console.error(formatFault(found));

/** One finding in a document, where an editor can jump to it. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly pointer?: string | undefined;
  readonly help?: string | undefined;
}

/** `file:line:column: severity: message (code)`, the form that editors and people both read. */
export const formatFinding = (finding: Finding, stream: NodeJS.WriteStream = process.stdout): string => {
  const place =
    finding.file === undefined
      ? ""
      : `${finding.file}${finding.line === undefined ? "" : `:${finding.line}:${finding.column ?? 1}`}: `;
  const severity = styled(finding.severity === "error" ? "red" : "yellow", finding.severity, stream);
  const help = finding.help === undefined ? "" : `\n  help: ${finding.help}`;
  return `${place}${severity}: ${finding.message} (${finding.code})${help}`;
};

/** `3 errors, 1 warning` in words. */
export const countFindings = (findings: readonly Finding[]): string => {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return `${plural(errors, "error")}, ${plural(findings.length - errors, "warning")}`;
};

/** `1 rule`, `2 rules`. */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;

/**
 * A progress line for long work, on stderr and only where that is a terminal; it overwrites itself.
 * Call with the amounts as they grow; the last call has `done === total`.
 */
export const progress = (label: string): ((done: number, total: number) => void) => {
  let last = 0;
  return (done, total) => {
    if (!process.stderr.isTTY) return;
    const now = performance.now();
    if (now - last < 100 && done < total) return;
    last = now;
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    process.stderr.write(`\r${label} ${percent} % (${done} of ${total})${done >= total ? "\n" : ""}`);
  };
};
