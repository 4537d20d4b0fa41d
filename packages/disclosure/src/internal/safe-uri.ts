// A URI written by a policy's author ends in headers and links; only these schemes and characters get there.

const SCHEMES = /^(?:https?:\/\/|mailto:|tel:)/i;
const NOT_IN_URI = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu;

/** The URI with everything outside RFC 3986's characters percent-encoded, or null for another scheme than http, https, mailto, tel. */
export function safeUri(text: string | undefined): string | null {
  if (text === undefined || !SCHEMES.test(text)) return null;
  return text.replace(NOT_IN_URI, (character) =>
    encodeURIComponent(character.replace(/\p{Surrogate}/gu, "\ufffd")),
  );
}

/** `mailto:` or `tel:` URI of a contact written as one, as an e-mail address or as an international number; else null. */
export function contactUri(contact: string | undefined): string | null {
  if (contact === undefined) return null;
  const text = contact.trim();
  if (/^(?:mailto:|tel:)./i.test(text)) return safeUri(text);
  if (/^[^\s@<>"]+@[^\s@<>"]+$/u.test(text)) return safeUri(`mailto:${text}`);
  if (/^\+[0-9][0-9 ().-]{3,30}$/.test(text)) return `tel:${text.replace(/[^+0-9]/g, "")}`;
  return null;
}
