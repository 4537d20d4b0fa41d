import { TYPE } from "./message.ts";

/** RDATA as a row of fixed fields (their bytes) and names (`"name"`); what follows is opaque. */
export type RdataLayout = readonly (number | "name")[];

/**
 * Layouts of the types whose RDATA may hold compressed names; every other type never does (RFC 3597 §4).
 * Compression is written again only for the types of RFC 1035.
 */
const LAYOUTS: ReadonlyMap<number, RdataLayout> = new Map<number, RdataLayout>([
  [TYPE.NS, ["name"]],
  [3, ["name"]],
  [4, ["name"]],
  [TYPE.CNAME, ["name"]],
  [TYPE.SOA, ["name", "name", 20]],
  [7, ["name"]],
  [8, ["name"]],
  [9, ["name"]],
  [TYPE.PTR, ["name"]],
  [14, ["name", "name"]],
  [TYPE.MX, [2, "name"]],
  [17, ["name", "name"]],
  [18, [2, "name"]],
  [21, [2, "name"]],
  [26, [2, "name", "name"]],
  [TYPE.SRV, [6, "name"]],
  [36, [2, "name"]],
  [TYPE.DNAME, ["name"]],
]);
const COMPRESSED_AGAIN: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15]);

/** The layout of a type's RDATA, or undefined when it is opaque. */
export function layoutOf(type: number): RdataLayout | undefined {
  return LAYOUTS.get(type);
}

/** Whether names in the RDATA of `type` may be written compressed. */
export function isCompressible(type: number): boolean {
  return COMPRESSED_AGAIN.has(type);
}
