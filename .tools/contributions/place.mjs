/** `line:column`, 1-based, of the first occurrence of a text within another. */
export function placeOf(text, part) {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
