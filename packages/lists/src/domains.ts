import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { ListReading } from "./list-reading.ts";

/**
 * Reads a list with one domain per line. A name stands for itself and everything below it; `=name` or `full:name` for
 * itself alone; `*.name` like the bare name below it. `#` and `!` start a comment.
 *
 * Errors: never fails; see `ListReading.diagnostics` (`net/name-...`, `lists/line-too-long`).
 */
export function readDomains(text: string): ListReading {
  return readLines(text, domainsLines());
}

/** The reader of `readDomains`, line by line. */
export function domainsLines(): LineHandler {
  return { line: domainsLine, plain: [{ before: "", after: "", match: "subdomains" }] };
}

function domainsLine(line: string, sink: LineSink): void {
  const start = firstInk(line);
  if (start < 0 || line[start] === "#" || line[start] === "!") return;
  const comment = line.indexOf("#", start);
  const value = line.slice(start, comment < 0 ? undefined : comment).trim();
  if (value.startsWith("=")) sink.domain(value.slice(1), "exact", start + 2);
  else if (value.startsWith("full:")) sink.domain(value.slice(5), "exact", start + 6);
  else if (value.startsWith("*.")) sink.domain(value.slice(2), "subdomains", start + 3);
  else sink.domain(value.startsWith(".") ? value.slice(1) : value, "subdomains", start + 1);
}
