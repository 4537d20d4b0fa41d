import { formatPrefix, parseName, parsePrefix } from "@demarc/net";
import { type ListDiagnostic, type ListReading, MAX_DIAGNOSTICS, MAX_LINE_CHARS } from "../list-reading.ts";
import { EntrySet } from "./entry-set.ts";

const MAX_SHOWN_CHARS = 200;

/** What a format's reader does with the lines it is given. */
export interface LineSink {
  /** `column` is 1-based within the line. */
  readonly diagnose: (code: string, message: string, column?: number, help?: string) => void;
  /** Reads a name and passes it on as an entry or exception, or diagnoses it. */
  readonly domain: (
    text: string,
    match: "exact" | "subdomains",
    column: number,
    as?: "entry" | "exception",
  ) => void;
  /** Reads an address prefix likewise. */
  readonly cidr: (text: string, column: number, as?: "entry" | "exception") => void;
}

/**
 * Feeds every line to `read`, without its line end, and collects what it says; `end` may still diagnose the last line.
 * Duplicates are dropped.
 */
export function readLines(
  text: string,
  read: (line: string, sink: LineSink) => void,
  end?: () => void,
): ListReading {
  const entries = new EntrySet();
  const exceptions = new EntrySet();
  const diagnostics: ListDiagnostic[] = [];
  const countByCode: Record<string, number> = {};
  let diagnosticCount = 0;
  let lineCount = 0;
  let line = "";

  const sink: LineSink = {
    diagnose: (code, message, column = 1, help) => {
      diagnosticCount += 1;
      countByCode[code] = (countByCode[code] ?? 0) + 1;
      if (diagnostics.length >= MAX_DIAGNOSTICS) return;
      const shown = line.length > MAX_SHOWN_CHARS ? `${line.slice(0, MAX_SHOWN_CHARS)}…` : line;
      diagnostics.push({ code, line: lineCount, column, message, help, text: shown });
    },
    domain: (value, match, column, as = "entry") => {
      const name = parseName(value);
      if (name.ok) (as === "entry" ? entries : exceptions).add({ type: "domain", value: name.value, match });
      else
        sink.diagnose(
          name.issue.code,
          name.issue.message,
          column + (name.issue.offset ?? 0),
          name.issue.help,
        );
    },
    cidr: (value, column, as = "entry") => {
      const prefix = parsePrefix(value);
      if (prefix.ok)
        (as === "entry" ? entries : exceptions).add({ type: "cidr", value: formatPrefix(prefix.value) });
      else
        sink.diagnose(
          prefix.issue.code,
          prefix.issue.message,
          column + (prefix.issue.offset ?? 0),
          prefix.issue.help,
        );
    },
  };

  let start = text.startsWith("\uFEFF") ? 1 : 0;
  while (start < text.length) {
    let lineEnd = text.indexOf("\n", start);
    if (lineEnd < 0) lineEnd = text.length;
    lineCount += 1;
    if (lineEnd - start > MAX_LINE_CHARS) {
      line = text.slice(start, start + MAX_LINE_CHARS);
      sink.diagnose(
        "lists/line-too-long",
        `a line has ${MAX_LINE_CHARS} characters at most; this one has ${lineEnd - start}`,
      );
    } else {
      const crlf = lineEnd > start && text.charCodeAt(lineEnd - 1) === 0x0d;
      line = text.slice(start, crlf ? lineEnd - 1 : lineEnd);
      read(line, sink);
    }
    start = lineEnd + 1;
  }
  end?.();
  return {
    entries: entries.items,
    exceptions: exceptions.items,
    diagnostics,
    diagnosticCount,
    countByCode,
    lineCount,
  };
}

/** Where the first character that is no blank stands, or -1 for a blank line. */
export function firstInk(line: string): number {
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index);
    if (code !== 0x20 && code !== 0x09) return index;
  }
  return -1;
}
