import { LIST_FORMATS, type ListEntry, type ListReading, type WritableFormat } from "../src/index.ts";

/** The formats that are made of lines. */
export type LineFormat = Exclude<WritableFormat, "sing-box">;

export const LINE_FORMATS = LIST_FORMATS.filter(
  (format): format is LineFormat => format !== "sing-box" && !format.endsWith("-dat"),
);

/** An entry in the short form of the vectors: `=name` itself alone, `*name` with all below, else an address prefix. */
export function short(entry: ListEntry): string {
  if (entry.type !== "domain") return entry.value;
  return `${entry.match === "exact" ? "=" : "*"}${entry.value}`;
}

/** A reading in the short form of the vectors. */
export function shortReading(reading: ListReading): {
  entries: string[];
  exceptions: string[];
  diagnostics: string[];
} {
  return {
    entries: reading.entries.map(short),
    exceptions: reading.exceptions.map(short),
    diagnostics: reading.diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`),
  };
}
