// What every reader returns: selectors that the format can say, and a diagnostic for each line that it can not.

/** One selector of a list, in canonical form. */
export type ListEntry =
  | { readonly type: "domain"; readonly value: string; readonly match: "exact" | "subdomains" }
  | { readonly type: "cidr"; readonly value: string }
  | { readonly type: "url"; readonly value: string; readonly match: "exact" | "prefix" }
  /** Anchors, wildcards and separators as Adblock Plus writes them, in lower case; they match URLs in any case. */
  | { readonly type: "url-pattern"; readonly value: string };

/** A place in a list that another one includes; numbers are 1-based. */
export interface IncludedPlace {
  readonly list: string;
  readonly line: number;
  readonly column: number;
}

/** What was wrong with, or left out of, one line. */
export interface ListDiagnostic {
  /** Stable, kebab-case: `lists/...` or the `net/...` code of the value that was refused. */
  readonly code: string;
  /** 1-based; in a binary format the number of the record. */
  readonly line: number;
  /** 1-based, in characters; 1 in a binary format. */
  readonly column: number;
  /** 0-based, in bytes; in binary formats only. */
  readonly offset?: number | undefined;
  /**
   * In another list, where in that; `line` and `column` are then those of the include that brought it, and for what the other list adds
   * of itself the last line of the list and 1.
   */
  readonly included?: IncludedPlace | undefined;
  readonly message: string;
  readonly help?: string | undefined;
  /** The line (in a format that is not made of lines, the value), cut to a readable length. */
  readonly text: string;
}

/**
 * A list as it was read. Reading never fails as a whole: a line that says nothing we can use is a diagnostic. In formats that
 * are not made of lines (`sing-box`, `geosite-dat`, `geoip-dat`) each item takes the place of a line in the counts.
 */
export interface ListReading {
  readonly entries: readonly ListEntry[];
  /** Entries that the list itself excepts; when one matches, the list does not. */
  readonly exceptions: readonly ListEntry[];
  /** The first `MAX_DIAGNOSTICS` found, in line order. */
  readonly diagnostics: readonly ListDiagnostic[];
  /** How many lines gave a diagnostic, kept or not. */
  readonly diagnosticCount: number;
  /** How many lines gave each code. */
  readonly countByCode: Readonly<Record<string, number>>;
  readonly lineCount: number;
  /** Lines that gave an entry or an exception. */
  readonly acceptedLines: number;
  /** Lines that gave a diagnostic and nothing else; all other lines said nothing (blank lines, comments, headers). */
  readonly refusedLines: number;
}

/** Most diagnostics that are kept; the rest is counted. */
export const MAX_DIAGNOSTICS = 1000;

/** Longest line that is read, in characters; a longer one is a diagnostic (`lists/line-too-long`). */
export const MAX_LINE_CHARS = 4096;

/** The formats that `readList` knows. */
export type ListFormat =
  | "domains"
  | "hosts"
  | "adguard"
  | "dnsmasq"
  | "rpz"
  | "geosite"
  | "cidr"
  | "unbound"
  | "csv"
  | "sing-box"
  | "geosite-dat"
  | "geoip-dat";
