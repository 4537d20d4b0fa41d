// An MMDB file as a source of evidence: its location, its registration, whose users it serves, and what its flags say.
import type { Address, Result } from "@demarc/net";
import {
  type AddressSource,
  type Caveat,
  dateAt,
  dateText,
  type Finding,
  type SourceAnswer,
} from "./evidence.ts";
import { isMmdbMap, type Mmdb, type MmdbValue } from "./mmdb.ts";
import type { TableEntry, TableRecord } from "./table/compile-table.ts";
import { isTerritory } from "./territory.ts";

/** A database that places addresses. */
export interface DatabaseSource {
  /** As evidence names it. */
  readonly name: string;
  readonly mmdb: Mmdb;
  /** Who made it: databases of one vendor do not agree with each other. The name unless said. */
  readonly vendor?: string | undefined;
  /** The day its data is of, `2026-11-01`, where that is not the day of its build. */
  readonly dataDate?: string | undefined;
}

/** An MMDB file as a source of evidence. */
export function databaseSource({ name, mmdb, vendor, dataDate }: DatabaseSource): AddressSource {
  const dataAt = dateAt(dataDate) ?? mmdb.buildAt;
  // Records are frozen and shared: what is read from one is read once.
  const known = new WeakMap<object, readonly TableRecord[]>();
  const sayingsOf = (value: MmdbValue): readonly TableRecord[] => {
    if (typeof value !== "object") return readSayings(value);
    const found = known.get(value) ?? readSayings(value);
    known.set(value, found);
    return found;
  };
  return {
    name,
    vendor: vendor ?? name,
    dataDate: dateText(dataAt),
    dataAt,
    find: (address: Address): Result<SourceAnswer> => {
      const found = mmdb.lookup(address);
      if (!found.ok) return found;
      if (found.value === null)
        return { ok: true, value: { findings: NOTHING, length: mmdb.reach(address) } };
      const { value } = found;
      const sayings = sayingsOf(value.value);
      const findings = sayings.length === 0 ? NOTHING : sayings.map((saying) => new Said(saying, value));
      return { ok: true, value: { findings, length: value.length } };
    },
  };
}

const NOTHING: readonly never[] = Object.freeze([]);

// The prefix is made when it is read: the hot path has no use for it.
class Said implements Finding {
  readonly kind: TableRecord["kind"];
  readonly territory: string | null;
  readonly region: string | null;
  readonly caveats: readonly Caveat[];
  private readonly match: { readonly prefix: string };

  constructor({ kind, territory, region, caveats }: TableRecord, match: { readonly prefix: string }) {
    this.kind = kind;
    this.territory = territory;
    this.region = region;
    this.caveats = caveats;
    this.match = match;
  }

  get prefix(): string {
    return this.match.prefix;
  }
}

/** Every network of an MMDB file that has a location, as entries of a table; errors: `mmdb/corrupt`. */
export function databaseEntries(mmdb: Mmdb): Result<readonly TableEntry[]> {
  const entries: TableEntry[] = [];
  for (const network of mmdb.networks()) {
    if (!network.ok) return network;
    const { prefix, value } = network.value;
    const [record] = readSayings(value);
    if (record !== undefined && (record.kind === "location" || record.kind === "list"))
      entries.push({ prefix, record });
  }
  return { ok: true, value: entries };
}

/** The territory in which a record says that its addresses are, or null where it says none. */
export function databaseLocation(record: MmdbValue): string | null {
  const [first] = readSayings(record);
  return first?.kind === "location" ? first.territory : null;
}

// The location first, if there is one.
function readSayings(record: MmdbValue): readonly TableRecord[] {
  const country = fieldOf(record, "country");
  // `country.iso_code` of the usual schema, `country_code` of flat ones.
  const territory = codeOf(fieldOf(country, "iso_code") ?? fieldOf(record, "country_code") ?? country);
  const caveats = caveatsOf(record);
  const sayings: TableRecord[] = [];
  if (territory !== null)
    sayings.push({ kind: "location", territory, region: regionOf(record, territory), caveats });
  else if (caveats.length > 0) sayings.push({ kind: "list", territory: null, region: null, caveats });
  for (const [key, kind] of [
    ["registered_country", "registration"],
    ["represented_country", "representation"],
  ] as const) {
    const other = fieldOf(record, key);
    const code = codeOf(fieldOf(other, "iso_code") ?? other);
    if (code !== null) sayings.push({ kind, territory: code, region: null, caveats: [] });
  }
  return sayings;
}

function regionOf(record: MmdbValue, territory: string): string | null {
  const parts = fieldOf(record, "subdivisions");
  const first = Array.isArray(parts) ? (parts[0] as MmdbValue | undefined) : undefined;
  const code = fieldOf(first, "iso_code");
  const region = typeof code === "string" ? `${territory}-${code}` : "";
  return isTerritory(region) ? region : null;
}

function codeOf(value: MmdbValue | undefined): string | null {
  return typeof value === "string" && value.length === 2 && isTerritory(value) ? value : null;
}

const FLAGS: readonly (readonly [string, Caveat])[] = [
  ["is_anycast", "anycast"],
  ["is_anonymous", "anonymiser"],
  ["is_anonymous_proxy", "anonymiser"],
  ["is_anonymous_vpn", "anonymiser"],
  ["is_public_proxy", "anonymiser"],
  ["is_residential_proxy", "anonymiser"],
  ["is_tor_exit_node", "anonymiser"],
  ["is_satellite_provider", "satellite"],
  ["is_hosting_provider", "hosting"],
];

function caveatsOf(record: MmdbValue): readonly Caveat[] {
  const traits = fieldOf(record, "traits");
  const caveats = new Set<Caveat>();
  for (const [key, caveat] of FLAGS)
    if (fieldOf(traits, key) === true || fieldOf(record, key) === true) caveats.add(caveat);
  if ((fieldOf(traits, "connection_type") ?? fieldOf(record, "connection_type")) === "Cellular")
    caveats.add("mobile-coarse");
  return [...caveats].toSorted();
}

function fieldOf(value: MmdbValue | undefined, key: string): MmdbValue | undefined {
  return value !== undefined && isMmdbMap(value) ? value[key] : undefined;
}
