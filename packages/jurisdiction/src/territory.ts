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
 * The status of a code in ISO 3166-1, and the codes that came after it where it is no longer used. `XK` is
 * user-assigned, and a territory all the same: see `isTerritory`.
 *
 * Source: ISO 3166-1:2020 with its online register, ISO 3166-3; user-assigned are AA, QM–QZ, XA–XZ and ZZ (§8.1.3).
 */
export function codeStatus(code: string): {
  readonly status: CodeStatus;
  readonly successors: readonly string[];
} {
  if (!/^[A-Z]{2}$/.test(code)) return { status: "not-a-country-code", successors: [] };
  return { status: statusOf(code), successors: CODES.former[code] ?? [] };
}

/**
 * True for a code that can stand for a place: an assigned ISO 3166-1 code or `XK`, an ISO 3166-2 code of such a
 * country (its form is checked, not its list), or a known `x-` zone. Codes are upper-case, zones lower-case.
 */
export function isTerritory(code: string): boolean {
  return NAMES.has(code) || NAMES.has(SUBDIVISION.exec(code)?.[1] ?? "");
}

/**
 * The territory that a code is part of, or null: `ES-CN` of `ES`, `x-it-campione` of `IT`; `DE` of nothing, and so is
 * what has not the form of a subdivision or zone.
 */
export function parentTerritory(code: string): string | null {
  return SUBDIVISION.exec(code)?.[1] ?? ZONE.exec(code)?.[1]?.toUpperCase() ?? null;
}

/** Places under different law that one code stands for (`SJ`: Svalbard and Jan Mayen), or none. */
export function ambiguousParts(code: string): readonly string[] {
  return AMBIGUOUS.get(code) ?? [];
}

/** English name of a territory; of a subdivision without one of its own, and of anything else, the code itself. */
export function territoryName(code: string): string {
  return NAMES.get(code) ?? code;
}

/**
 * The code that a person probably meant, or null: `uk` is GB, `el` GR, `es-cn` ES-CN, `Germany` DE, `eu` group:EU. An
 * outdated code gives its successor when there is exactly one.
 */
export function suggestTerritory(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const upper = lower.toUpperCase();
  const meant = ALIASES.get(upper);
  if (meant !== undefined) return meant;
  const code = [upper, lower].find(isTerritory);
  if (code !== undefined) return code;
  const bare = lower.replace(/^group:/, "");
  const group = GROUPS.find((table) => table.group.toLowerCase() === bare);
  if (group !== undefined) return `group:${group.group}`;
  const { successors } = codeStatus(upper);
  if (successors.length === 1) return successors[0] ?? null;
  for (const [each, name] of NAMES) if (name.toLowerCase() === lower) return each;
  return null;
}

// Maps, because a plain object also has `constructor` and the like.
const NAMES: ReadonlyMap<string, string> = new Map(Object.entries({ ...CODES.names, ...CODES.zones }));
const AMBIGUOUS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(CODES.ambiguous));
// Reserved at the request of the country itself, or used by the European Commission.
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["UK", "GB"],
  ["EL", "GR"],
]);
const SUBDIVISION = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;
const ZONE = /^x-([a-z]{2})-[a-z0-9]+$/;

function statusOf(code: string): CodeStatus {
  if (CODES.userAssignedInUse.includes(code)) return "user-assigned";
  if (NAMES.has(code)) return "assigned";
  if (CODES.exceptionallyReserved.includes(code)) return "exceptionally-reserved";
  if (CODES.transitionallyReserved.includes(code)) return "transitionally-reserved";
  if (CODES.indeterminatelyReserved.includes(code)) return "indeterminately-reserved";
  if (code in CODES.former) return "formerly-used";
  return /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code) ? "user-assigned" : "unassigned";
}
