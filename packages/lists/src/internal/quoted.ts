const MAX_QUOTED_CHARS = 80;

/** What a list says, for a message: cut to a readable length, control characters escaped (as `@demarc/net` does it). */
export function quoted(text: string): string {
  const cut = text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
  return `\`${cut.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}`]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)}\``;
}
