import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { ListReading } from "./list-reading.ts";

/**
 * Reads a list with one address or address prefix per line; `#` and `;` start a comment.
 *
 * Errors: never fails; `net/address-...`, `net/prefix-...`, `lists/line-too-long`.
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
  const end = line.slice(start).search(/[\s#;]/);
  sink.cidr(end < 0 ? line.slice(start) : line.slice(start, start + end), start + 1);
}
