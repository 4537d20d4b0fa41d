/** Languages that the texts around a rule exist in; a rule's own texts come in what its author wrote. */
export const LANGUAGES: readonly string[] = ["en", "de", "fr"];

const MAX_RANGES = 32;

/**
 * The language to answer in, chosen by an `Accept-Language` header.
 *
 *   header     field value, any bytes; undefined when absent
 *   available  language tags to choose from, best first when the client does not care
 *   fallback   what to return when nothing matches
 *
 * Never fails: what can not be read is skipped. Source: RFC 9110 §12.5.4 (quality), RFC 4647 §3.4 (lookup).
 */
export function languageOf(
  header: string | undefined,
  available: readonly string[] = LANGUAGES,
  fallback = "en",
): string {
  for (const tag of rangesOf(header)) {
    if (tag === "*") return available[0] ?? fallback;
    const found = lookup(tag, available);
    if (found !== undefined) return found;
  }
  return fallback;
}

/**
 * The text of `texts` for a reader, with the tag it is written in; null where there is none.
 *
 *   header     the reader's `Accept-Language`, any bytes; undefined when absent
 *   language   the document's own language, for a reader none of whose languages is there; then English, then the first text
 */
export function textIn(
  texts: Readonly<Record<string, string>>,
  header: string | undefined,
  language?: string,
): { readonly language: string; readonly text: string } | null {
  const tags = Object.keys(texts);
  const wanted = [...rangesOf(header).filter((tag) => tag !== "*"), language?.toLowerCase(), "en"];
  const tag = firstOf(wanted, tags) ?? tags[0];
  const text = tag === undefined ? undefined : texts[tag];
  return tag === undefined || text === undefined ? null : { language: tag, text };
}

function firstOf(wanted: readonly (string | undefined)[], tags: readonly string[]): string | undefined {
  for (const tag of wanted) {
    const found = tag === undefined ? undefined : lookup(tag, tags);
    if (found !== undefined) return found;
  }
  return undefined;
}

// The language ranges of a header, best first (RFC 9110 §12.5.4), in lower case.
function rangesOf(header: string | undefined): readonly string[] {
  const ranges: { tag: string; quality: number }[] = [];
  for (const part of (header ?? "").slice(0, 1_000).split(",", MAX_RANGES)) {
    const match = /^\s*([A-Za-z0-9*-]{1,35})\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?$/.exec(part);
    if (match === null) continue;
    const quality = match[2] === undefined ? 1 : Math.min(1, Number(match[2]));
    if (quality > 0) ranges.push({ tag: (match[1] ?? "").toLowerCase(), quality });
  }
  return ranges.sort((a, b) => b.quality - a.quality).map(({ tag }) => tag);
}

/** RFC 4647 §3.4: drop subtags from the end until one is available; `de` also finds `de-AT` where only that exists. */
function lookup(range: string, available: readonly string[]): string | undefined {
  let tag = range;
  for (;;) {
    const exact = available.find((candidate) => candidate.toLowerCase() === tag);
    if (exact !== undefined) return exact;
    const cut = tag.lastIndexOf("-");
    if (cut <= 0) break;
    tag = tag.slice(0, cut);
  }
  return available.find((candidate) => candidate.toLowerCase().startsWith(`${tag}-`));
}
