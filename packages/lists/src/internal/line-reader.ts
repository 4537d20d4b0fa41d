// Formats that are made of lines: each is handed to the format's reader, and the next one is read whatever it was.
import { type ListReading, MAX_LINE_CHARS } from "../list-reading.ts";
import type { PlainForm } from "./plain-lines.ts";
import { ReadingCollector } from "./reading-collector.ts";
import { type RecordEvents, RecordPump, type RecordSink } from "./record-pump.ts";

export type { RecordSink as LineSink } from "./record-pump.ts";

/** How one format is read: each line without its line end, and what is said after the last. */
export interface LineHandler {
  readonly line: (line: string, sink: RecordSink, number: number) => void;
  /** `at` tells of an earlier line; it comes after all that is about the end. */
  readonly end?: (sink: RecordSink, at: TellAt) => void;
  /** Forms of lines that say the same wherever they stand: such can be read from bytes. */
  readonly plain?: readonly PlainForm[] | "prefixes";
  /** Is told the name of each line that was read so, as `bytes[from, to)`. */
  readonly plainName?: (bytes: Uint8Array, from: number, to: number) => void;
}

/** Something about a line that was read already, of which `text` is shown. */
export type TellAt = (line: number, text: string, tell: (sink: RecordSink) => void) => void;

/** Takes lines one after another. */
export class LinePump {
  readonly #handler: LineHandler;
  readonly #pump: RecordPump;
  #last = "";

  constructor(handler: LineHandler, events: RecordEvents) {
    this.#handler = handler;
    this.#pump = new RecordPump(events);
  }

  get counts(): RecordPump["counts"] {
    return this.#pump.counts;
  }

  /** A line without its line end; `length` is that of the whole line where only its beginning is given. */
  line(text: string, length: number = text.length): void {
    this.#last = text;
    this.#pump.record(text, (sink) => {
      if (length > MAX_LINE_CHARS) {
        sink.diagnose(
          "lists/line-too-long",
          `a line has ${MAX_LINE_CHARS} characters at most; this one has ${length}`,
          1,
        );
      } else this.#handler.line(text, sink, this.#pump.counts.lineCount);
    });
  }

  /** A line that is an entry and was not made a text. */
  plain(): number {
    return this.#pump.plain();
  }

  end(): void {
    const { end } = this.#handler;
    if (end === undefined) return;
    const at: TellAt = (line, text, tell) => this.#pump.aside(text, tell, { line });
    this.#pump.aside(this.#last, (sink) => end(sink, at), {});
  }
}

/** Feeds every line of a text to a format's reader, and collects what it says. Duplicates are dropped. */
export function readLines(text: string, handler: LineHandler): ListReading {
  const collector = new ReadingCollector();
  const pump = new LinePump(handler, collector);
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
  return collector.reading(pump.counts);
}

/** Where the first character that is no blank stands, or -1 for a blank line. */
export function firstInk(line: string): number {
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index);
    if (code !== 0x20 && code !== 0x09) return index;
  }
  return -1;
}
