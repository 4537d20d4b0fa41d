// Lines that are a canonical name and what the format has around it, read from bytes: most lines of most lists are such, and a
// text and an object for each would be most of what reading a list costs.
import { MAX_LABEL_BYTES, MAX_NAME_BYTES } from "@demarc/net";

/** A form of lines. Anything that departs from it is for the format's reader of lines. */
export interface PlainForm {
  /** What stands before the name and after it, in ASCII. */
  readonly before: string;
  readonly after: string;
  readonly match: "exact" | "subdomains";
  /** Starts of names that the format's reader of lines has to look at. */
  readonly unless?: readonly string[];
}

const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const NINE = 0x39;
const UNDERSCORE = 0x5f;

// 1 for letters in lower case, digits and underscores.
const IS_INK = new Uint8Array(256);
for (const character of "abcdefghijklmnopqrstuvwxyz0123456789_") IS_INK[character.charCodeAt(0)] = 1;

interface Form {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly match: PlainForm["match"];
  readonly unless: readonly Uint8Array[];
}

/** Reads lines that are plain, and tells what they say. */
export interface PlainReader {
  /** Where the line after the one at `start` starts; -1 where that is not plain, or goes on beyond the bytes. */
  readonly next: (bytes: Uint8Array, start: number) => number;
  /** Tells what the line says which `next` read last. */
  readonly tell: (bytes: Uint8Array, line: number) => void;
}

/** Is told a name, as its bytes within a piece. */
export type OnNameBytes = (
  bytes: Uint8Array,
  from: number,
  to: number,
  match: "exact" | "subdomains",
  line: number,
) => void;

/** Finds the names of plain lines. */
export class PlainLines implements PlainReader {
  // What the last plain line says: where its name starts and ends, and what it stands for.
  #from = 0;
  #to = 0;
  #match: PlainForm["match"] = "exact";
  readonly #onNameBytes: OnNameBytes;
  readonly #forms: readonly Form[];

  constructor(forms: readonly PlainForm[], onNameBytes: OnNameBytes) {
    this.#onNameBytes = onNameBytes;
    this.#forms = forms.map(({ before, after, match, unless = [] }) => ({
      before: bytesOf(before),
      after: bytesOf(after),
      match,
      unless: unless.map(bytesOf),
    }));
  }

  tell(bytes: Uint8Array, line: number): void {
    this.#onNameBytes(bytes, this.#from, this.#to, this.#match, line);
  }

  next(bytes: Uint8Array, start: number): number {
    for (let index = 0; index < this.#forms.length; index += 1) {
      const end = this.#nextOf(this.#forms[index] as Form, bytes, start);
      if (end > 0) return end;
    }
    return -1;
  }

  #nextOf({ before, after, match, unless }: Form, bytes: Uint8Array, start: number): number {
    if (!isAt(bytes, start, before)) return -1;
    const from = start + before.length;
    for (let index = 0; index < unless.length; index += 1)
      if (isAt(bytes, from, unless[index] as Uint8Array)) return -1;
    const to = nameEnd(bytes, from);
    if (to < 0 || !isAt(bytes, to, after)) return -1;
    const end = to + after.length;
    const lineEnd = bytes[end] === CR ? end + 1 : end;
    if (bytes[lineEnd] !== LF) return -1;
    this.#from = from;
    this.#to = to;
    this.#match = match;
    return lineEnd + 1;
  }
}

// Where a canonical name ends, as `parseName` has it; -1 where none starts, where it might be a number, or where it ends with an
// underscore, which some formats read in another way.
function nameEnd(bytes: Uint8Array, from: number): number {
  let labelStart = from;
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (IS_INK[byte] === 1 || byte === HYPHEN) continue;
    if (byte !== DOT) break;
    if (!isLabel(bytes, labelStart, at)) return -1;
    labelStart = at + 1;
  }
  const isName = isLabel(bytes, labelStart, at) && at - from <= MAX_NAME_BYTES;
  return isName && (bytes[labelStart] as number) > NINE && bytes[at - 1] !== UNDERSCORE ? at : -1;
}

function isLabel(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end > start && end - start <= MAX_LABEL_BYTES && bytes[start] !== HYPHEN && bytes[end - 1] !== HYPHEN
  );
}

function isAt(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let index = 0; index < what.length; index += 1) if (bytes[at + index] !== what[index]) return false;
  return true;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
