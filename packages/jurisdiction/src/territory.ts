// Territory codes: ISO 3166-1, ISO 3166-2, and `x-` zones where ISO has no code and the law draws a line.
import { CODES } from "./tables.generated.ts";

/** What ISO 3166-1 says about a two-letter code. */
export type CodeStatus =
  | "assigned"
  | "exceptionally-reserved"
  | "transitionally-reserved"
  | "formerly-used"
  | "user-assigned"
  | "unassigned"
  | "not-a-country-code";

/**
 * The status of a code in ISO 3166-1, and the codes that came after it where it is no longer used.
 * Source: ISO 3166-1:2020, 3166-3; user-assigned are AA, QM–QZ, XA–XZ and ZZ (§8.1.3).
 */
export function codeStatus(code: string): {
  readonly status: CodeStatus;
  readonly successors: readonly string[];
} {
  const successors = CODES.former[code] ?? [];
  if (!/^[A-Z]{2}$/.test(code)) return { status: "not-a-country-code", successors: [] };
  if (CODES.userAssignedInUse.includes(code)) return { status: "user-assigned", successors };
  if (code in CODES.names) return { status: "assigned", successors };
  if (CODES.exceptionallyReserved.includes(code)) return { status: "exceptionally-reserved", successors };
  if (CODES.transitionallyReserved.includes(code)) return { status: "transitionally-reserved", successors };
  if (successors.length > 0) return { status: "formerly-used", successors };
  if (/^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code)) return { status: "user-assigned", successors };
  return { status: "unassigned", successors };
}

/**
 * True for a code that can stand for a place: an assigned ISO 3166-1 code or `XK`, an ISO 3166-2 code of such a
 * country (its form is checked, not its list), or a known `x-` zone.
 */
export function isTerritory(code: string): boolean {
  if (code in CODES.names || code in CODES.zones) return true;
  const match = /^([A-Z]{2})-[A-Z0-9]{1,3}$/.exec(code);
  return match !== null && (match[1] ?? "") in CODES.names;
}

/** The territory that a code is part of, or null: `ES-CN` of `ES`, `x-it-campione` of `IT`, `DE` of nothing. */
export function parentTerritory(code: string): string | null {
  const zone = /^x-([a-z]{2})-/.exec(code);
  if (zone !== null) return (zone[1] ?? "").toUpperCase();
  const dash = code.indexOf("-");
  return dash < 0 ? null : code.slice(0, dash);
}

/** Places under different law that one code stands for (`SJ`: Svalbard and Jan Mayen), or none. */
export function ambiguousParts(code: string): readonly string[] {
  return CODES.ambiguous[code] ?? [];
}

/** English name of a territory, or the code itself. */
export function territoryName(code: string): string {
  return CODES.names[code] ?? CODES.zones[code] ?? code;
}

/** The code that a person probably meant, or null: another case, a reserved alias, an English name. */
export function suggestTerritory(text: string): string | null {
  const trimmed = text.trim();
  const upper = trimmed.toUpperCase();
  const alias = ({ UK: "GB", EL: "GR" } as Readonly<Record<string, string>>)[upper];
  if (alias !== undefined) return alias;
  if (isTerritory(upper)) return upper;
  if (isTerritory(trimmed.toLowerCase())) return trimmed.toLowerCase();
  if (isGroupName(upper)) return `group:${upper}`;
  const successors = CODES.former[upper];
  if (successors?.length === 1) return successors[0] ?? null;
  const named = Object.entries({ ...CODES.names, ...CODES.zones }).find(
    ([, name]) => name.toLowerCase() === trimmed.toLowerCase(),
  );
  return named?.[0] ?? null;
}

function isGroupName(text: string): boolean {
  return text === "EU" || text === "EEA" || text === "EFTA";
}
