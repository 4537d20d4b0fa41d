import type { LineHandler, LineSink } from "./internal/line-reader.ts";
import { readLines } from "./internal/line-reader.ts";
import { parseRecord } from "./internal/parse-record.ts";
import { type ListReading, MAX_LINE_CHARS } from "./list-reading.ts";

/** Which column holds what. */
export interface CsvOptions {
  /** The header of the column, or its number from 0 in a file without a header; `url` when not given. */
  readonly column?: string | number | undefined;
  /** What the column holds; `url` when not given. */
  readonly kind?: "url" | "domain" | "cidr" | undefined;
}

/**
 * Reads one column of a CSV file (RFC 4180): URLs, each an exact entry, names (with all below), or address prefixes.
 * Without options it reads the column `url`, the form of Citizen Lab's test lists. A quoted field may go over lines.
 *
 * Errors: never fails; `lists/csv-column` (no such column; nothing is read then, or in a short row, that row is left
 * out), `lists/csv-quote` (a quote that is never closed, or text after one), `net/url-...`, `net/name-...`, `net/prefix-...`.
 */
export function readCsv(text: string, options: CsvOptions = {}): ListReading {
  return readLines(text, csvLines(options));
}

/** The reader of `readCsv`, line by line. */
export function csvLines(options: CsvOptions = {}): LineHandler {
  const wanted = options.column ?? "url";
  const kind = options.kind ?? "url";
  // The column's number; null before the header, -1 where the header has no such column.
  let index: number | null = typeof wanted === "number" ? wanted : null;
  let open = "";
  return {
    line: (line: string, sink: LineSink) => {
      if (open === "" && line.trim() === "") return;
      const text = open === "" ? line : `${open}\n${line}`;
      const record = parseRecord(text);
      if (record === "open" && text.length <= MAX_LINE_CHARS) {
        open = text;
        return;
      }
      open = "";
      if (typeof record === "string") return sink.diagnose("lists/csv-quote", QUOTE);
      if (index === null) {
        index = record.findIndex(({ value }) => value.trim().toLowerCase() === String(wanted).toLowerCase());
        if (index < 0)
          sink.diagnose(
            "lists/csv-column",
            `the header has no column \`${wanted}\`; nothing is read`,
            1,
            "say which column holds the entries",
          );
        return;
      }
      if (index < 0) return sink.diagnose("lists/csv-column", `there is no column \`${wanted}\``);
      const field = record[index];
      if (field === undefined)
        return sink.diagnose(
          "lists/csv-column",
          `the row has ${record.length} columns, none of them \`${wanted}\``,
        );
      pass(sink, kind, field.value.trim(), text === line ? field.offset + 1 : 1);
    },
    end: (sink: LineSink) => {
      if (open !== "") sink.diagnose("lists/csv-quote", QUOTE);
    },
  };
}

const QUOTE = "a quoted field ends with a quote and then a comma or the end of the line";

function pass(sink: LineSink, kind: "url" | "domain" | "cidr", value: string, column: number): void {
  if (kind === "domain") sink.domain(value, "subdomains", column);
  else if (kind === "cidr") sink.cidr(value, column);
  else sink.url(value, column);
}
