import { formatPrefix, parseName, parsePrefix, parseUrl } from "@demarc/net";
import {
  type ListDiagnostic,
  type ListEntry,
  type ListReading,
  MAX_DIAGNOSTICS,
  MAX_LINE_CHARS,
} from "../list-reading.ts";
import { EntrySet } from "./entry-set.ts";

const MAX_SHOWN_CHARS = 200;

type Role = "entry" | "exception";

/** What a format's reader does with the lines it is given. */
export interface LineSink {
  /** `column` is 1-based within the line. */
  readonly diagnose: (code: string, message: string, column?: number, help?: string) => void;
  /** Reads a name and passes it on as an entry or exception, or diagnoses it. */
  readonly domain: (text: string, match: "exact" | "subdomains", column: number, as?: Role) => void;
  /** Reads an address prefix likewise. */
  readonly cidr: (text: string, column: number, as?: Role) => void;
  /** Reads a URL, which stands for itself alone. */
  readonly url: (text: string, column: number) => void;
}

/** How one format is read: each line without its line end, and what is said after the last. */
export interface LineHandler {
  readonly line: (line: string, sink: LineSink) => void;
  readonly end?: (sink: LineSink) => void;
}

/** What the lines say, as it is found; what a sink passes on is canonical. */
export interface LineEvents {
  readonly found: (entry: ListEntry, line: number, as: Role) => void;
  readonly diagnosed: (diagnostic: ListDiagnostic) => void;
}

/** Lines so far, by what became of them. */
export interface LineCounts {
  lineCount: number;
  acceptedLines: number;
  refusedLines: number;
}

/** Takes lines one after another. Keeps nothing of a line when it is done. */
export class LinePump {
  readonly counts: LineCounts = { lineCount: 0, acceptedLines: 0, refusedLines: 0 };
  readonly #handler: LineHandler;
  readonly #events: LineEvents;
  readonly #sink: LineSink;
  #line = "";
  #accepted = false;
  #refused = false;

  constructor(handler: LineHandler, events: LineEvents) {
    this.#handler = handler;
    this.#events = events;
    this.#sink = {
      diagnose: (code, message, column = 1, help) => this.#diagnose(code, message, column, help),
      domain: (text, match, column, as = "entry") => {
        const name = parseName(text);
        if (name.ok) this.#found({ type: "domain", value: name.value, match }, as);
        else this.#refuse(name.issue, column);
      },
      cidr: (text, column, as = "entry") => {
        const prefix = parsePrefix(text);
        if (prefix.ok) this.#found({ type: "cidr", value: formatPrefix(prefix.value) }, as);
        else this.#refuse(prefix.issue, column);
      },
      url: (text, column) => {
        const url = parseUrl(text);
        if (url.ok) this.#found({ type: "url", value: url.value.href, match: "exact" }, "entry");
        else this.#refuse(url.issue, column);
      },
    };
  }

  /** A line without its line end; `length` is that of the whole line where only its beginning is given. */
  line(text: string, length: number = text.length): void {
    this.counts.lineCount += 1;
    this.#line = text;
    this.#accepted = false;
    this.#refused = false;
    if (length > MAX_LINE_CHARS) {
      this.#diagnose(
        "lists/line-too-long",
        `a line has ${MAX_LINE_CHARS} characters at most; this one has ${length}`,
        1,
      );
    } else this.#handler.line(text, this.#sink);
    if (this.#accepted) this.counts.acceptedLines += 1;
    else if (this.#refused) this.counts.refusedLines += 1;
  }

  end(): void {
    this.#handler.end?.(this.#sink);
  }

  #found(entry: ListEntry, as: Role): void {
    this.#accepted = true;
    this.#events.found(entry, this.counts.lineCount, as);
  }

  #refuse(
    issue: { code: string; message: string; offset?: number | undefined; help?: string | undefined },
    column: number,
  ): void {
    this.#diagnose(issue.code, issue.message, column + (issue.offset ?? 0), issue.help);
  }

  #diagnose(code: string, message: string, column: number, help?: string): void {
    this.#refused = true;
    const line = this.#line;
    const text = line.length > MAX_SHOWN_CHARS ? `${line.slice(0, MAX_SHOWN_CHARS)}…` : line;
    this.#events.diagnosed({ code, line: this.counts.lineCount, column, message, help, text });
  }
}

/** Feeds every line of a text to a format's reader, and collects what it says. Duplicates are dropped. */
export function readLines(text: string, handler: LineHandler): ListReading {
  const entries = new EntrySet();
  const exceptions = new EntrySet();
  const diagnostics: ListDiagnostic[] = [];
  const countByCode: Record<string, number> = {};
  let diagnosticCount = 0;
  const pump = new LinePump(handler, {
    found: (entry, _line, as) => (as === "entry" ? entries : exceptions).add(entry),
    diagnosed: (diagnostic) => {
      diagnosticCount += 1;
      countByCode[diagnostic.code] = (countByCode[diagnostic.code] ?? 0) + 1;
      if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push(diagnostic);
    },
  });

  let start = text.startsWith("\uFEFF") ? 1 : 0;
  while (start < text.length) {
    let lineEnd = text.indexOf("\n", start);
    if (lineEnd < 0) lineEnd = text.length;
    const long = lineEnd - start > MAX_LINE_CHARS;
    const crlf = lineEnd > start && text.charCodeAt(lineEnd - 1) === 0x0d;
    if (long) pump.line(text.slice(start, start + MAX_LINE_CHARS), lineEnd - start);
    else pump.line(text.slice(start, crlf ? lineEnd - 1 : lineEnd));
    start = lineEnd + 1;
  }
  pump.end();
  const { lineCount, acceptedLines, refusedLines } = pump.counts;
  return {
    entries: entries.items,
    exceptions: exceptions.items,
    diagnostics,
    diagnosticCount,
    countByCode,
    lineCount,
    acceptedLines,
    refusedLines,
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
