// The way back: from a country to the addresses that a database places there.
import type { Prefix, Result } from "@demarc/net";
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

// From before `end`; numbers of 32 or 128 bits.
interface Range {
  readonly start: bigint;
  readonly end: bigint;
}

const V6_BITS = 128;
const V4_BITS = 32;

// IPv6 addresses that stand for IPv4 ones, and are read as those: the IPv4 tree itself below ::/96, IPv4-mapped (RFC 4291), Teredo
// (RFC 4380), 6to4 (RFC 3056). Databases repeat the IPv4 tree there.
const IPV4_TREE = rangeAt(0n, 96);
const ALIASES: readonly Range[] = [
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
  const v4: Range[] = [];
  const v6: Range[] = [];
  let networks = 0;
  let ofCountry = 0;
  for (const network of mmdb.networks()) {
    if (!network.ok) return network;
    networks += 1;
    if (databaseLocation(network.value.value) !== country) continue;
    ofCountry += 1;
    const { address, length } = network.value.prefix;
    (address.length === 4 ? v4 : v6).push(rangeOf(address, length));
  }
  const six = merged(v6);
  // One record from above the IPv4 tree down: all of IPv4 is there.
  if (six.some(({ start, end }) => start <= IPV4_TREE.start && end >= IPV4_TREE.end))
    v4.push({ start: 0n, end: 1n << BigInt(V4_BITS) });
  const prefixes = [
    ...merged(v4).flatMap((range) => prefixesOf(range, V4_BITS)),
    ...without(six, ALIASES).flatMap((range) => prefixesOf(range, V6_BITS)),
  ];
  return { ok: true, value: { prefixes, networks, ofCountry } };
}

function rangeOf(address: Uint8Array, length: number): Range {
  let start = 0n;
  for (const byte of address) start = (start << 8n) | BigInt(byte);
  return { start, end: start + (1n << BigInt(address.length * 8 - length)) };
}

function rangeAt(start: bigint, length: number): Range {
  return { start, end: start + (1n << BigInt(V6_BITS - length)) };
}

// Neighbours and what overlaps become one.
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => compare(a.start, b.start))) {
    const last = result.at(-1);
    if (last === undefined || last.end < start) result.push({ start, end });
    else if (last.end < end) result[result.length - 1] = { start: last.start, end };
  }
  return result;
}

function without(ranges: readonly Range[], holes: readonly Range[]): readonly Range[] {
  return holes.reduce<readonly Range[]>(
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

// The largest block that starts here and fits, and so on.
function prefixesOf({ start, end }: Range, bits: number): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  for (let at = start; at < end; ) {
    let free = 0;
    while (free < bits && (at & ((2n << BigInt(free)) - 1n)) === 0n && at + (2n << BigInt(free)) <= end)
      free += 1;
    prefixes.push({ address: bytesOf(at, bits), length: bits - free });
    at += 1n << BigInt(free);
  }
  return prefixes;
}

function bytesOf(value: bigint, bits: number): Uint8Array {
  return Uint8Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 0xffn),
  );
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
