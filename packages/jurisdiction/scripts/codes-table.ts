// Codes: ISO 3166-1, -2 and -3 from `iso-3166`, aliases from CLDR, and what data/codes.yaml adds.
import { domainToASCII } from "node:url";
import aliases from "cldr-core/supplemental/aliases.json" with { type: "json" };
import { iso31661, iso31661Reserved, iso31662, iso31663 } from "iso-3166";
import { ccTldsFile, codesFile, groupFiles, names, statesFile } from "./data-files.ts";

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

// Uses of codes that ISO 3166-3 lists, oldest first. Where a code had one use, CLDR says what stands for the place now: it follows
// chains (YU, CS), and has what was never a withdrawn code of its own (Ukraine for SU).
const uses = (code: string): number => iso31663.filter(({ from }) => from.alpha2 === code).length;
const former = iso31663
  .map(({ alpha4, from, to }) => {
    const years = codesFile.formerYears[alpha4];
    if (years === undefined) throw new Error(`codes.yaml lacks the years of \`${alpha4}\``);
    const chain = to.flatMap(({ alpha2 }) => (assigned.has(alpha2) ? [alpha2] : (successors[alpha2] ?? [])));
    const now = (uses(from.alpha2) === 1 ? successors[from.alpha2] : undefined) ?? chain;
    return [alpha4, from.alpha2, from.name, years[0], years[1], now.toSorted()] as const;
  })
  .toSorted((a, b) => a[3] - b[3] || (a[0] < b[0] ? -1 : 1));

/** Codes that the tables name and that have no name: to be added to `parts` of codes.yaml. */
export function unnamedCodes(): readonly string[] {
  const named = [
    ...groupFiles.flatMap((file) => file.intervals.flatMap((interval) => interval.territories)),
    ...statesFile.disputes.map((dispute) => dispute.territory),
    ...Object.values({ ...codesFile.ambiguous, ...codesFile.partsOf }).flat(),
  ];
  return named.filter(
    (code) => ![names, codesFile.parts, codesFile.zones].some((table) => table[code] !== undefined),
  );
}

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
  former,
  partsOf: codesFile.partsOf,
  parts: codesFile.parts,
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
