// Evidence in, places out. The order of asking is the order of knowledge: the operator's own map, then special-purpose
// space, then databases. Unknown stays unknown, with its reason.
import { type Address, addressKind, unmapAddress } from "@demarc/net";
import type { Mmdb, MmdbValue } from "./mmdb.ts";
import type { NetworkEntry, NetworkMap } from "./network-map.ts";
import type { Candidate, Caveat, Connector, Evidence, Resolution, Unknown } from "./resolution.ts";
import { ambiguousParts, isTerritory } from "./territory.ts";

/** A database that places addresses. */
export interface DatabaseSource {
  readonly name: string;
  readonly mmdb: Mmdb;
}

/** What a resolver knows. */
export interface ResolverSources {
  /** Where the operator is established; it declares that itself. */
  readonly operator: string;
  readonly networks?: NetworkMap | undefined;
  readonly databases?: readonly DatabaseSource[] | undefined;
  /** Days after which a database is stale (its confidence is halved); 60 unless said. */
  readonly staleAfterDays?: number | undefined;
}

/** What is known of one request. */
export interface Signals {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly client?: Address | undefined;
  readonly host?: Address | undefined;
}

/** A place as decisions take it. */
export interface ResolvedPlace {
  readonly connector: Connector;
  readonly territory: string;
  readonly confidence: number;
}

/** Resolves signals; a plain object without state that changes. */
export interface Resolver {
  /** The full answer, with evidence, conflicts and unknowns. */
  readonly resolve: (signals: Signals) => Resolution;
  /** The places alone, for the hot path: the same candidates as `resolve`. */
  readonly placesOf: (client: Address | null, host: Address | null, at: number) => readonly ResolvedPlace[];
  /** Labels that the operator's map puts on flows of this client. */
  readonly dataClassesOf: (client: Address) => readonly string[];
}

/**
 * Confidence of a location that one database asserts. One source is never enough for a rule that asks for 0.9:
 * unrelated databases disagree on about one address in ten.
 */
export const SINGLE_SOURCE_CONFIDENCE = 0.8;

/** Confidence where two or more databases agree and none disagrees. */
export const AGREEMENT_CONFIDENCE = 0.9;

/** Confidence of each candidate where databases disagree. */
export const CONFLICT_CONFIDENCE = 0.4;

const DEFAULT_STALE_DAYS = 60;
const DAY_MS = 86_400_000;

/**
 * Makes a resolver.
 *
 * Method of confidence: the operator's map gives its entry's own (0.95 unless it says otherwise) and is asked alone when
 * it knows the address; one database 0.8, agreeing ones 0.9, disagreeing ones 0.4 each; stale data halves; anycast and
 * anonymiser flags of a record halve. A registered or represented country is never taken for a location.
 */
export function createResolver(sources: ResolverSources): Resolver {
  const declared: Candidate = {
    connector: "operator-establishment",
    territory: sources.operator,
    confidence: 1,
    basis: "declared",
    evidence: [{ kind: "declaration", source: "policy set", dataDate: null, prefix: null }],
    caveats: [],
  };
  const operatorPlace = Object.freeze({
    connector: declared.connector,
    territory: declared.territory,
    confidence: 1,
  });
  const operatorOnly: readonly ResolvedPlace[] = Object.freeze([operatorPlace]);
  const find = (address: Address, connector: "subject-location" | "host-location"): NetworkEntry | null =>
    (connector === "subject-location"
      ? sources.networks?.findClient(address)
      : sources.networks?.findHost(address)) ?? null;

  const locate = (
    connector: "subject-location" | "host-location",
    given: Address | undefined,
    at: number,
  ): { candidates: Candidate[]; unknown: Unknown["reason"] | null } => {
    if (given === undefined) return { candidates: [], unknown: "no-signal" };
    const address = unmapAddress(given);
    const entry = find(address, connector);
    if (entry !== null && sources.networks !== undefined)
      return { candidates: [mapped(connector, entry, sources.networks)], unknown: null };
    if (addressKind(address) !== "global") return { candidates: [], unknown: "reserved" };
    return askDatabases(connector, address, at, sources);
  };

  const resolve = (signals: Signals): Resolution => {
    const subject = locate("subject-location", signals.client, signals.at);
    const host = locate("host-location", signals.host, signals.at);
    const unknown: Unknown[] = [];
    if (subject.unknown !== null) unknown.push({ connector: "subject-location", reason: subject.unknown });
    if (host.unknown !== null) unknown.push({ connector: "host-location", reason: host.unknown });
    const conflicts = [subject, host]
      .filter((each) => each.candidates.length > 1)
      .map((each) => ({
        connector: each.candidates[0]?.connector ?? ("subject-location" as const),
        territories: each.candidates.map((candidate) => candidate.territory),
      }));
    return {
      at: signals.at,
      candidates: [...subject.candidates, ...host.candidates, declared],
      unknown,
      conflicts,
    };
  };

  return {
    resolve,
    placesOf: (client, host, at) => {
      if (client === null && host === null) return operatorOnly;
      return toPlaces(resolve({ at, client: client ?? undefined, host: host ?? undefined }));
    },
    dataClassesOf: (client) => find(unmapAddress(client), "subject-location")?.dataClasses ?? [],
  };
}

/** The places of a resolution, as decisions take them. An ambiguous code is left out: it stands for places under different law. */
export function toPlaces(resolution: Resolution): readonly ResolvedPlace[] {
  return resolution.candidates
    .filter((candidate) => !candidate.caveats.includes("ambiguous-code"))
    .map(({ connector, territory, confidence }) => ({ connector, territory, confidence }));
}

function mapped(connector: Connector, entry: NetworkEntry, networks: NetworkMap): Candidate {
  return {
    connector,
    territory: entry.territory,
    confidence: entry.confidence,
    basis: "asserted",
    evidence: [
      { kind: "network-map", source: networks.source, dataDate: networks.dataDate, prefix: entry.text },
    ],
    caveats: ambiguousParts(entry.territory).length > 0 ? ["ambiguous-code"] : [],
  };
}

function askDatabases(
  connector: Connector,
  address: Address,
  at: number,
  sources: ResolverSources,
): { candidates: Candidate[]; unknown: Unknown["reason"] | null } {
  const databases = sources.databases ?? [];
  if (databases.length === 0) return { candidates: [], unknown: "no-source" };
  const staleMs = (sources.staleAfterDays ?? DEFAULT_STALE_DAYS) * DAY_MS;
  const byTerritory = new Map<string, { evidence: Evidence[]; caveats: Set<Caveat>; allStale: boolean }>();
  let reason: Unknown["reason"] = "not-found";
  for (const { name, mmdb } of databases) {
    const found = mmdb.lookup(address);
    if (!found.ok) {
      reason = found.issue.code === "mmdb/v6-in-v4" ? "unsupported-family" : "source-damaged";
      continue;
    }
    const territory = found.value === null ? null : territoryOf(found.value.value);
    if (found.value === null || territory === null) continue;
    const item = byTerritory.get(territory) ?? { evidence: [], caveats: new Set<Caveat>(), allStale: true };
    byTerritory.set(territory, item);
    const stale = at - mmdb.buildAt > staleMs;
    item.allStale &&= stale;
    item.evidence.push({
      kind: "location",
      source: name,
      dataDate: dateOf(mmdb.buildAt),
      prefix: found.value.prefix,
    });
    for (const caveat of caveatsOf(found.value.value)) item.caveats.add(caveat);
    if (ambiguousParts(territory).length > 0) item.caveats.add("ambiguous-code");
  }
  const agreed = byTerritory.size === 1;
  const candidates = [...byTerritory]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([territory, item]): Candidate => {
      if (item.allStale) item.caveats.add("stale");
      const agreement = agreed && item.evidence.length > 1;
      let confidence = agreed
        ? agreement
          ? AGREEMENT_CONFIDENCE
          : SINGLE_SOURCE_CONFIDENCE
        : CONFLICT_CONFIDENCE;
      for (const caveat of item.caveats) if (caveat !== "ambiguous-code") confidence /= 2;
      return {
        connector,
        territory,
        confidence,
        basis: agreement ? "agreement" : "single-source",
        evidence: item.evidence,
        caveats: [...item.caveats].toSorted(),
      };
    });
  return { candidates, unknown: candidates.length > 0 ? null : reason };
}

// `country.iso_code` of the usual schema, `country_code` of flat ones; registered_country and represented_country are
// other facts (who holds the block; whose embassy), never a location.
function territoryOf(record: MmdbValue): string | null {
  const country = fieldOf(record, "country");
  const code = fieldOf(country, "iso_code") ?? fieldOf(record, "country_code") ?? country;
  return typeof code === "string" && isTerritory(code) ? code : null;
}

function caveatsOf(record: MmdbValue): Caveat[] {
  const traits = fieldOf(record, "traits");
  const caveats: Caveat[] = [];
  if (fieldOf(traits, "is_anycast") === true || fieldOf(record, "is_anycast") === true)
    caveats.push("anycast");
  if (fieldOf(traits, "is_anonymous") === true || fieldOf(traits, "is_anonymous_proxy") === true)
    caveats.push("anonymiser");
  return caveats;
}

function fieldOf(value: MmdbValue | undefined, key: string): MmdbValue | undefined {
  if (typeof value !== "object" || Array.isArray(value) || value instanceof Uint8Array) return undefined;
  return (value as Readonly<Record<string, MmdbValue>>)[key];
}

// Civil date of an instant in UTC, without the host's clock or locale.
function dateOf(at: number): string {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString().slice(0, 10) : "unknown";
}
