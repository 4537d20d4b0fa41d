// Header fields: strict reading, and what belongs to one hop only.

/** One field line. `lower` is the name in lower case; `value` has no white space around it. */
export interface Field {
  readonly name: string;
  readonly lower: string;
  readonly value: string;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** True for a token of RFC 9110 §5.6.2. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Reads field lines: a token, a colon right after it, a value without control characters. Folded lines, spaces before the
 * colon, bare CR and NUL are faults.
 *
 * Input: lines as latin1 text without their CRLF. Returns the fields or what is wrong.
 * Source: RFC 9112 §5, RFC 9110 §5.5.
 */
export function readFields(lines: readonly string[]): readonly Field[] | string {
  const fields: Field[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) {
      const isFolded = line.startsWith(" ") || line.startsWith("\t");
      return isFolded ? "a header line is folded" : "a header line has no name and colon";
    }
    const name = line.slice(0, colon);
    if (!TOKEN.test(name)) return "a header name has a character that no name has";
    const value = trimSpace(line, colon + 1);
    if (BAD_VALUE.test(value)) return `the value of ${name} has a control character`;
    fields.push({ name, lower: name.toLowerCase(), value });
  }
  return fields;
}

/** Values of all lines of one field, in order. */
export function valuesOf(fields: readonly Field[], lower: string): readonly string[] {
  const values: string[] = [];
  for (const field of fields) if (field.lower === lower) values.push(field.value);
  return values;
}

/** All lines of one field as one list value, or undefined when there is none. Source: RFC 9110 §5.3. */
export function joined(fields: readonly Field[], lower: string): string | undefined {
  const values = valuesOf(fields, lower);
  return values.length === 0 ? undefined : values.join(", ");
}

/** Lower-case tokens of a list field (`Connection`), or null when an element is no token. */
export function tokensOf(fields: readonly Field[], lower: string): readonly string[] | null {
  const tokens: string[] = [];
  for (const value of valuesOf(fields, lower)) {
    for (const part of value.split(",")) {
      const token = part.trim();
      if (token === "") continue;
      if (!TOKEN.test(token)) return null;
      tokens.push(token.toLowerCase());
    }
  }
  return tokens;
}

// Fields of one hop, whatever Connection says. `Host` and framing are written anew by the sender. Upgrade goes: nothing
// but HTTP/1.1 is spoken on a plain request; what needs more uses CONNECT. Trailers are dropped, so their names are too.
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "content-length",
  "upgrade",
  "http2-settings",
  "proxy-authorization",
  "proxy-authenticate",
  "proxy-authentication-info",
]);

/**
 * The fields that go on to the next hop: without those of one hop and without those that `Connection` nominates.
 * Framing is not among them. Source: RFC 9110 §7.6.1, RFC 9112 §9.
 */
export function endToEnd(fields: readonly Field[], nominated: readonly string[]): Field[] {
  return fields.filter((field) => !HOP_BY_HOP.has(field.lower) && !nominated.includes(field.lower));
}

/** Field lines as text, each with its CRLF. */
export function writeFields(fields: readonly Field[]): string {
  let text = "";
  for (const field of fields) text += `${field.name}: ${field.value}\r\n`;
  return text;
}

function trimSpace(line: string, from: number): string {
  let start = from;
  let end = line.length;
  while (start < end && isSpace(line.charCodeAt(start))) start += 1;
  while (end > start && isSpace(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
