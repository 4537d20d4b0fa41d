// What databases say about one address, weighed. A registered or represented country is never taken for a location.
import type { Address } from "@demarc/net";
import { isMmdbMap, type Mmdb, type MmdbValue } from "./mmdb.ts";
import type { Candidate, Caveat, Connector, Evidence, SourceFault, Unknown } from "./resolution.ts";
import { ambiguousParts, isTerritory } from "./territory.ts";

/** A database that places addresses. */
export interface DatabaseSource {
  /** As evidence names it. */
  readonly name: string;
  readonly mmdb: Mmdb;
  /** The day its data is of, `2026-11-01`, where that is not the day of its build. */
  readonly dataDate?: string | undefined;
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

/** Candidates for one address, sorted by territory; `unknown` says why there are none. */
export interface Answer {
  readonly candidates: readonly Candidate[];
  readonly unknown: Unknown["reason"] | null;
  readonly faults: readonly SourceFault[];
}

/**
 * Asks every database about a global address. `staleMs` is the age from which data is stale at `at`. Without `detail`
 * the candidates have no evidence, and cost less.
 */
export function askDatabases(
  databases: readonly DatabaseSource[],
  connector: Connector,
  address: Address,
  at: number,
  staleMs: number,
  detail: boolean,
): Answer {
  if (databases.length === 0) return { candidates: [], unknown: "no-source", faults: [] };
  const claims = new Map<string, Claim>();
  const faults: SourceFault[] = [];
  for (const { name, mmdb, dataDate } of databases) {
    const found = mmdb.lookup(address);
    if (!found.ok) {
      faults.push({ connector, source: name, code: found.issue.code });
      continue;
    }
    if (found.value === null) continue;
    const { value } = found.value;
    const territory = territoryOf(value);
    if (territory === null) continue;
    const claim = claims.get(territory) ?? { evidence: [], sources: 0, fresh: 0, caveats: new Set<Caveat>() };
    claims.set(territory, claim);
    const dataAt = dateAt(dataDate) ?? mmdb.buildAt;
    if (at - dataAt <= staleMs) claim.fresh += 1;
    claim.sources += 1;
    if (detail) {
      const { prefix } = found.value;
      claim.evidence.push({ kind: "location", source: name, dataDate: dateText(dataAt), prefix });
    }
    for (const caveat of caveatsOf(value)) claim.caveats.add(caveat);
  }
  const candidates = [...claims]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([territory, claim]) => weighed(connector, territory, claim, claims.size > 1));
  return { candidates, unknown: candidates.length > 0 ? null : reasonOf(faults), faults };
}

interface Claim {
  readonly evidence: Evidence[];
  /** How many say so, and how many of them are not stale. */
  sources: number;
  fresh: number;
  readonly caveats: Set<Caveat>;
}

function weighed(connector: Connector, territory: string, claim: Claim, contested: boolean): Candidate {
  const { evidence, sources, fresh, caveats } = claim;
  if (fresh === 0) caveats.add("stale");
  // Stale evidence beside fresh adds nothing to it.
  const agreement = !contested && (fresh === 0 ? sources : fresh) > 1;
  let confidence = agreement ? AGREEMENT_CONFIDENCE : SINGLE_SOURCE_CONFIDENCE;
  if (contested) confidence = CONFLICT_CONFIDENCE;
  for (const _doubt of caveats) confidence /= 2;
  if (ambiguousParts(territory).length > 0) caveats.add("ambiguous-code");
  return {
    connector,
    territory,
    confidence,
    basis: agreement ? "agreement" : "single-source",
    evidence,
    caveats: [...caveats].toSorted(),
  };
}

function reasonOf(faults: readonly SourceFault[]): Unknown["reason"] {
  if (faults.some((fault) => fault.code !== "mmdb/v6-in-v4")) return "source-damaged";
  return faults.length > 0 ? "unsupported-family" : "not-found";
}

// `country.iso_code` of the usual schema, `country_code` of flat ones.
function territoryOf(record: MmdbValue): string | null {
  const country = fieldOf(record, "country");
  const code = fieldOf(country, "iso_code") ?? fieldOf(record, "country_code") ?? country;
  return typeof code === "string" && isTerritory(code) ? code : null;
}

function caveatsOf(record: MmdbValue): Caveat[] {
  const traits = fieldOf(record, "traits");
  const flag = (key: string): boolean => fieldOf(traits, key) === true || fieldOf(record, key) === true;
  const caveats: Caveat[] = [];
  if (flag("is_anycast")) caveats.push("anycast");
  if (flag("is_anonymous") || flag("is_anonymous_proxy")) caveats.push("anonymiser");
  return caveats;
}

function fieldOf(value: MmdbValue | undefined, key: string): MmdbValue | undefined {
  return value !== undefined && isMmdbMap(value) ? value[key] : undefined;
}

function dateAt(date: string | undefined): number | null {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : at;
}

// Civil date of an instant in UTC, without the host's clock or locale.
function dateText(at: number): string {
  return Number.isFinite(at) && Math.abs(at) <= MAX_DATE_MS
    ? new Date(at).toISOString().slice(0, 10)
    : "unknown";
}

const MAX_DATE_MS = 8.64e15;
