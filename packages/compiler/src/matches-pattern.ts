// What a pattern of URLs matches, as plainly as can be; beside it, the image's way to the same answer is a fast one.

const LOOKED_AT = 1024;

/**
 * Whether a canonical pattern matches a URL: somewhere in its first 1,024 characters, in any case. Behind these, and from a
 * character on that is not ASCII, nothing matches, not even the end.
 */
export function matchesPattern(pattern: string, url: string): boolean {
  const text = (/^[\0-\x7f]*/.exec(url.slice(0, LOOKED_AT))?.[0] ?? "").toLowerCase();
  const isWhole = text.length === url.length;
  const anchor = /^\|{0,2}/.exec(pattern)?.[0] ?? "";
  const rest = pattern.slice(anchor.length);
  if (anchor === "|") return matchesAt(rest, text, isWhole);
  if (anchor === "||") return labelStarts(text).some((at) => matchesAt(rest, text.slice(at), isWhole));
  return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) =>
    matchesAt(rest, text.slice(at), isWhole),
  );
}

// Where the labels of the host start: after `://`, and after each dot up to a port, a path or a query.
function labelStarts(text: string): number[] {
  const host = /^([^:]*:\/\/)([^/:?]*)/.exec(text);
  if (host === null) return [];
  const [, scheme = "", labels = ""] = host;
  return Array.from({ length: labels.length }, (_, at) => at)
    .filter((at) => at === 0 || labels[at - 1] === ".")
    .map((at) => scheme.length + at);
}

// Whether the pattern matches a beginning of the text.
function matchesAt(pattern: string, text: string, isWhole: boolean): boolean {
  const [first = "", rest] = [pattern[0], pattern.slice(1)];
  if (first === "") return true;
  if (first === "|") return text === "" && isWhole;
  if (first === "*")
    return matchesAt(rest, text, isWhole) || (text !== "" && matchesAt(pattern, text.slice(1), isWhole));
  if (first === "^" && text === "") return isWhole && matchesAt(rest, text, isWhole);
  if (text === "") return false;
  if (first === "^") return !/[a-z0-9_.%-]/.test(text[0] ?? "") && matchesAt(rest, text.slice(1), isWhole);
  return first === text[0] && matchesAt(rest, text.slice(1), isWhole);
}
