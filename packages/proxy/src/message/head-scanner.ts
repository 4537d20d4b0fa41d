import type { Read } from "./fault.ts";

/** What a scanner may take and how it names faults. Sizes in bytes. */
export interface HeadRules {
  readonly maxHeadBytes: number;
  readonly maxLineBytes: number;
  /** Judges the first line as soon as it is complete, so that a message that never ends its head is not waited for. */
  readonly firstLine: (line: string) => Read<unknown>;
  readonly tooLong: (what: "line" | "head") => Read<never>;
  readonly bareLineFeed: () => Read<never>;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Collects the bytes of a message's head up to its empty line. Each line must end in CRLF: a bare LF is a fault at once.
 * One empty line before the first is skipped (RFC 9112 §2.2).
 *
 * `push` returns null while more is needed, else the lines (latin1, without CRLF) and the bytes after the head.
 */
export class HeadScanner {
  readonly #rules: HeadRules;
  #bytes: Buffer = EMPTY;
  #scanned = 0;
  #lineStart = 0;
  #skippedEmpty = false;
  readonly #lines: string[] = [];

  constructor(rules: HeadRules) {
    this.#rules = rules;
  }

  /** True when no byte of a message was seen. */
  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  push(chunk: Buffer): Read<{ readonly lines: readonly string[]; readonly rest: Buffer }> | null {
    const rules = this.#rules;
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const bytes = this.#bytes;
    // A byte that starts no line of text (a TLS record, say) would else be waited on for a line feed that never comes.
    const first = bytes[0] ?? CR;
    if (first !== CR && (first < 0x21 || first > 0x7e)) return this.#refuse(String.fromCharCode(first));
    for (;;) {
      const at = bytes.indexOf(LF, this.#scanned);
      const lineEnd = at < 0 ? bytes.length : at;
      if (lineEnd - this.#lineStart > rules.maxLineBytes)
        return rules.tooLong(this.#lines.length === 0 ? "line" : "head");
      if (lineEnd > rules.maxHeadBytes) return rules.tooLong(this.#lines.length === 0 ? "line" : "head");
      if (at < 0) {
        this.#scanned = bytes.length;
        return null;
      }
      if (at === 0 || bytes[at - 1] !== CR || at - 1 < this.#lineStart) return rules.bareLineFeed();
      const line = bytes.latin1Slice(this.#lineStart, at - 1);
      this.#scanned = at + 1;
      this.#lineStart = at + 1;
      if (line !== "") {
        if (this.#lines.length === 0) {
          const judged = rules.firstLine(line);
          if (!judged.ok) return judged;
        }
        this.#lines.push(line);
      } else if (this.#lines.length > 0) {
        return { ok: true, value: { lines: this.#lines, rest: bytes.subarray(at + 1) } };
      } else if (this.#skippedEmpty) {
        return this.#refuse("");
      } else this.#skippedEmpty = true;
    }
  }

  #refuse(line: string): Read<never> {
    const judged = this.#rules.firstLine(line);
    return judged.ok ? this.#rules.bareLineFeed() : judged;
  }
}

const EMPTY = Buffer.alloc(0);
