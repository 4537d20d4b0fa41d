import type { Citation } from "@demarc/matcher";
import { cleanText } from "./internal/clean-text.ts";
import { safeUri } from "./internal/safe-uri.ts";

/** A citation for people: its text, and where to read it when the scheme has a public identifier that resolves. */
export interface DisclosedCitation {
  readonly scheme: string;
  readonly id: string;
  /** One line, such as `CELEX 32014R0833, art. 2f`. */
  readonly text: string;
  /** http or https URL, or null. */
  readonly link: string | null;
}

/**
 * A citation as text and link.
 *
 * ELI identifiers are URLs by definition; ECLI and CELEX resolve at the European e-Justice portal and EUR-Lex; a
 * document links when its id is an http(s) URL. AKN and dockets have no public resolver that is the same everywhere.
 * Source: Council conclusions 2017/C 441/05 (ELI), 2019/C 360/01 (ECLI).
 */
export function discloseCitation(citation: Citation): DisclosedCitation {
  const id = cleanText(citation.id, 500);
  const pinpoint = (citation.pinpoint ?? []).map(spellPinpoint).join(", ");
  return {
    scheme: cleanText(citation.scheme, 30),
    id,
    text: pinpoint === "" ? nameOf(citation, id) : `${nameOf(citation, id)}, ${pinpoint}`,
    link: linkOf(citation.scheme, id),
  };
}

function nameOf(citation: Citation, id: string): string {
  if (citation.scheme === "celex") return `CELEX ${id}`;
  if (citation.scheme === "docket") {
    const where = [citation.court, citation.jurisdiction, citation.date]
      .filter((part) => part !== undefined)
      .join(", ");
    return cleanText(where === "" ? id : `${id} (${where})`, 500);
  }
  if (citation.scheme === "document" && citation.title !== undefined) return cleanText(citation.title, 300);
  return id;
}

function linkOf(scheme: string, id: string): string | null {
  switch (scheme) {
    case "eli":
    case "document":
      return /^https?:\/\//i.test(id) ? safeUri(id) : null;
    case "ecli":
      return safeUri(`https://e-justice.europa.eu/ecli/${encodeURI(id)}`);
    case "celex":
      return safeUri(`https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${encodeURIComponent(id)}`);
    default:
      return null;
  }
}

/** `art_8/par_3` -> `art. 8 par. 3`. */
function spellPinpoint(pinpoint: string): string {
  return cleanText(pinpoint, 100).replaceAll("_", ". ").replaceAll("/", " ");
}
