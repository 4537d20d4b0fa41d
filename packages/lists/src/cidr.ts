import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { ListReading } from "./list-reading.ts";

/**
 * Reads a list with one address or address prefix per line; `#` and `;` start a comment.
 *
 * Errors: never fails; `lists/cidr-more` where something else follows, `net/address-...`, `net/prefix-...`, `lists/line-too-long`.
 */
export function readCidr(text: string): ListReading {
  return readLines(text, cidrLines());
}

/** The reader of `readCidr`, line by line. */
export function cidrLines(): LineHandler {
  return { line: cidrLine, plain: "prefixes" };
}

function cidrLine(line: string, sink: LineSink): void {
  const start = firstInk(line);
  if (start < 0 || line[start] === "#" || line[start] === ";") return;
  const length = line.slice(start).search(/[\s#;]/);
  const end = length < 0 ? line.length : start + length;
  // A range or a mask after a blank would be lost, and with it most of what the line says.
  const rest = end + firstInk(line.slice(end));
  if (rest >= end && line[rest] !== "#" && line[rest] !== ";")
    return sink.diagnose(
      "lists/cidr-more",
      "something follows the prefix; left out",
      rest + 1,
      "write a range or a mask as prefixes, one a line; `#` or `;` starts a comment",
    );
  sink.cidr(line.slice(start, end), start + 1);
}
