// Country-code top-level domains: whose registry's law a name is under. Neither where a server is nor where a reader is.
import { CODES } from "./codes.generated.ts";

/** The country-code top-level domain of a name. */
export interface CcTld {
  /** In its ASCII form: `de`, `xn--p1ai`. */
  readonly tld: string;
  /** Null where it is of no one territory (`eu`). */
  readonly territory: string | null;
}

/**
 * The country-code top-level domain of a name, or null for any other. `name` is canonical, as `parseName` of @demarc/net gives it:
 * lower case, ASCII, without a dot at the end. `uk` is of GB, `su` of RU, `ac` of SH.
 *
 * Source: IANA Root Zone Database; ISO 3166-1 for the rest.
 */
export function ccTldOf(name: string): CcTld | null {
  const tld = name.slice(name.lastIndexOf(".") + 1);
  const known = BY_TLD.get(tld);
  return known === undefined ? null : { tld, territory: known };
}

const BY_TLD: ReadonlyMap<string, string | null> = new Map(Object.entries(CODES.ccTlds));
