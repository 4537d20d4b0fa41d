// How specific a match is: ranks are kind * RANK_STEP + length, so that a longer one of the same kind is more specific.
import { KINDS } from "../layout.ts";

/** Lengths are below this. */
export const RANK_STEP = 0x1_0000;

export const ANY: number = KINDS.indexOf("any") * RANK_STEP;
export const DATA_CLASS: number = KINDS.indexOf("data-class") * RANK_STEP;
export const LIST: number = KINDS.indexOf("list") * RANK_STEP;
export const PORT_KIND: number = KINDS.indexOf("port") * RANK_STEP;
export const ASN_KIND: number = KINDS.indexOf("asn") * RANK_STEP;
export const ADDRESS: number = KINDS.indexOf("address-prefix") * RANK_STEP;
/** The length of a suffix of n labels counts 2n, that of a wildcard above n labels 2n + 1: it comes between suffixes of n and n + 1. */
export const NAME_SUFFIX: number = KINDS.indexOf("name-suffix") * RANK_STEP;
export const NAME_EXACT: number = KINDS.indexOf("name-exact") * RANK_STEP;
export const URL_PREFIX: number = KINDS.indexOf("url-prefix") * RANK_STEP;
export const URL_EXACT: number = KINDS.indexOf("url-exact") * RANK_STEP;
