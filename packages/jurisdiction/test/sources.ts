// Evidence sources for tests: addresses from text, databases made on the spot.
import { type Address, parseAddress } from "@demarc/net";
import type { DatabaseSource } from "../src/database-source.ts";
import { type Mmdb, openMmdb } from "../src/mmdb.ts";
import { type Value, writeMmdb } from "./write-mmdb.ts";

/** The instant at which the tests ask. */
export const AT: number = Date.parse("2026-11-24T00:00:00Z");

const DAY_SECONDS = 86_400;

export function address(text: string): Address {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.value;
}

export function opened(bytes: Uint8Array): Mmdb {
  const result = openMmdb(bytes);
  if (!result.ok) throw new Error(result.issue.message);
  return result.value;
}

/** A database that was built some days before `AT`. */
export function database(
  name: string,
  records: Readonly<Record<string, Value>>,
  ageDays = 10,
  ipVersion: 4 | 6 = 6,
): DatabaseSource {
  return {
    name,
    mmdb: opened(writeMmdb(records, { buildEpoch: AT / 1000 - ageDays * DAY_SECONDS, ipVersion })),
  };
}

/** A record in the usual schema. */
export function country(code: string, more: Readonly<Record<string, Value>> = {}): Value {
  return { country: { iso_code: code }, ...more };
}
