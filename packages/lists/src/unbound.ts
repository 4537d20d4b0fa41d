import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { ListReading } from "./list-reading.ts";

// Zone types that answer nothing, or that nothing is here, for the name and all below it.
const BLOCKING: ReadonlySet<string> = new Set([
  "deny",
  "refuse",
  "static",
  "always_deny",
  "always_refuse",
  "always_nxdomain",
  "always_nodata",
  "always_null",
  "inform_deny",
]);
const PASSING: ReadonlySet<string> = new Set([
  "transparent",
  "always_transparent",
  "typetransparent",
  "inform",
]);

const ZONE = /^local-zone:\s*(?:"([^"]*)"|(\S+))\s+(?:"([^"]*)"|(\S+))\s*$/d;

/**
 * Reads the `local-zone:` lines of an Unbound configuration: a name, and all below it, that is refused
 * (`always_nxdomain`, `always_refuse`, `static` ...) is an entry, one that is passed (`transparent` ...) an exception.
 * Zones that redirect (`redirect` with `local-data:`) are rewrites and left out (`lists/unbound-type`); so are
 * `local-data:` and all other options (`lists/unbound-option`). `server:` and comments say nothing.
 *
 * Errors: never fails; `lists/unbound-syntax`, `lists/unbound-type`, `lists/unbound-option`, `net/name-...`.
 * Source: unbound.conf(5), local-zone.
 */
export function readUnbound(text: string): ListReading {
  return readLines(text, unboundLines());
}

/** The reader of `readUnbound`, line by line. */
export function unboundLines(): LineHandler {
  return { line: unboundLine };
}

function unboundLine(line: string, sink: LineSink): void {
  const start = firstInk(line);
  if (start < 0 || line[start] === "#") return;
  const comment = line.search(/\s#/);
  const content = line.slice(start, comment < start ? undefined : comment).trimEnd();
  if (content === "server:" || content === "") return;
  if (!content.startsWith("local-zone:")) {
    const known = /^[a-z][a-z0-9-]*:/.test(content);
    return known
      ? sink.diagnose("lists/unbound-option", "an option that refuses no zone; left out", start + 1)
      : sink.diagnose("lists/unbound-syntax", "`local-zone: name type` is expected", start + 1);
  }
  const match = ZONE.exec(content);
  if (match === null) {
    return sink.diagnose("lists/unbound-syntax", "`local-zone: name type` is expected", start + 1);
  }
  const name = match[1] ?? match[2] ?? "";
  const type = match[3] ?? match[4] ?? "";
  const column = start + 1 + (match.indices?.[1] ?? match.indices?.[2] ?? [0])[0];
  if (PASSING.has(type)) return sink.domain(name, "subdomains", column, "exception");
  if (BLOCKING.has(type)) return sink.domain(name, "subdomains", column);
  sink.diagnose(
    "lists/unbound-type",
    `a zone of type \`${type}\` does not refuse a name and all below it; left out`,
    start + 1,
  );
}
