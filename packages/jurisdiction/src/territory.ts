// Territory codes: ISO 3166-1, ISO 3166-2, and `x-` zones where ISO has no code and the law draws a line.
import { CODES } from "./codes.generated.ts";
import { GROUPS } from "./groups.generated.ts";

/** What ISO 3166-1 says about a two-letter code. */
export type CodeStatus =
  | "assigned"
  | "exceptionally-reserved"
  | "transitionally-reserved"
  | "indeterminately-reserved"
  | "formerly-used"
  | "user-assigned"
  | "unassigned"
  | "not-a-country-code";

/**
 * The status of a code in ISO 3166-1, and the codes that stand for the place now where it does not, or no longer. `XK` is
 * user-assigned, and a territory all the same: see `isTerritory`.
 *
 * Source: ISO 3166-1:2020 with its online register, ISO 3166-3; user-assigned are AA, QM–QZ, XA–XZ and ZZ (§8.1.3);
 * successors as in CLDR territoryAlias.
 */
export function codeStatus(code: string): {
  readonly status: CodeStatus;
  readonly successors: readonly string[];
} {
  if (!/^[A-Z]{2}$/.test(code)) return { status: "not-a-country-code", successors: [] };
  return { status: statusOf(code), successors: CODES.successors[code] ?? [] };
}

/** One use of a two-letter code that ISO withdrew. */
export interface FormerUse {
  /** The code of the use in ISO 3166-3: `CSHH`, `CSXX`. */
  readonly code4: string;
  readonly name: string;
  /** Years in which ISO had it so: the first, and that of the withdrawal. */
  readonly from: number;
  readonly until: number;
  /** The codes that stand for the place now, sorted. */
  readonly successors: readonly string[];
}

/**
 * What a two-letter code meant before, oldest first; none if it has one meaning only. `CS` was Czechoslovakia (now CZ and
 * SK) and then Serbia and Montenegro (now ME and RS); `SK` was Sikkim before it was Slovakia. Source: ISO 3166-3.
 */
export function formerUses(code: string): readonly FormerUse[] {
  return CODES.former
    .filter(([, alpha2]) => alpha2 === code)
    .map(([code4, , name, from, until, successors]) => ({ code4, name, from, until, successors }));
}

/**
 * True for a code that can stand for a place: an assigned ISO 3166-1 code or `XK`, an ISO 3166-2 code (or a withdrawn one
 * of a territory with its own code, `FR-974`), or a known `x-` zone. Codes are upper-case, zones lower-case.
 */
export function isTerritory(code: string): boolean {
  if (NAMES.has(code)) return true;
  const match = SUBDIVISION.exec(code);
  return match !== null && partsOf(match[1] ?? "").has(match[2] ?? "");
}

/**
 * The territory that a code is part of, or null: `ES-CN` of `ES`, `x-it-campione` of `IT`; `DE` of nothing, and so is
 * what has not the form of a subdivision or zone.
 */
export function parentTerritory(code: string): string | null {
  if (code.length < 4) return null;
  return SUBDIVISION.exec(code)?.[1] ?? ZONE.exec(code)?.[1]?.toUpperCase() ?? null;
}

/** The code that ISO 3166-1 gives a place that also has a subdivision code: `RE` for `FR-974` and `FR-RE`. Else the code itself. */
export function canonicalTerritory(code: string): string {
  return CANONICAL.get(code) ?? code;
}

/** Places under different law that one code stands for (`SJ`: Svalbard and Jan Mayen), or none. */
export function ambiguousParts(code: string): readonly string[] {
  return AMBIGUOUS.get(code) ?? NONE;
}

/** Codes of the parts that a reserved code stands for: `EA` is Ceuta (`ES-CE`) and Melilla (`ES-ML`). */
export function reservedParts(code: string): readonly string[] {
  return RESERVED_PARTS.get(code) ?? NONE;
}

/** English name of a territory; of a subdivision without one of its own, and of anything else, the code itself. */
export function territoryName(code: string): string {
  return NAMES.get(code) ?? NAMES.get(canonicalTerritory(code)) ?? code;
}

/** Every assigned ISO 3166-1 code and `XK`, sorted. */
export function countryCodes(): readonly string[] {
  return COUNTRIES;
}

/**
 * The code that a person probably meant, or null: `uk` is GB, `el` GR, `deu` and `276` DE, `es-cn` ES-CN, `Germany` DE,
 * `eu` group:EU. An outdated or reserved code gives its successor when there is exactly one.
 */
export function suggestTerritory(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const upper = lower.toUpperCase();
  if (upper === "EL") return "GR"; // so the European Commission writes Greece
  const code = [upper, lower].find(isTerritory);
  if (code !== undefined) return code;
  const bare = lower.replace(/^group:/, "");
  const group = GROUPS.find((table) => table.group.toLowerCase() === bare);
  if (group !== undefined) return `group:${group.group}`;
  const meant = [codeStatus(upper).successors, reservedParts(upper)].find((codes) => codes.length === 1);
  if (meant !== undefined) return meant[0] ?? null;
  const other = OTHER_CODES.get(upper);
  if (other !== undefined) return other;
  for (const [each, name] of NAMES) if (name.toLowerCase() === lower) return each;
  return null;
}

// Maps, because a plain object also has `constructor` and the like.
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...CODES.names, ...CODES.zones, ...CODES.parts }),
);
const COUNTRIES: readonly string[] = Object.freeze(Object.keys(CODES.names).toSorted());
const AMBIGUOUS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(CODES.ambiguous));
const RESERVED_PARTS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(CODES.partsOf));
const OTHER_CODES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...CODES.alpha3, ...CODES.numeric }),
);
const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries(CODES.alsoCoded).flatMap(([own, others]) => others.map((other) => [other, own] as const)),
);
const NONE: readonly string[] = Object.freeze([]);
const SUBDIVISION = /^([A-Z]{2})-([A-Z0-9]{1,3})$/;
const ZONE = /^x-([a-z]{2})-[a-z0-9]+$/;

// Split when a country is first asked about: most programs ask about few.
const PARTS = new Map<string, ReadonlySet<string>>();

function partsOf(country: string): ReadonlySet<string> {
  const known = PARTS.get(country);
  if (known !== undefined) return known;
  const parts = new Set(
    Object.hasOwn(CODES.subdivisions, country) ? CODES.subdivisions[country]?.split(" ") : [],
  );
  PARTS.set(country, parts);
  return parts;
}

function statusOf(code: string): CodeStatus {
  if (CODES.userAssignedInUse.includes(code)) return "user-assigned";
  if (NAMES.has(code)) return "assigned";
  if (CODES.exceptionallyReserved.includes(code)) return "exceptionally-reserved";
  if (CODES.transitionallyReserved.includes(code)) return "transitionally-reserved";
  if (CODES.indeterminatelyReserved.includes(code)) return "indeterminately-reserved";
  if (CODES.formerlyAssigned.includes(code)) return "formerly-used";
  return /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code) ? "user-assigned" : "unassigned";
}
