// What the resolver returns: candidates with evidence, conflicts and unknowns. Never a bare country.
import type { Caveat, EvidenceKind } from "./evidence.ts";
import type { Dispute } from "./state.ts";

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

/**
 * A connector, or one that no rule can name because it is no location: where the client's network is registered, and whose
 * users it serves.
 */
export type EvidenceConnector = Connector | "network-registrant" | "network-representation";

/** One piece of evidence for a candidate. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** What the source says: a territory or a part of it (`ES-CN`), or null where it says something about the address only. */
  readonly value: string | null;
  readonly source: string;
  /** `2026-11-01`, `unknown`, or null for what is said at the moment: a declaration, a header. */
  readonly dataDate: string | null;
  /** The prefix that matched, where one did. */
  readonly prefix: string | null;
}

/** One place in one role. */
export interface Candidate {
  readonly connector: EvidenceConnector;
  readonly territory: string;
  /** 0–1; `basis` says how it came about. */
  readonly confidence: number;
  readonly basis: "declared" | "asserted" | "single-source" | "agreement";
  readonly evidence: readonly Evidence[];
  /** Sorted. */
  readonly caveats: readonly Caveat[];
}

/** Where a candidate stands in one group at the instant asked. */
export interface Standing {
  readonly group: string;
  readonly standing: "inside" | "outside" | "ambiguous";
  readonly regime: string | null;
  /** Milliseconds UTC of the interval that decides, half-open; null where none does, `until` also while it lasts. */
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string | null;
}

/** A candidate with what the law's tables say of it. */
export interface PlacedCandidate extends Candidate {
  readonly scheme: "iso3166-1" | "iso3166-2" | "x-zone";
  /** The state it belongs to under the resolution's view. */
  readonly sovereign: string | null;
  /** What states disagree about, or null. */
  readonly dispute: Dispute | null;
  /** One for each group that was asked for, in their order. */
  readonly status: readonly Standing[];
}

/**
 * Why a connector has no candidate.
 *
 *   no-signal           nothing was asked
 *   malformed           what was asked about is no address, or a declaration no territory
 *   reserved            special-purpose address space, which no database can place
 *   no-source           no database is configured
 *   not-found           no database has a location for it
 *   declined            the holder of the network asks not to locate it, and nobody else did
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
    | "declined"
    | "unsupported-family"
    | "source-damaged";
}

/** Candidates of one connector that can not all hold. */
export interface Conflict {
  readonly connector: Connector;
  readonly territories: readonly string[];
  /** Why they can not: `sources-disagree`. */
  readonly reason: "sources-disagree";
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
  /** The view of disputed territories that was taken: `iso`, `un`, or the operator's own name for its. */
  readonly view: string;
  readonly candidates: readonly PlacedCandidate[];
  readonly unknown: readonly Unknown[];
  readonly conflicts: readonly Conflict[];
  readonly faults: readonly SourceFault[];
}
