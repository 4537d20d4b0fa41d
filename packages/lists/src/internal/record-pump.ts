// What every reader tells its list through: values are read to canonical form here, and each line or record is counted
// for what became of it.
import { formatPrefix, type Issue, parseName, parsePrefix, parseUrl } from "@demarc/net";
import type { ListDiagnostic, ListEntry } from "../list-reading.ts";
import { readPattern } from "./url-pattern.ts";

const MAX_SHOWN_CHARS = 200;
const MAX_MESSAGE_CHARS = 500;

/** What is said of an exception that is left out. */
export const EXCEPTION_LOST = "the exception is left out, so the list blocks more than it says";

export type Role = "entry" | "exception";

/** What a format's reader does with what it is given. */
export interface RecordSink {
  /** `column` is 1-based within the line. */
  readonly diagnose: (code: string, message: string, column?: number, help?: string) => void;
  /** The record says something that is told when the list ends. */
  readonly accept: () => void;
  /** Reads a name and passes it on as an entry or exception, or diagnoses it. */
  readonly domain: (text: string, match: "exact" | "subdomains", column: number, as?: Role) => void;
  /** Reads an address prefix likewise. */
  readonly cidr: (text: string, column: number, as?: Role) => void;
  /** Reads a URL, which stands for itself alone. */
  readonly url: (text: string, column: number) => void;
  /** Reads a pattern of URLs likewise. */
  readonly pattern: (text: string, column: number, as?: Role) => void;
  /** What follows is in an included list, until told otherwise or the record ends; `column` is that of the include in the record. */
  readonly within: (
    place: { readonly list: string; readonly line: number; readonly column: number } | null,
  ) => void;
}

/** What a list says, as it is found; entries are canonical. */
export interface RecordEvents {
  readonly found: (entry: ListEntry, line: number, as: Role) => void;
  readonly diagnosed: (diagnostic: ListDiagnostic) => void;
}

/** Lines or records so far, by what became of them. */
export interface RecordCounts {
  lineCount: number;
  acceptedLines: number;
  refusedLines: number;
}

/** Where a record stands; a binary one has an offset in bytes. */
export interface RecordPlace {
  readonly line?: number;
  readonly offset?: number;
}

/** Takes records one after another. Keeps nothing of a record when the next one starts. */
export class RecordPump {
  readonly counts: RecordCounts = { lineCount: 0, acceptedLines: 0, refusedLines: 0 };
  readonly sink: RecordSink;
  readonly #events: RecordEvents;
  #text = "";
  #line = 0;
  #offset: number | undefined;
  #accepted = false;
  #refused = false;
  #within: { readonly list: string; readonly line: number; readonly column: number } | null = null;

  constructor(events: RecordEvents) {
    this.#events = events;
    this.sink = {
      diagnose: (code, message, column = 1, help) => this.#diagnose(code, message, column, help),
      accept: () => {
        this.#accepted = true;
      },
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
      pattern: (text, column, as = "entry") => {
        const pattern = readPattern(text);
        if (pattern.ok) this.#found({ type: "url-pattern", value: pattern.value }, as);
        else if (as === "entry")
          this.#diagnose(pattern.code, `${pattern.message}; left out`, column, pattern.help);
        else
          this.#diagnose(
            "lists/adguard-exception",
            `${pattern.message}; ${EXCEPTION_LOST}`,
            column,
            pattern.help,
          );
      },
      within: (place) => {
        this.#within = place;
      },
    };
  }

  /** A record: what `read` tells the sink is about it. */
  record(text: string, read: (sink: RecordSink) => void, place: RecordPlace = {}): void {
    this.counts.lineCount += 1;
    this.#text = text;
    this.#line = place.line ?? this.counts.lineCount;
    this.#offset = place.offset;
    this.#accepted = false;
    this.#refused = false;
    this.#within = null;
    read(this.sink);
    if (this.#accepted) this.counts.acceptedLines += 1;
    else if (this.#refused) this.counts.refusedLines += 1;
  }

  /** A record that is one entry, which was passed on elsewhere. Returns its line. */
  plain(): number {
    this.counts.acceptedLines += 1;
    this.counts.lineCount += 1;
    return this.counts.lineCount;
  }

  /** What is told outside of a record: the end of a list, a file that is cut off. */
  aside(text: string, read: (sink: RecordSink) => void, place: RecordPlace): void {
    this.#text = text;
    this.#line = place.line ?? Math.max(1, this.counts.lineCount);
    this.#offset = place.offset;
    read(this.sink);
  }

  #found(entry: ListEntry, as: Role): void {
    this.#accepted = true;
    this.#events.found(entry, this.#line, as);
  }

  #refuse(issue: Issue, column: number): void {
    this.#diagnose(issue.code, issue.message, column + (issue.offset ?? 0), issue.help);
  }

  #diagnose(code: string, message: string, column: number, help?: string): void {
    this.#refused = true;
    const text =
      this.#text.length > MAX_SHOWN_CHARS ? `${this.#text.slice(0, MAX_SHOWN_CHARS)}…` : this.#text;
    const offset = this.#offset;
    const within = this.#within;
    this.#events.diagnosed({
      code,
      line: this.#line,
      column: offset === undefined ? (within?.column ?? column) : 1,
      ...(offset === undefined ? {} : { offset }),
      ...(within === null ? {} : { included: { list: within.list, line: within.line, column } }),
      message: printable(message),
      help,
      text,
    });
  }
}

// What a list says goes to terminals: its control characters are told, not sent.
function printable(message: string): string {
  const shown = message.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return shown.length > MAX_MESSAGE_CHARS ? `${shown.slice(0, MAX_MESSAGE_CHARS)}…` : shown;
}
