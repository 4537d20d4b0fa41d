import { handlerOf, type ReadListOptions } from "./internal/handlers.ts";
import { readLines } from "./internal/line-reader.ts";
import type { ListFormat, ListReading } from "./list-reading.ts";

/** Every format that `readList` knows. */
export const LIST_FORMATS: readonly ListFormat[] = [
  "domains",
  "hosts",
  "adguard",
  "dnsmasq",
  "rpz",
  "geosite",
  "cidr",
  "unbound",
  "csv",
];

/**
 * Reads a list of any known format. Never fails: lines that say nothing usable are diagnostics, and the rest is read.
 * A format that is not known (from untyped code) gives no entries and the diagnostic `lists/format`.
 *
 * Cost: linear in the text; 1 to 3 µs per line (bench/read-list.ts).
 */
export function readList(format: ListFormat, text: string, options: ReadListOptions = {}): ListReading {
  const handler = handlerOf(format, options);
  if (handler !== null) return readLines(text, handler);
  return {
    entries: [],
    exceptions: [],
    diagnostics: [
      {
        code: "lists/format",
        line: 1,
        column: 1,
        message: "the format of this list is not known, so nothing was read",
        help: `use one of ${LIST_FORMATS.join(", ")}`,
        text: "",
      },
    ],
    diagnosticCount: 1,
    countByCode: { "lists/format": 1 },
    lineCount: 0,
    acceptedLines: 0,
    refusedLines: 0,
  };
}
