// A list as it arrives: pieces of bytes or text in, entries and diagnostics out, nothing kept.

import type { ByteHandler } from "./internal/dat-reader.ts";
import { utf8Decoder } from "./internal/globals.ts";
import { binaryOf, handlerOf, type ReadListOptions, textOf } from "./internal/handlers.ts";
import { type LineHandler, LinePump } from "./internal/line-reader.ts";
import { type OnNameBytes, PlainLines, type PlainReader } from "./internal/plain-lines.ts";
import { PlainPrefixes } from "./internal/plain-prefixes.ts";
import type { TextHandler } from "./internal/read-text.ts";
import { type RecordEvents, RecordPump } from "./internal/record-pump.ts";
import { type ListDiagnostic, type ListEntry, type ListFormat, MAX_LINE_CHARS } from "./list-reading.ts";

/** What is called while a list is read. */
export interface ListEvents {
  /** An entry and its line (1-based), as it is found; duplicates are not dropped. */
  readonly onEntry?: ((entry: ListEntry, line: number) => void) | undefined;
  /**
   * A name that a line of bytes has in canonical form, as `bytes[from, to)`: nothing is made for it then, and `onEntry` is not
   * called for it. Most lines of most lists are such; which ones is nothing to rely on, so give `onEntry` as well.
   */
  readonly onNameBytes?: OnNameBytes | undefined;
  /**
   * Likewise a prefix, of IPv4 or IPv6: the 4 or 16 bytes of its address, which are written over for the next one, and its length
   * in bits.
   */
  readonly onPrefix?: ((address: Uint8Array, length: number, line: number) => void) | undefined;
  /** An entry that the list excepts. */
  readonly onException?: ((entry: ListEntry, line: number) => void) | undefined;
  /** Each one, without a cap. */
  readonly onDiagnostic?: ((diagnostic: ListDiagnostic) => void) | undefined;
  /** After each piece: bytes (or characters, for text) and lines so far. */
  readonly onProgress?: ((progress: ListProgress) => void) | undefined;
}

/** How far a list is read. */
export interface ListProgress {
  /** Bytes of the pieces so far; characters where they are text. */
  readonly size: number;
  readonly lines: number;
}

/** Lines by what became of them; the three add up to `lines`. */
export interface ListCounts {
  readonly lines: number;
  /** Gave an entry or an exception. */
  readonly accepted: number;
  /** Gave a diagnostic and nothing else. */
  readonly refused: number;
  /** Said nothing: blank lines, comments, headers. */
  readonly ignored: number;
  readonly countByCode: Readonly<Record<string, number>>;
}

/** A list that is being read. */
export interface ListStream {
  /** The next piece; it may end anywhere, also within a character. Ignored after `end`. */
  readonly push: (piece: Uint8Array | string) => void;
  /** Reads what is left. A second call returns the same counts. */
  readonly end: () => ListCounts;
}

/**
 * Reads a list piece by piece, in memory that does not grow with it; only `rpz` keeps the names of its zone (what a
 * wildcard means depends on them), `dnsmasq` and `unbound` their names, packed (what is lifted depends on them), `sing-box` its rules and names, `geosite` the names of its includes and of lists that add to others, and `geoip-dat` the prefixes of the list that is
 * read. Bytes are UTF-8, but for binary formats; what is not UTF-8 is refused on its line. Never throws, save what the
 * callbacks throw.
 *
 * Errors: never fails; those of the format's reader, `lists/format` for a format that is not known, and `lists/binary` for
 * text in a binary format.
 */
export function streamList(
  format: ListFormat,
  events: ListEvents,
  options: ReadListOptions = {},
): ListStream {
  const countByCode: Record<string, number> = {};
  const recordEvents: RecordEvents = {
    found: (entry, line, as) =>
      as === "entry" ? events.onEntry?.(entry, line) : events.onException?.(entry, line),
    diagnosed: (diagnostic) => {
      countByCode[diagnostic.code] = (countByCode[diagnostic.code] ?? 0) + 1;
      events.onDiagnostic?.(diagnostic);
    },
  };
  const reader = readerOf(format, options, recordEvents, events);
  const { pump } = reader;
  let size = 0;
  let counts: ListCounts | null = null;
  return {
    push: (piece) => {
      if (counts !== null) return;
      size += piece.length;
      reader.push(piece);
      events.onProgress?.({ size, lines: pump.counts.lineCount });
    },
    end: () => {
      if (counts !== null) return counts;
      reader.end();
      const { lineCount: lines, acceptedLines: accepted, refusedLines: refused } = pump.counts;
      counts = { lines, accepted, refused, ignored: lines - accepted - refused, countByCode };
      return counts;
    },
  };
}

interface Reader {
  readonly pump: { readonly counts: RecordPump["counts"] };
  readonly push: (piece: Uint8Array | string) => void;
  readonly end: () => void;
}

function readerOf(
  format: ListFormat,
  options: ReadListOptions,
  events: RecordEvents,
  plainEvents: Pick<ListEvents, "onNameBytes" | "onPrefix">,
): Reader {
  const binary = binaryOf(format);
  if (binary !== null) {
    const pump = new RecordPump(events);
    return bytesReader(pump, binary(pump, options));
  }
  const text = textOf(format);
  if (text !== null) {
    const pump = new RecordPump(events);
    return textReader(pump, text(pump));
  }
  const handler = handlerOf(format, options) ?? UNKNOWN_FORMAT;
  return linesReader(handler, events, plainReader(handler, plainEvents));
}

function plainReader(
  { plain, plainName }: LineHandler,
  { onNameBytes, onPrefix }: Pick<ListEvents, "onNameBytes" | "onPrefix">,
): PlainReader | null {
  if (plain === "prefixes") return onPrefix === undefined ? null : new PlainPrefixes(onPrefix);
  if (plain === undefined || onNameBytes === undefined) return null;
  if (plainName === undefined) return new PlainLines(plain, onNameBytes);
  return new PlainLines(plain, (bytes, from, to, match, line) => {
    plainName(bytes, from, to);
    onNameBytes(bytes, from, to, match, line);
  });
}

function linesReader(handler: LineHandler, events: RecordEvents, plain: PlainReader | null): Reader {
  const pump = new LinePump(handler, events);
  const decoder = utf8Decoder();
  const splitter = new LineSplitter(pump);
  const pushBytes = (bytes: Uint8Array): void => splitter.push(decoder.decode(bytes, { stream: true }));
  // The first line may start with a mark; and where text was given too, the decoder may hold bytes that belong before.
  let isWithin = true;
  let isText = false;
  const pushPlain = (piece: Uint8Array, reader: PlainReader): void => {
    let at = isWithin ? piece.indexOf(LF) + 1 : 0;
    let read = 0;
    while ((at > 0 || !isWithin) && at < piece.length) {
      const next = reader.next(piece, at);
      if (next > 0) {
        if (read < at) pushBytes(piece.subarray(read, at));
        reader.tell(piece, pump.plain());
        read = next;
      }
      at = next > 0 ? next : piece.indexOf(LF, at) + 1;
      if (at === 0) break;
    }
    if (read < piece.length) pushBytes(piece.subarray(read));
    if (piece.length > 0) isWithin = piece[piece.length - 1] !== LF;
  };
  return {
    pump,
    push: (piece) => {
      if (typeof piece === "string") {
        isText = true;
        splitter.push(piece);
      } else if (isText || plain === null) pushBytes(piece);
      else pushPlain(piece, plain);
    },
    end: () => {
      splitter.push(decoder.decode());
      splitter.end();
      pump.end();
    },
  };
}

function textReader(pump: RecordPump, handler: TextHandler): Reader {
  const decoder = utf8Decoder();
  return {
    pump,
    push: (piece) =>
      handler.push(typeof piece === "string" ? piece : decoder.decode(piece, { stream: true })),
    end: () => {
      handler.push(decoder.decode());
      handler.end();
    },
  };
}

function bytesReader(pump: RecordPump, handler: ByteHandler): Reader {
  let isText = false;
  return {
    pump,
    push: (piece) => {
      if (typeof piece === "string") isText = true;
      else if (!isText) handler.push(piece);
    },
    end: () => {
      if (!isText) return handler.end();
      pump.aside("", (sink) => sink.diagnose("lists/binary", "this format is bytes, and text was given", 1), {
        line: 1,
      });
    },
  };
}

const LF = 0x0a;

const UNKNOWN_FORMAT: LineHandler = {
  line: () => {},
  end: (sink) => sink.diagnose("lists/format", "the format of this list is not known, so nothing was read"),
};

/** Pieces of text to lines, holding at most the longest line that is read. */
class LineSplitter {
  readonly #pump: LinePump;
  #rest = "";
  // Length of the line so far, of which `#rest` is only the beginning once it is too long.
  #length = 0;
  #first = true;

  constructor(pump: LinePump) {
    this.#pump = pump;
  }

  push(piece: string): void {
    let start = 0;
    if (this.#first && piece !== "") {
      this.#first = false;
      if (piece.charCodeAt(0) === 0xfeff) start = 1;
    }
    for (let at = piece.indexOf("\n", start); at >= 0; at = piece.indexOf("\n", start)) {
      this.#add(piece, start, at);
      this.#flush();
      start = at + 1;
    }
    this.#add(piece, start, piece.length);
  }

  end(): void {
    if (this.#length > 0) this.#flush();
  }

  #add(piece: string, from: number, to: number): void {
    this.#length += to - from;
    // One more than may be, for the CR of a line end.
    const room = MAX_LINE_CHARS + 1 - this.#rest.length;
    if (room > 0) this.#rest += piece.slice(from, Math.min(to, from + room));
  }

  #flush(): void {
    const line = this.#rest;
    if (this.#length > MAX_LINE_CHARS) this.#pump.line(line.slice(0, MAX_LINE_CHARS), this.#length);
    else this.#pump.line(line.endsWith("\r") ? line.slice(0, -1) : line);
    this.#rest = "";
    this.#length = 0;
  }
}
