import type { Citation, Party } from "./document.ts";
import type { Fault } from "./policy-issue.ts";

/** The country of an ECLI is that of the court; `EU` stands for the courts of the Union. */
export function citationFaults(citation: Citation, authority: Party, at: string): Fault[] {
  if (citation.scheme !== "ecli" || authority.type !== "court") return [];
  const country = citation.id.split(":")[1] ?? "";
  const own = authority.jurisdiction === "group:EU" ? "EU" : authority.jurisdiction.slice(0, 2);
  if (country === own || country === "EU" || country === "CE") return [];
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
