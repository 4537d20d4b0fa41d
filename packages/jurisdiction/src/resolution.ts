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
  /** `declaration`: the operator says so; `network-map`: its own map; `location`: a database's location. */
  readonly kind: "declaration" | "network-map" | "location";
  readonly source: string;
  /** `2026-11-01`, or null for a declaration. */
  readonly dataDate: string | null;
  /** The prefix that matched, where one did. */
  readonly prefix: string | null;
}

/** Something that makes a candidate less certain, or the law there less clear. */
export type Caveat = "stale" | "anycast" | "anonymiser" | "ambiguous-code";

/** One place in one role. */
export interface Candidate {
  readonly connector: Connector;
  readonly territory: string;
  /** 0–1; `basis` says how it came about. */
  readonly confidence: number;
  readonly basis: "declared" | "asserted" | "single-source" | "agreement";
  readonly evidence: readonly Evidence[];
  readonly caveats: readonly Caveat[];
}

/** Why a connector has no candidate. */
export interface Unknown {
  readonly connector: Connector;
  readonly reason:
    | "no-signal"
    | "no-source"
    | "not-found"
    | "reserved"
    | "unsupported-family"
    | "source-damaged";
}

/** Candidates of one connector that can not all hold. */
export interface Conflict {
  readonly connector: Connector;
  readonly territories: readonly string[];
}

/** The answer to "which jurisdictions does this touch, at this instant?". Equal inputs give equal answers. */
export interface Resolution {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly candidates: readonly Candidate[];
  readonly unknown: readonly Unknown[];
  readonly conflicts: readonly Conflict[];
}
