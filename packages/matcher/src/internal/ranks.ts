// How specific a match is: ranks are kind * RANK_STEP + length, so that a longer one of the same kind is more specific.
import { KINDS } from "../layout.ts";

/** Lengths are below this. */
export const RANK_STEP = 0x1_0000;

const rankOf = (kind: (typeof KINDS)[number]): number => KINDS.indexOf(kind) * RANK_STEP;

/** A rule about anything. */
export const ANY: number = rankOf("any");
/** A class of data. */
export const DATA_CLASS: number = rankOf("data-class");
/** An entry of a list, whatever it is: no closer than others. */
export const LIST: number = rankOf("list");
/** A range of ports. */
export const PORT_KIND: number = rankOf("port");
/** An autonomous system. */
export const ASN_KIND: number = rankOf("asn");
/** A prefix; its length is that in bits. */
export const ADDRESS: number = rankOf("address-prefix");
/** The length of a suffix of n labels counts 2n, that of a wildcard above n labels 2n + 1: it comes between suffixes of n and n + 1. */
export const NAME_SUFFIX: number = rankOf("name-suffix");
/** A whole name. */
export const NAME_EXACT: number = rankOf("name-exact");
/** A prefix of a URL; its length is that in bytes. */
export const URL_PREFIX: number = rankOf("url-prefix");
/** A whole URL. */
export const URL_EXACT: number = rankOf("url-exact");
