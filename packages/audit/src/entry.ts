// What a log of this project holds. One canonical JSON object per entry, RFC 8785, at most 65,535 bytes.
// No entry has a field for a client: not its address, not a pseudonym, no free-form extension to put one in.

/** RFC 3339 instant in UTC with `Z`: `2026-03-01T12:00:00Z` or with three decimals. */
export type Instant = string;

/** A place that the request touched, as the resolver found it; `confidence` runs from 0 to 1. */
export interface EntryPlace {
  readonly connector: string;
  readonly territory: string;
  readonly confidence: number;
}

/** A policy: id, version and SHA-256 of its canonical form in lower-case hex. */
export interface PolicyReference {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
}

/** The policy set that was enforced, and the digest of the image that decided. Digests in lower-case hex. */
export interface PolicySetReference {
  readonly set: string;
  readonly version: string;
  readonly digest: string;
  readonly image: string;
}

/** What the decision was about: the destination, never the client. Canonical texts. */
export interface EntryInput {
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: "tcp" | "udp" | undefined;
  readonly url?: string | undefined;
  readonly dataClasses?: readonly string[] | undefined;
}

/** A typed reference to law: `scheme` is one of eli, ecli, celex, akn, docket, document. */
export interface EntryCitation {
  readonly scheme: string;
  readonly id: string;
  readonly pinpoint?: readonly string[] | undefined;
  readonly title?: string | undefined;
  readonly court?: string | undefined;
  readonly date?: string | undefined;
  readonly sha256?: string | undefined;
}

/** On what authority. */
export interface EntryLaw {
  readonly kind: string;
  readonly authority: {
    readonly name: string;
    readonly type: string;
    readonly jurisdiction?: string | undefined;
    readonly contact?: string | undefined;
  };
  readonly citations: readonly EntryCitation[];
}

/** One decision that was not a plain allow. `id` is the reference quoted in the notice. */
export interface DecisionEntry {
  readonly v: 1;
  readonly type: "decision";
  readonly id: string;
  readonly time: Instant;
  readonly enforcer: string;
  readonly places: readonly EntryPlace[];
  readonly policy: PolicySetReference & { readonly rulePolicy?: PolicyReference | undefined };
  readonly engine: { readonly name: string; readonly version: string };
  readonly input: EntryInput;
  readonly decision: {
    readonly effect: "allow" | "block" | "gate" | "route";
    readonly verdict: "pass" | "refuse";
    readonly reason: string;
    readonly rule: string | null;
    readonly layer: string | null;
    readonly observed: readonly string[];
  };
  readonly law: EntryLaw | null;
  /** What was sent, in the protocol's words: `NXDOMAIN`, `451`, `forwarded`. */
  readonly response: string;
}

/** Decisions of a window that are not listed one by one, counted by what was decided. */
export interface CountEntry {
  readonly v: 1;
  readonly type: "count";
  readonly enforcer: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly counts: Readonly<Record<string, number>>;
  readonly byRule?: Readonly<Record<string, number>> | undefined;
}

/** Entries of a window that were lost before they reached the log. */
export interface GapEntry {
  readonly v: 1;
  readonly type: "gap";
  readonly enforcer: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly count: number;
  readonly cause: string;
}

/** A sign of life while nothing happens, so that silence is visible. */
export interface HeartbeatEntry {
  readonly v: 1;
  readonly type: "heartbeat";
  readonly enforcer: string;
  readonly time: Instant;
}

/** A policy set came into force at this enforcer. */
export interface PolicyActivatedEntry {
  readonly v: 1;
  readonly type: "policy.activated";
  readonly enforcer: string;
  readonly time: Instant;
  readonly policy: PolicySetReference;
  readonly policies?: readonly PolicyReference[] | undefined;
}

/** A policy set was refused; what was in force before stays in force. */
export interface PolicyRefusedEntry {
  readonly v: 1;
  readonly type: "policy.refused";
  readonly enforcer: string;
  readonly time: Instant;
  readonly issues: readonly { readonly code: string; readonly message: string }[];
  /** Digest of the image that stays in force, or null when there is none. */
  readonly image: string | null;
}

/** The verifier key under which the log is signed from here on. */
export interface KeyEntry {
  readonly v: 1;
  readonly type: "key";
  readonly enforcer: string;
  readonly time: Instant;
  readonly verifierKey: string;
}

/** Everything that a log of this project holds, told apart by `type`. */
export type Entry =
  | DecisionEntry
  | CountEntry
  | GapEntry
  | HeartbeatEntry
  | PolicyActivatedEntry
  | PolicyRefusedEntry
  | KeyEntry;
