/** A URL that a canonical pattern of a list matches, to ask what is done about it. */
export function sampleUrl(pattern: string): string {
  const body = pattern.replace(/^\|{1,2}|\|$/g, "").replaceAll("*", "");
  const text = body.replaceAll("^", "/");
  if (pattern.startsWith("||")) return `http://${text}`;
  if (pattern.startsWith("|")) return text;
  if (text.includes("://")) return text.startsWith("://") ? `http${text}` : text;
  return `http://pattern.invalid/${text}`;
}
