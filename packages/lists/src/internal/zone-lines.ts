// Enough of the zone file form (RFC 1035 §5.1) to tell owner, type and first field of each record.

/** One record of a zone, with its owner relative to the zone's apex. */
export interface ZoneRecord {
  /** Lower-case, no trailing dot, the apex cut off. */
  readonly owner: string;
  /** Upper-case; empty where none is written. */
  readonly type: string;
  /** The first field after the type, lower-case. */
  readonly target: string;
}

const MAX_ORIGIN_CHARS = 255;

/** Reads a zone line by line. `$ORIGIN` may change at any line; the apex is the SOA's owner, else the first origin. */
export class ZoneLines {
  #origin = "";
  #apex: string | null = null;
  #owner = "";
  #depth = 0;

  /** How many parentheses are open after the lines so far; above zero at the end, the zone is cut off. */
  get openParentheses(): number {
    return this.#depth;
  }

  /** The record that starts on this line, or null where none does. */
  next(line: string): ZoneRecord | null {
    // Quoted text first: it may hold semicolons and parentheses.
    const content = line
      .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
      .replace(/;.*$/, "")
      .trimEnd();
    const fields = content.trim().split(/\s+/);
    if (content === "") return null;
    const inside = this.#depth > 0;
    for (const character of content) {
      if (character === "(") this.#depth += 1;
      else if (character === ")") this.#depth = Math.max(0, this.#depth - 1);
    }
    if (inside) return null;
    if (content.startsWith("$")) {
      if (fields[0]?.toUpperCase() === "$ORIGIN") this.#setOrigin((fields[1] ?? "").toLowerCase());
      return null;
    }
    if (!/^\s/.test(content)) this.#owner = this.#absolute((fields.shift() ?? "").toLowerCase());
    while (/^(?:\d[\dsmhdw]*|IN|CH|HS)$/i.test(fields[0] ?? "")) fields.shift();
    const type = (fields[0] ?? "").toUpperCase();
    if (type === "SOA" && this.#owner !== "") this.#apex = this.#owner;
    return { owner: this.#relative(), type, target: (fields[1] ?? "").toLowerCase() };
  }

  #setOrigin(text: string): void {
    const origin = this.#absolute(text);
    // No name is longer; without this, relative origins could add up without end.
    if (origin.length > MAX_ORIGIN_CHARS) return;
    this.#origin = origin;
    this.#apex ??= this.#origin;
  }

  // Without a trailing dot, below the origin.
  #absolute(text: string): string {
    if (text === "@") return this.#origin;
    if (text.endsWith(".")) return text.slice(0, -1);
    return this.#origin === "" ? text : `${text}.${this.#origin}`;
  }

  #relative(): string {
    const apex = this.#apex ?? "";
    if (this.#owner === apex) return "";
    if (apex !== "" && this.#owner.endsWith(`.${apex}`)) return this.#owner.slice(0, -apex.length - 1);
    return this.#owner;
  }
}
