import { readFields } from "./fields.ts";

/** Of one body, all chunks together. */
const MAX_EXTENSION_BYTES = 16_384;
const MAX_TRAILER_BYTES = 8_192;
/** Digits of a chunk size: 48 bits, far below what a number counts exactly. */
const MAX_SIZE_DIGITS = 12;

const LF = 0x0a;
const CR = 0x0d;
const SEMICOLON = 0x3b;

type State = "size" | "size-lf" | "extension" | "data" | "data-cr" | "data-lf" | "trailer" | "done";

/**
 * Decodes a chunked body, strictly (RFC 9112 §7.1): hexadecimal sizes without space or sign, CRLF everywhere. Extensions
 * are checked and dropped; trailer fields are read as strictly as header fields and dropped (RFC 9110 §6.5.1 allows it).
 *
 * `push` returns what is wrong, or null. Pieces of data are given to `onData` as views into the chunk.
 */
export class ChunkedDecoder {
  #state: State = "size";
  #left = 0;
  #digits = 0;
  #extension = 0;
  #trailer = "";
  /** Index into the last chunk after the body's last byte; only meaningful once `isDone`. */
  rest = 0;

  get isDone(): boolean {
    return this.#state === "done";
  }

  push(chunk: Buffer, onData: (data: Buffer) => void): string | null {
    let index = 0;
    while (index < chunk.length) {
      const byte = chunk[index] ?? 0;
      switch (this.#state) {
        case "size": {
          const digit = hexDigit(byte);
          if (digit >= 0) {
            this.#digits += 1;
            if (this.#digits > MAX_SIZE_DIGITS) return "a chunk's size is too large";
            this.#left = this.#left * 16 + digit;
          } else if (this.#digits === 0) return "a chunk's size is missing";
          else if (byte === CR) this.#state = "size-lf";
          else if (byte === SEMICOLON) this.#state = "extension";
          else return "a chunk's size is no hexadecimal number";
          index += 1;
          break;
        }
        case "extension":
          this.#extension += 1;
          if (this.#extension > MAX_EXTENSION_BYTES) return "chunk extensions are too long";
          if (byte === CR) this.#state = "size-lf";
          else if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f)
            return "a chunk extension has a control character";
          index += 1;
          break;
        case "size-lf":
          if (byte !== LF) return "a chunk's size does not end in CRLF";
          this.#state = this.#left === 0 ? "trailer" : "data";
          index += 1;
          break;
        case "data": {
          const end = Math.min(chunk.length, index + this.#left);
          onData(chunk.subarray(index, end));
          this.#left -= end - index;
          index = end;
          if (this.#left === 0) this.#state = "data-cr";
          break;
        }
        case "data-cr":
          if (byte !== CR) return "a chunk is longer than its size";
          this.#state = "data-lf";
          index += 1;
          break;
        case "data-lf":
          if (byte !== LF) return "a chunk does not end in CRLF";
          this.#state = "size";
          this.#digits = 0;
          index += 1;
          break;
        case "trailer": {
          const fault = this.#readTrailer(byte);
          if (fault !== null) return fault;
          index += 1;
          if (this.#trailer === "" && byte === LF) {
            this.#state = "done";
            this.rest = index;
            return null;
          }
          break;
        }
        case "done":
          return null;
      }
    }
    return null;
  }

  // Collects the trailer section; an empty line ends it and empties what was collected.
  #readTrailer(byte: number): string | null {
    this.#trailer += String.fromCharCode(byte);
    if (this.#trailer.length > MAX_TRAILER_BYTES) return "trailer fields are too long";
    if (byte !== LF) return null;
    if (!this.#trailer.endsWith("\r\n")) return "a trailer line does not end in CRLF";
    if (this.#trailer !== "\r\n" && !this.#trailer.endsWith("\r\n\r\n")) return null;
    const lines = this.#trailer.slice(0, -2).split("\r\n").slice(0, -1);
    this.#trailer = "";
    const fields = readFields(lines);
    return typeof fields === "string" ? `in the trailer ${fields}` : null;
  }
}

/** One chunk around data, as two texts. */
export function chunkStart(length: number): string {
  return `${length.toString(16)}\r\n`;
}

/** What ends a chunked body without trailers. */
export const LAST_CHUNK = "0\r\n\r\n";

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  return -1;
}
