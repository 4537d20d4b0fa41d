import type { Citation, Party } from "./document.ts";
import type { Fault } from "./policy-issue.ts";

// The Official Journal's own ELIs (Council Conclusions 2012/C 325/02, and the Publications Office's template).
const ELI_OF_THE_UNION =
  /^https?:\/\/data\.europa\.eu\/eli\/[a-z_]+\/\d{4}(?:\/\d+)?(?:\/\d+)?(?:\/(?:oj|\d{4}-\d{2}-\d{2}|corrigendum\/[\d-]+\/oj))?(?:\/[a-z]{3})?$/;

/** A citation beside the authority that cites it: the form of an ELI of the Union, and whose law or court it is. */
export function citationFaults(citation: Citation, authority: Party, at: string): Fault[] {
  const own = stateOf(authority.jurisdiction);
  switch (citation.scheme) {
    case "ecli": {
      // The country of an ECLI is that of the court; `EU` and `CE` stand for the courts in Luxembourg and Strasbourg.
      const country = citation.id.split(":")[1] ?? "";
      if (authority.type !== "court" || [own, "EU", "CE"].includes(country)) return [];
      return [
        {
          code: "policy/ecli-country",
          pointer: `${at}/id`,
          message: `the ECLI is of ${country}; the court is in ${authority.jurisdiction}`,
          expected: `ECLI:${own}:...`,
          found: citation.id,
          help: "check the citation, or the authority's jurisdiction",
        },
      ];
    }
    case "eli":
      if (/^https?:\/\/data\.europa\.eu\//.test(citation.id))
        return ELI_OF_THE_UNION.test(citation.id)
          ? []
          : [
              {
                code: "policy/format",
                pointer: `${at}/id`,
                message: `\`${citation.id}\` is no ELI of the European Union`,
                expected: "http://data.europa.eu/eli/TYPE/YEAR/NUMBER/oj",
                found: citation.id,
                help: "write it as in `http://data.europa.eu/eli/reg/2022/2065/oj`",
              },
            ];
      return foreignLaw(citation.id, countryOfHost(citation.id), own, authority, at);
    case "akn":
      return foreignLaw(citation.id, /(?:^|\/)akn\/([a-z]{2})\b/.exec(citation.id)?.[1], own, authority, at);
    // Neither form tells a country by itself; the document may.
    case "docket":
    case "document": {
      const { jurisdiction } = citation;
      const state = jurisdiction === undefined ? undefined : stateOf(jurisdiction);
      return foreignLaw(citation.id, state, own, authority, at);
    }
    default:
      return [];
  }
}

// `ES-CN` is of ES, `x-it-campione` of IT; a group of states other than the Union has no law of its own.
function stateOf(code: string): string {
  if (code.startsWith("group:")) return code === "group:EU" ? "EU" : code;
  return code.startsWith("x-") ? code.slice(2, 4).toUpperCase() : code.slice(0, 2);
}

function countryOfHost(url: string): string | undefined {
  const host = /^https?:\/\/([^/]+)/.exec(url)?.[1]?.toLowerCase() ?? "";
  return /\.([a-z]{2})$/.exec(host)?.[1];
}

// An authority may apply the law of another state, so this is for a second look.
function foreignLaw(
  id: string,
  code: string | undefined,
  own: string,
  authority: Party,
  at: string,
): Fault[] {
  const country =
    code === "uk" ? "GB" : code?.startsWith("group:") === true ? undefined : code?.toUpperCase();
  if (country === undefined || country === own || country === "EU" || country === "UN") return [];
  return [
    {
      code: "policy/citation-country",
      severity: "warning",
      pointer: `${at}/id`,
      message: `the law cited is of ${country}; the authority is of ${authority.jurisdiction}`,
      expected: `a text of ${authority.jurisdiction}, or of the Union`,
      found: id,
      help: "check the citation, or the authority's jurisdiction",
    },
  ];
}
