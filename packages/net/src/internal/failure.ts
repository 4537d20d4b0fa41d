import type { Issue } from "../result.ts";

/** A refused value. */
export function failure(
  code: string,
  message: string,
  help?: string,
  offset?: number,
): { readonly ok: false; readonly issue: Issue } {
  return { ok: false, issue: { code: `net/${code}`, message, help, offset } };
}

const MAX_QUOTED_CHARS = 80;

/** User input for a message: cut to a readable length, control characters escaped. */
export function quoted(text: string): string {
  const cut = text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
  return `\`${cut.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}`]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)}\``;
}
