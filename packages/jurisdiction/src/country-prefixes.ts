// The way back: from a country to the addresses that a database places there.
import {
  type AddressRange,
  joinRanges,
  type Prefix,
  prefixesOfRange,
  type Result,
  rangeOfPrefix,
} from "@demarc/net";
import { databaseLocation } from "./database-source.ts";
import type { Mmdb } from "./mmdb.ts";

/** What a database says about one country. */
export interface CountryPrefixes {
  /** The fewest prefixes that have these addresses and no others; IPv4 first, in the order of addresses. */
  readonly prefixes: readonly Prefix[];
  /** Networks of the database that were read, and how many of them are of the country. */
  readonly networks: number;
  readonly ofCountry: number;
}

const V6_BITS = 128;
const V4_BITS = 32;

// IPv6 addresses that stand for IPv4 ones, and are read as those: the IPv4 tree itself below ::/96, IPv4-mapped (RFC 4291), Teredo
// (RFC 4380), 6to4 (RFC 3056). Databases repeat the IPv4 tree there.
const IPV4_TREE = rangeAt(0n, 96);
const ALIASES: readonly AddressRange[] = [
  IPV4_TREE,
  rangeAt(0xffffn << 32n, 96),
  rangeAt(0x2001_0000n << 96n, 32),
  rangeAt(0x2002n << 112n, 16),
];

/**
 * The addresses whose location a database says is in a country, as the fewest prefixes. Registered and represented countries are no
 * location. Addresses that carry an IPv4 address (::ffff:0:0/96, 2001::/32, 2002::/16) are not told again beside it.
 *
 * Input: a code as the database has it, ISO 3166-1 in upper case. Errors: `mmdb/corrupt`.
 * Cost: every network of the database is looked at once.
 */
export function countryPrefixes(mmdb: Mmdb, country: string): Result<CountryPrefixes> {
  const v4: AddressRange[] = [];
  const v6: AddressRange[] = [];
  let networks = 0;
  let ofCountry = 0;
  for (const network of mmdb.networks()) {
    if (!network.ok) return network;
    networks += 1;
    if (databaseLocation(network.value.value) !== country) continue;
    ofCountry += 1;
    (network.value.prefix.address.length === 4 ? v4 : v6).push(rangeOfPrefix(network.value.prefix));
  }
  const six = joinRanges(v6);
  // One record from above the IPv4 tree down: all of IPv4 is there.
  if (six.some(({ start, end }) => start <= IPV4_TREE.start && end >= IPV4_TREE.end))
    v4.push({ start: 0n, end: 1n << BigInt(V4_BITS) });
  const prefixes = [
    ...joinRanges(v4).flatMap((range) => prefixesOfRange(range, V4_BITS)),
    ...without(six, ALIASES).flatMap((range) => prefixesOfRange(range, V6_BITS)),
  ];
  return { ok: true, value: { prefixes, networks, ofCountry } };
}

function rangeAt(start: bigint, length: number): AddressRange {
  return { start, end: start + (1n << BigInt(V6_BITS - length)) };
}

function without(ranges: readonly AddressRange[], holes: readonly AddressRange[]): readonly AddressRange[] {
  return holes.reduce<readonly AddressRange[]>(
    (left, hole) =>
      left.flatMap(({ start, end }) =>
        hole.end <= start || hole.start >= end
          ? [{ start, end }]
          : [
              { start, end: hole.start },
              { start: hole.end, end },
            ].filter((part) => part.start < part.end),
      ),
    ranges,
  );
}
