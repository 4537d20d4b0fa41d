// What the resolver returns: candidates with evidence, conflicts and unknowns. Never a bare country.

/** The role in which a place is relevant; the same words as in a rule's scope. */
export type Connector =
  | "subject-location"
  | "host-location"
  | "operator-establishment"
  | "service-establishment"
  | "data-location"
  | "registrant"
  | "business-in"
  | "nationality";

/** One piece of evidence for a candidate. */
export interface Evidence {
  /** `declaration`: someone says so; `network-map`: the operator's own map; `location`: a database's location. */
  readonly kind: "declaration" | "network-map" | "location";
  readonly source: string;
  /** `2026-11-01`, `unknown`, or null for a declaration. */
  readonly dataDate: string | null;
  /** The prefix that matched, where one did. */
  readonly prefix: string | null;
}

/**
 * Something that makes a candidate less certain, or the law there less clear.
 *
 *   stale           all data that says so is older than the resolver allows
 *   anycast         the address is in many places at once
 *   anonymiser      the address is that of a relay, not of the subject
 *   ambiguous-code  the code stands for places under different law; no place comes of it
 *   embedded        the IPv4 address that an IPv6 address carries (NAT64, 6to4, Teredo) was located
 */
export type Caveat = "stale" | "anycast" | "anonymiser" | "ambiguous-code" | "embedded";

/** One place in one role. */
export interface Candidate {
  readonly connector: Connector;
  readonly territory: string;
  /** 0–1; `basis` says how it came about. */
  readonly confidence: number;
  readonly basis: "declared" | "asserted" | "single-source" | "agreement";
  readonly evidence: readonly Evidence[];
  /** Sorted. */
  readonly caveats: readonly Caveat[];
}

/**
 * Why a connector has no candidate.
 *
 *   no-signal           nothing was asked
 *   malformed           what was asked about is no address, or a declaration no territory
 *   reserved            special-purpose address space, which no database can place
 *   no-source           no database is configured
 *   not-found           no database has a location for it
 *   unsupported-family  the only databases hold IPv4 and were asked about IPv6
 *   source-damaged      the only databases that might know are broken
 */
export interface Unknown {
  readonly connector: Connector;
  readonly reason:
    | "no-signal"
    | "malformed"
    | "reserved"
    | "no-source"
    | "not-found"
    | "unsupported-family"
    | "source-damaged";
}

/** Candidates of one connector that can not all hold. */
export interface Conflict {
  readonly connector: Connector;
  readonly territories: readonly string[];
}

/** A source that could not answer; others may have. `code` is that of the issue, `mmdb/corrupt` for one. */
export interface SourceFault {
  readonly connector: Connector;
  readonly source: string;
  readonly code: string;
}

/** The answer to "which jurisdictions does this touch, at this instant?". Equal inputs give equal answers. */
export interface Resolution {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly candidates: readonly Candidate[];
  readonly unknown: readonly Unknown[];
  readonly conflicts: readonly Conflict[];
  readonly faults: readonly SourceFault[];
}
