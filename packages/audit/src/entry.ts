// What a log of this project holds. One canonical JSON object per entry, RFC 8785, at most 65,535 bytes.
// No entry has a field for a client's address, and none has a free-form extension to put one in. What an operator keeps
// of clients is a keyed pseudonym of one epoch; what is sensitive about a destination is a salted commitment.

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

/**
 * The policy set that was enforced. Digests are SHA-256 in lower-case hex.
 *
 *   digest   of the policy set's canonical form
 *   image    content digest of the image that decided, as the image itself says it
 *   object   of the image's bytes: `objects/sha256/<object>` beside the log
 */
export interface PolicySetReference {
  readonly set: string;
  readonly version: string;
  readonly digest: string;
  readonly image: string;
  readonly object: string;
}

/**
 * The program that decided. `digest` is the SHA-256 of its manifest, the object that lists its files and their digests;
 * null where the program could not tell.
 */
export interface EngineReference {
  readonly name: string;
  readonly version: string;
  readonly digest: string | null;
}

/** A member of the input that is not shown: `commitment` is SHA-256(salt || value) in lower-case hex. */
export interface SealedField {
  readonly field: "name" | "address" | "url";
  readonly epoch: string;
  readonly commitment: string;
}

/** A client, kept only where the operator turned that on: 16 bytes of HMAC-SHA-256 under the epoch's key, in hex. */
export interface ClientPseudonym {
  readonly epoch: string;
  readonly pseudonym: string;
}

/** Why traffic is altered, in the words of RFC 8932 section 5.3.2. */
export type Ground = "security" | "legal-mandatory" | "legal-voluntary" | "other";

/** What the decision was about: the destination, never the client. Canonical texts. */
export interface EntryInput {
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: "tcp" | "udp" | undefined;
  readonly url?: string | undefined;
  readonly dataClasses?: readonly string[] | undefined;
  readonly sealed?: readonly SealedField[] | undefined;
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
  readonly jurisdiction?: string | undefined;
}

/** A conflict of laws, and whether the policy set's strategy decided it; unresolved, the ordinary precedence did. */
export interface EntryConflict {
  readonly strategy: "strictest" | "subject-first" | "operator-first" | "report";
  readonly outcome: "resolved" | "unresolved";
  readonly laws: readonly { readonly connector: string; readonly rule: string }[];
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

/**
 * One decision that is listed. `id` is the reference quoted in the notice.
 *
 *   run, seq            `seq` counts the listed decisions of one run of the enforcer from 1, without holes; what is
 *                       missing is in a `gap`
 *   time                the instant that was decided on
 *   places              what was decided on, as the resolver found it
 *   data                SHA-256 of the manifest of the data that was resolved with (`data.activated`)
 *   policy.activation   index of the entry that announced the image, or null where it is in another log
 *   decision            effect, verdict, reason, deciding rule and observing rules, in the order in which the image has them
 *   mode                `observed` when the decision only reports and changed nothing
 */
export interface DecisionEntry {
  readonly v: 1;
  readonly type: "decision";
  readonly id: string;
  readonly run: string;
  readonly seq: number;
  readonly time: Instant;
  readonly enforcer: string;
  readonly places: readonly EntryPlace[];
  readonly data: string;
  readonly policy: PolicySetReference & {
    readonly activation: number | null;
    readonly rulePolicy?: PolicyReference | undefined;
  };
  readonly engine: EngineReference;
  readonly input: EntryInput;
  readonly client?: ClientPseudonym | undefined;
  readonly decision: {
    readonly effect: "allow" | "block" | "gate" | "route";
    readonly verdict: "pass" | "refuse";
    readonly reason: string;
    readonly rule: string | null;
    readonly layer: string | null;
    readonly observed: readonly string[];
    readonly ground: Ground;
    /** Laws of different places that said different things; the rule that each connector's law has. */
    readonly conflict?: EntryConflict | undefined;
  };
  readonly law: EntryLaw | null;
  /** What was sent, in the protocol's words: `NXDOMAIN`, `451`, `forwarded`. */
  readonly response: string;
  readonly mode: "enforced" | "observed";
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

/** Listed decisions of a window that were lost before they reached the log: `seq` values `first` to `last` of a run. */
export interface GapEntry {
  readonly v: 1;
  readonly type: "gap";
  readonly enforcer: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly count: number;
  readonly cause: string;
  readonly run?: string | undefined;
  readonly first?: number | undefined;
  readonly last?: number | undefined;
}

/** A sign of life while nothing happens, so that silence is visible. `seq` is the last number that the run gave out. */
export interface HeartbeatEntry {
  readonly v: 1;
  readonly type: "heartbeat";
  readonly enforcer: string;
  readonly time: Instant;
  readonly run?: string | undefined;
  readonly seq?: number | undefined;
  readonly state?: "started" | "running" | "ended" | undefined;
  /** Why the newest checkpoint has not the cosignatures that its policy asks for; absent while it has. */
  readonly unwitnessed?: string | undefined;
}

/** A policy set came into force at this enforcer. `manifest` is the object that names all its parts and their digests. */
export interface PolicyActivatedEntry {
  readonly v: 1;
  readonly type: "policy.activated";
  readonly enforcer: string;
  readonly time: Instant;
  readonly policy: PolicySetReference;
  readonly engine: EngineReference;
  readonly manifest: string;
  readonly policies?: readonly PolicyReference[] | undefined;
}

/** A policy set is no longer in force. */
export interface PolicyRetiredEntry {
  readonly v: 1;
  readonly type: "policy.retired";
  readonly enforcer: string;
  readonly time: Instant;
  readonly policy: PolicySetReference;
  readonly activation: number | null;
  readonly cause: "replaced" | "withdrawn" | "expired" | "ended";
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

/** One source of facts: a list, the territories' table, an address database. `digest` is SHA-256 of its bytes. */
export interface DataSource {
  readonly kind: "list" | "territories" | "database";
  readonly name: string;
  readonly version?: string | undefined;
  readonly digest: string;
}

/** Data that requests are resolved with came into use. `data` is the SHA-256 of its manifest, an object beside the log. */
export interface DataActivatedEntry {
  readonly v: 1;
  readonly type: "data.activated";
  readonly enforcer: string;
  readonly time: Instant;
  readonly data: string;
  readonly sources: readonly DataSource[];
}

/** An order or request was received, or withdrawn. `id` is the operator's own reference. */
export interface NoticeEntry {
  readonly v: 1;
  readonly type: "notice";
  readonly enforcer: string;
  readonly time: Instant;
  readonly id: string;
  readonly state: "received" | "amended" | "complied" | "declined" | "withdrawn" | "expired";
  readonly law: EntryLaw;
  /** ISO 3166 codes that it is said to hold in. */
  readonly territories: readonly string[];
  readonly rules: readonly string[];
  readonly until?: Instant | undefined;
  readonly document?: string | undefined;
}

/** Somebody affected asks for a decision or rule to be looked at again, and what came of it. */
export interface AppealEntry {
  readonly v: 1;
  readonly type: "appeal";
  readonly enforcer: string;
  readonly time: Instant;
  readonly id: string;
  readonly state: "opened" | "upheld" | "reversed" | "withdrawn";
  /** The decision's public reference, or the rule. */
  readonly about: { readonly decision?: string | undefined; readonly rule?: string | undefined };
  readonly body: string;
  readonly explanation?: string | undefined;
}

/** A person set a rule aside, or in force: who in which office, why, and until when. */
export interface OverrideEntry {
  readonly v: 1;
  readonly type: "override";
  readonly enforcer: string;
  readonly time: Instant;
  readonly id: string;
  readonly rule: string;
  readonly effect: "suspended" | "restored";
  readonly by: string;
  readonly why: string;
  readonly until: Instant;
}

/** A privacy epoch began, or its key is gone. `commitment` is SHA-256("demarc/epoch/v1" || 0x00 || key). */
export interface EpochEntry {
  readonly v: 1;
  readonly type: "epoch";
  readonly enforcer: string;
  readonly time: Instant;
  readonly epoch: string;
  readonly state: "opened" | "destroyed";
  readonly commitment: string;
}

/** A checkpoint as a release names it: `root` is lower-case hex. */
export interface CheckpointReference {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** How the numbers of a release were blurred, or that they were not. */
export type ReleaseNoise =
  | { readonly mechanism: "none" }
  | {
      readonly mechanism: "discrete-laplace";
      readonly epsilon: number;
      readonly sensitivity: number;
    };

/**
 * Published numbers, bound to the checkpoint that they were computed from.
 *
 *   threshold    smallest value that is published; smaller cells are counted in `suppressed`
 *   noise        mechanism and parameters; `sensitivity` is the most that one client can add to all cells together
 */
export interface ReleaseEntry {
  readonly v: 1;
  readonly type: "release";
  readonly enforcer: string;
  readonly time: Instant;
  readonly id: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly checkpoint: CheckpointReference;
  readonly dimensions: readonly string[];
  readonly threshold: number;
  readonly noise: ReleaseNoise;
  readonly suppressed: number;
  readonly cells: readonly { readonly key: readonly string[]; readonly value: number }[];
}

/** The verifier key under which the log is signed from here on, keys that end, and the witnesses that are asked. */
export interface KeyEntry {
  readonly v: 1;
  readonly type: "key";
  readonly enforcer: string;
  readonly time: Instant;
  readonly verifierKey: string;
  readonly further?: readonly string[] | undefined;
  readonly retired?: readonly string[] | undefined;
  readonly witnesses?: readonly string[] | undefined;
}

/** Everything that a log of this project holds, told apart by `type`. */
export type Entry =
  | DecisionEntry
  | CountEntry
  | GapEntry
  | HeartbeatEntry
  | PolicyActivatedEntry
  | PolicyRetiredEntry
  | PolicyRefusedEntry
  | DataActivatedEntry
  | NoticeEntry
  | AppealEntry
  | OverrideEntry
  | EpochEntry
  | ReleaseEntry
  | KeyEntry;
