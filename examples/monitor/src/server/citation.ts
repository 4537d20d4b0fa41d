import type { Citation } from "@demarc/matcher";

/** A citation as text and, where the scheme has a public address, a link. */
export function lawOf(citation: Citation): { readonly text: string; readonly link: string | null } {
  const pinpoint =
    citation.pinpoint === undefined ? "" : `, ${citation.pinpoint.join(", ").replaceAll("_", " ")}`;
  const text = `${citation.title ?? citation.id}${pinpoint}`;
  switch (citation.scheme) {
    case "eli":
    case "document":
      return { text, link: /^https?:\/\//.test(citation.id) ? citation.id : null };
    case "celex":
      return {
        text,
        link: `https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${encodeURIComponent(citation.id)}`,
      };
    case "ecli":
      return { text, link: `https://e-justice.europa.eu/ecli/${encodeURIComponent(citation.id)}` };
    default:
      return { text: citation.court === undefined ? text : `${text} (${citation.court})`, link: null };
  }
}
