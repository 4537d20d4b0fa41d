// Codes: ISO 3166-1, -2 and -3 from `iso-3166`, aliases from CLDR, and what data/codes.yaml adds.
import { domainToASCII } from "node:url";
import aliases from "cldr-core/supplemental/aliases.json" with { type: "json" };
import { iso31661, iso31661Reserved, iso31662 } from "iso-3166";
import { ccTldsFile, codesFile, names } from "./data-files.ts";

const territoryAlias: Readonly<Record<string, { readonly _replacement: string }>> =
  aliases.supplemental.metadata.alias.territoryAlias;

const inUse = codesFile.userAssignedInUse.split(/\s+/);
const assigned = new Set([...iso31661.map((each) => each.alpha2), ...inUse]);
for (const code of assigned) if (names[code] === undefined) throw new Error(`names.yaml lacks \`${code}\``);
for (const code of Object.keys(names))
  if (!assigned.has(code)) throw new Error(`\`${code}\` of names.yaml is not assigned`);

const reserved = (state: string): readonly string[] =>
  iso31661Reserved
    .filter((each) => each.state === state)
    .map((each) => each.alpha2)
    .toSorted();

/** Two-letter codes to the codes that stand for the place now; those without any territory (`QU`) left out. */
const successors: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(territoryAlias)
    .filter(([code]) => /^[A-Z]{2}$/.test(code))
    .map(([code, alias]) => [code, alias._replacement.split(" ")] as const)
    .filter(([, codes]) => codes.every((code) => assigned.has(code))),
);

const subdivisions: Record<string, string[]> = {};
for (const { code } of iso31662) {
  const [country = "", part = ""] = code.split("-");
  subdivisions[country] ??= [];
  subdivisions[country].push(part);
}
for (const code of Object.values(codesFile.alsoCoded).flat()) {
  const [country = "", part = ""] = code.split("-");
  const known = subdivisions[country] ?? [];
  if (!known.includes(part)) known.push(part);
}

const ascii = (label: string): string => {
  const name = domainToASCII(label);
  if (!name.startsWith("xn--")) throw new Error(`\`${label}\` is no internationalised label`);
  return name;
};
const { different, none, undelegated, internationalised, internationalisedNone } = ccTldsFile;
const own = iso31661.map((each) => each.alpha2.toLowerCase()).filter((tld) => !undelegated.includes(tld));

/** Country-code top-level domains to territories, null where of no one. */
const ccTlds: Readonly<Record<string, string | null>> = {
  ...Object.fromEntries(own.map((tld) => [tld, tld.toUpperCase()])),
  ...different,
  ...Object.fromEntries([...none, ...internationalisedNone.map(ascii)].map((tld) => [tld, null])),
  ...Object.fromEntries(Object.entries(internationalised).map(([label, code]) => [ascii(label), code])),
};

export const codeTables = {
  names,
  alpha3: Object.fromEntries(iso31661.map((each) => [each.alpha3, each.alpha2])),
  numeric: Object.fromEntries(iso31661.map((each) => [each.numeric, each.alpha2])),
  userAssignedInUse: inUse,
  exceptionallyReserved: reserved("exceptionally-reserved"),
  transitionallyReserved: reserved("transitionally-reserved"),
  indeterminatelyReserved: reserved("indeterminately-reserved"),
  formerlyAssigned: reserved("formerly-assigned"),
  successors,
  partsOf: codesFile.partsOf,
  zones: codesFile.zones,
  ambiguous: codesFile.ambiguous,
  alsoCoded: codesFile.alsoCoded,
  ccTlds: Object.fromEntries(Object.entries(ccTlds).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  subdivisions: Object.fromEntries(
    Object.entries(subdivisions)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([country, parts]) => [country, parts.toSorted().join(" ")]),
  ),
};
