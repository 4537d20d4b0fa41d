// Enough of the zone file form (RFC 1035 §5.1) to tell owner, type and first field of each record.

/** One record of a zone, with its owner relative to the zone's apex. */
export interface ZoneRecord {
  /** Lower-case, no trailing dot, the apex cut off. */
  readonly owner: string;
  /** Not in the zone: its servers ignore the record. Never so where the apex is not known. */
  readonly isOutside: boolean;
  /** Upper-case; empty where none is written. */
  readonly type: string;
  /** The first field after the type, lower-case; with a trailing dot wherever it is known to be absolute. */
  readonly target: string;
}

const MAX_ORIGIN_CHARS = 255;

/** Reads a zone line by line. `$ORIGIN` may change at any line; the apex is the SOA's owner, else the first origin. */
export class ZoneLines {
  // The root's is empty, and so is one that is not known.
  #origin = "";
  #isOriginKnown = false;
  #apex: string | null = null;
  #owner = "";
  #depth = 0;

  /** How many parentheses are open after the lines so far; above zero at the end, the zone is cut off. */
  get openParentheses(): number {
    return this.#depth;
  }

  /** The record that starts on this line, or null where none does. */
  next(line: string): ZoneRecord | null {
    const { content, depth } = contentOf(line, this.#depth);
    if (content === "") return null;
    const inside = this.#depth > 0;
    this.#depth = depth;
    if (inside) return null;
    const fields = content.trim().split(/\s+/);
    if (content.startsWith("$")) {
      if (fields[0]?.toUpperCase() === "$ORIGIN") this.#setOrigin((fields[1] ?? "").toLowerCase());
      return null;
    }
    if (!/^\s/.test(content)) this.#owner = this.#absolute((fields.shift() ?? "").toLowerCase());
    while (/^(?:\d[\dsmhdw]*|IN|CH|HS)$/i.test(fields[0] ?? "")) fields.shift();
    const type = (fields[0] ?? "").toUpperCase();
    if (type === "SOA" && this.#owner !== "") this.#apex = this.#owner;
    const apex = this.#apex ?? "";
    const isOutside = apex !== "" && this.#owner !== apex && !this.#owner.endsWith(`.${apex}`);
    return {
      owner: this.#relative(),
      isOutside,
      type,
      target: this.#target((fields[1] ?? "").toLowerCase()),
    };
  }

  #setOrigin(text: string): void {
    const origin = this.#absolute(text);
    // No name is longer; without this, relative origins could add up without end.
    if (origin.length > MAX_ORIGIN_CHARS) return;
    this.#isOriginKnown ||= text.endsWith(".");
    this.#origin = origin;
    this.#apex ??= this.#origin;
  }

  // Without a trailing dot, below the origin.
  #absolute(text: string): string {
    if (text === "@") return this.#origin;
    if (text.endsWith(".")) return text.slice(0, -1);
    return this.#origin === "" ? text : `${text}.${this.#origin}`;
  }

  #target(text: string): string {
    if (text === "" || text.endsWith(".") || !this.#isOriginKnown) return text;
    return `${this.#absolute(text)}.`;
  }

  #relative(): string {
    const apex = this.#apex ?? "";
    if (this.#owner === apex) return "";
    if (apex !== "" && this.#owner.endsWith(`.${apex}`)) return this.#owner.slice(0, -apex.length - 1);
    return this.#owner;
  }
}

// A line without its comment and without what is quoted, which may hold semicolons and parentheses; and how many parentheses
// are open after it. One pass: a quote that is never closed holds the rest of the line.
function contentOf(line: string, open: number): { readonly content: string; readonly depth: number } {
  let content = "";
  let depth = open;
  let from = 0;
  let isQuoted = false;
  let at = 0;
  for (; at < line.length; at += 1) {
    const character = line[at];
    if (character === "\\") at += 1;
    else if (character === '"') {
      if (isQuoted) from = at;
      else content += line.slice(from, at + 1);
      isQuoted = !isQuoted;
    } else if (isQuoted) continue;
    else if (character === ";") break;
    else if (character === "(") depth += 1;
    else if (character === ")") depth = Math.max(0, depth - 1);
  }
  if (!isQuoted) content += line.slice(from, at);
  return { content: content.trimEnd(), depth };
}
