/** One field of a row, without its quotes, and where it starts in the text. */
export interface CsvField {
  readonly value: string;
  readonly offset: number;
}

/**
 * Splits one CSV row (RFC 4180) into fields. Returns `open` where a quoted field goes on after the end of the text, `bad`
 * where text follows a closing quote. Linear.
 */
export function parseRecord(text: string): CsvField[] | "open" | "bad" {
  const fields: CsvField[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0) return "open";
      fields.push({ value: text.slice(at + 1, close).replaceAll('""', '"'), offset: at + 1 });
      at = close + 1;
      if (at < text.length && text[at] !== ",") return "bad";
    } else {
      const comma = text.indexOf(",", at);
      const end = comma < 0 ? text.length : comma;
      fields.push({ value: text.slice(at, end), offset: at });
      at = end;
    }
    if (at >= text.length) return fields;
    at += 1;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
