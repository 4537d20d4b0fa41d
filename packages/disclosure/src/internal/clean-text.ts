// Text from policies and requests enters a disclosure once, through here; every writer after it escapes for its own format only.

// Controls would end a header line or a DNS text early; bidirectional controls would let a name lie about itself.
const CONTROLS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
// RFC 7493 §2.1: I-JSON has no lone surrogates and no noncharacters.
const NOT_IN_I_JSON =
  /[\p{Surrogate}\ufdd0-\ufdef\ufffe\uffff\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;

/** `text` on one line, without controls, well-formed, at most `limit` UTF-16 units. */
export function cleanText(text: string, limit = 2_000): string {
  const whole = text.replace(CONTROLS, " ");
  const short = whole.length <= limit ? whole : `${whole.slice(0, limit - 1)}…`;
  return short.replace(NOT_IN_I_JSON, "\ufffd").trim();
}

/** `text` cut to at most `limit` UTF-8 bytes, never inside a character. */
export function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}
