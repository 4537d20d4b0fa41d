import { utf8Decoder } from "./internal/globals.ts";
import { binaryOf, handlerOf, type ReadListOptions, textOf } from "./internal/handlers.ts";
import { readLines } from "./internal/line-reader.ts";
import { readBytes } from "./internal/read-bytes.ts";
import { readText } from "./internal/read-text.ts";
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
  "sing-box",
  "geosite-dat",
  "geoip-dat",
];

/**
 * Reads a list of any known format. Never fails: lines that say nothing usable are diagnostics, and the rest is read.
 * A format that is not known (from untyped code) gives no entries and the diagnostic `lists/format`, text in a binary format
 * (`geosite-dat`, `geoip-dat`) the diagnostic `lists/binary`.
 *
 * Input: text, or its bytes in UTF-8; the bytes of a binary format.
 *
 * Cost: linear in the text; 1 to 3 µs per line (bench/read-list.ts).
 */
export function readList(
  format: ListFormat,
  list: string | Uint8Array,
  options: ReadListOptions = {},
): ListReading {
  const binary = binaryOf(format);
  if (binary !== null) {
    return typeof list === "string"
      ? nothing("lists/binary", NO_TEXT, "give the bytes of the file")
      : readBytes(list, (pump) => binary(pump, options));
  }
  const text = textOf(format);
  if (text !== null) return readText(list, text);
  const handler = handlerOf(format, options);
  if (handler === null)
    return nothing(
      "lists/format",
      "the format of this list is not known, so nothing was read",
      `use one of ${LIST_FORMATS.join(", ")}`,
    );
  return readLines(typeof list === "string" ? list : utf8Decoder().decode(list), handler);
}

const NO_TEXT = "this format is bytes, and text was given, so nothing was read";

function nothing(code: string, message: string, help: string): ListReading {
  return {
    entries: [],
    exceptions: [],
    diagnostics: [{ code, line: 1, column: 1, message, help, text: "" }],
    diagnosticCount: 1,
    countByCode: { [code]: 1 },
    lineCount: 0,
    acceptedLines: 0,
    refusedLines: 0,
  };
}
