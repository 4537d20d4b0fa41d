// The words of a decision. These types are the interface between the image and everything that asks it
// for decisions; they name no document format and no protocol. Read decide.ts next.

/** What a rule does to a request it applies to. `observe` reports and never decides. */
export type Effect = "allow" | "block" | "gate" | "route" | "observe";

/** Why a place is relevant to a request: the role that the place plays in it. */
export type Connector =
  | "subject-location"
  | "host-location"
  | "operator-establishment"
  | "service-establishment"
  | "data-location"
  | "registrant"
  | "business-in"
  | "nationality";

/** One place that a request touches, as the jurisdiction resolver found it. */
export interface Place {
  readonly connector: Connector;
  /** ISO 3166-1 alpha-2 (`DE`), ISO 3166-2 (`ES-CN`) or a zone that ISO has no code for (`x-it-campione`). */
  readonly territory: string;
  /** 0 (a guess) to 1 (certain). */
  readonly confidence: number;
}

/**
 * Text in a buffer that the caller keeps: `bytes[from, to)`. It is read during the call and not held, so one object may serve
 * for all requests, with other numbers.
 */
export interface Slice {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * The facts that an enforcement point knows at one instant. It carries places, never an identity.
 *
 * Shape:
 *   at           milliseconds since 1970-01-01T00:00:00Z; the only clock a decision sees
 *   name         canonical DNS name (see `@demarc/net` parseName)
 *   nameSlice    the same in ASCII bytes of any case, with or without the root's dot; what is no name matches no name
 *   wireName     the same in DNS wire format (RFC 1035 §3.1), from `from` on; `to` is the end of the packet
 *   address      destination address, 4 or 16 bytes in network order
 *   port         1–65535, with `protocol` when known
 *   url          canonical URL (see `@demarc/net` parseUrl), only where it is visible without decryption
 *   urlSlice     the same in ASCII bytes; it must be canonical
 *   asn          number of the autonomous system that evidence names for the destination's address (RFC 6793)
 *   dataClasses  labels that the operator put on the flow
 *   places       the resolution, one item per connector and candidate territory
 *
 * A name comes in one of its three forms, a URL in one of its two.
 */
export interface Request {
  readonly at: number;
  readonly name?: string | undefined;
  readonly nameSlice?: Slice | undefined;
  readonly wireName?: Slice | undefined;
  readonly address?: Uint8Array | undefined;
  readonly port?: number | undefined;
  readonly protocol?: "tcp" | "udp" | undefined;
  readonly url?: string | undefined;
  readonly urlSlice?: Slice | undefined;
  readonly asn?: number | undefined;
  readonly dataClasses?: readonly string[] | undefined;
  readonly places?: readonly Place[] | undefined;
}

/** A person, body or company named in a policy. */
export interface Party {
  readonly name: string;
  readonly type: string;
  readonly jurisdiction?: string | undefined;
  readonly contact?: string | undefined;
  readonly url?: string | undefined;
}

/** A typed reference to law. `scheme` is one of eli, ecli, celex, akn, docket, document. */
export interface Citation {
  readonly scheme: string;
  readonly id: string;
  readonly pinpoint?: readonly string[] | undefined;
  readonly title?: string | undefined;
  readonly court?: string | undefined;
  readonly date?: string | undefined;
  readonly sha256?: string | undefined;
  /** Whose docket or document it is, where that is not the authority's. */
  readonly jurisdiction?: string | undefined;
}

/** What the affected party is told, as the policy's author wrote it. */
export interface NoticeRecord {
  readonly http?: number | undefined;
  readonly ede?: number | undefined;
  readonly page?: string | undefined;
  readonly secrecy?: unknown;
}

/** The effect with its parameters, as written in the policy. */
export interface EffectRecord {
  readonly action: Effect;
  readonly notice?: NoticeRecord | undefined;
  readonly condition?: string | undefined;
  readonly minimumAge?: number | undefined;
  readonly egress?: readonly string[] | undefined;
  readonly onFailure?: "refuse" | "allow" | undefined;
}

/** Where a rule stands at an instant. */
export type Status = "in-force" | "stayed" | "quashed" | "repealed" | "lapsed";

/** From when on a rule has been in another state, as written in the policy. */
export interface StateRecord {
  readonly state: Status;
  /** RFC 3339. */
  readonly from: string;
  readonly citations?: readonly Citation[] | undefined;
  readonly note?: string | undefined;
}

/** Times of the week in a zone of the IANA database, as written in the policy. */
export interface ScheduleRecord {
  readonly zone: string;
  readonly windows: readonly {
    /** `mon` to `sun`: the days on which the window starts. */
    readonly days: readonly string[];
    /** `HH:MM`; a `to` that is earlier than `from` is on the next day. */
    readonly from: string;
    readonly to: string;
  }[];
}

/** Everything about a rule that a decision, a notice or a log entry cites. Read from the image, immutable. */
export interface RuleRecord {
  /** 0-based position in the image. */
  readonly index: number;
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  /** Where it stands last; with a `history`, what holds at an instant is told by `statusAt`. */
  readonly status: Status;
  readonly history?: readonly StateRecord[] | undefined;
  readonly category: string;
  readonly effect: EffectRecord;
  readonly scope: {
    readonly territories: readonly string[];
    readonly except?: readonly string[] | undefined;
    readonly connectors: readonly Connector[];
    readonly minConfidence: number;
    readonly whenUnknown: "skip" | "apply" | "report";
  };
  readonly schedule?: ScheduleRecord | undefined;
  readonly legalBasis: {
    readonly kind: string;
    readonly discretion: "mandatory" | "permitted" | "voluntary";
    readonly citations: readonly Citation[];
    readonly authority: Party;
    readonly issued?: string | undefined;
  };
  /** RFC 3339 instants, as written. */
  readonly effective: string;
  readonly expires?: string | undefined;
  readonly reviewBy?: string | undefined;
  readonly justification: Readonly<Record<string, string>>;
  readonly remedy: { readonly url: string; readonly body: string };
  readonly overrides: readonly string[];
  readonly policy: {
    readonly id: string;
    readonly version: string;
    /** SHA-256 of the policy's canonical form, lower-case hex. */
    readonly digest: string;
    readonly publisher: Party;
    /** BCP 47: which text is shown to a reader none of whose languages is there. */
    readonly language?: string | undefined;
  };
  /** Id of the layer it is enforced in, and that layer's position (0 decides first). */
  readonly layer: string;
  readonly layerIndex: number;
}

/**
 * Why the decision is what it is.
 *
 *   rule               the deciding rule's effect
 *   default            nothing applied; the policy set's stated default
 *   egress-permitted   a route rule decided and a host location is known to be inside its egress territories
 *   egress-outside     a route rule decided and every known host location is outside
 *   egress-unknown     a route rule decided, the host location is unknown, and `onFailure` says what happens
 *   request-malformed  the request has a field of the wrong form; the stated default holds
 */
export type ReasonCode =
  | "rule"
  | "default"
  | "egress-permitted"
  | "egress-outside"
  | "egress-unknown"
  | "request-malformed";

/**
 * What decides where laws of different places apply and say different things, within the first layer with an applying rule.
 *
 *   strictest       the law whose own winner has the strictest effect: block, route, gate, allow
 *   subject-first   the law of the subject's location, where it speaks
 *   operator-first  the law of the operator's establishment, where it speaks
 *   report          none of them: the ordinary precedence, and the conflict is unresolved
 */
export type ConflictStrategy = "strictest" | "subject-first" | "operator-first" | "report";

/** A conflict of laws that a decision was made in. */
export interface ConflictOfLaws {
  readonly strategy: ConflictStrategy;
  /** False where the strategy names no law that speaks: then the ordinary precedence decided. */
  readonly resolved: boolean;
  /** The winner of each connector through which rules apply, in the order of connectors. */
  readonly laws: readonly { readonly connector: Connector; readonly rule: RuleRecord }[];
}

/**
 * The answer to one request.
 *
 *   effect    of the deciding rule; `allow` or `block` when the default decides (default `refuse` is `block`)
 *   verdict   what an enforcement point does: `pass` or `refuse`. A gate refuses (its notice says what opens it);
 *             a route passes or refuses by where the host is.
 *   rule      the deciding rule, or null when the default decided
 *   observed  rules that applied only to report (observe rules, and rules whose unknown scope says `report`),
 *             in rule order; the empty array is shared
 *   image     content digest of the image that decided, lower-case hex SHA-256
 *   conflict  the conflict of laws that it was made in; only there where the policy set states a strategy and laws differ
 */
export interface Decision {
  readonly effect: Exclude<Effect, "observe">;
  readonly verdict: "pass" | "refuse";
  readonly reason: ReasonCode;
  readonly rule: RuleRecord | null;
  readonly observed: readonly RuleRecord[];
  readonly image: string;
  readonly conflict?: ConflictOfLaws | undefined;
}

/** How narrowly a selector names a request; a higher rank wins (architecture, "Decision semantics" step 3). */
export interface Specificity {
  readonly kind:
    | "url-exact"
    | "url-prefix"
    | "name-exact"
    | "name-wildcard"
    | "name-suffix"
    | "address-prefix"
    | "asn"
    | "port"
    | "list"
    | "data-class"
    | "any";
  /** Length within the kind: bytes of a URL prefix, labels of a suffix or after the `*`, bits of an address prefix; else 0. */
  readonly length: number;
}

/** Why a rule that applied did not decide. */
export type LossReason =
  | "observe-only"
  | "later-layer"
  | "overridden"
  | "other-law"
  | "less-specific"
  | "weaker-effect"
  | "later-id";

/** Why a rule whose selectors match does not apply. */
export type NotAppliedReason =
  | "status"
  | "not-yet-effective"
  | "expired"
  | "schedule"
  | "exception"
  | "territory"
  | "unknown-place";

/** One rule that applied, with its rank and fate. */
export interface AppliedRule {
  readonly rule: RuleRecord;
  readonly specificity: Specificity;
  /** `decides` for exactly one rule at most; `observed` for reports; `lost` for the rest. */
  readonly outcome: "decides" | "observed" | "lost";
  readonly why: LossReason | null;
  /** Id of the rule that made it lose, when one did. */
  readonly to: string | null;
}

/** A decision with everything that applied, in order of precedence, and what matched but did not apply. */
export interface Explanation {
  readonly decision: Decision;
  readonly applied: readonly AppliedRule[];
  readonly notApplied: readonly {
    readonly rule: RuleRecord;
    readonly specificity: Specificity;
    readonly why: NotAppliedReason;
  }[];
}

/** The operator that enforces the image's policy set. */
export interface OperatorRecord {
  readonly name: string;
  readonly jurisdiction: string;
  readonly contact?: string | undefined;
  readonly url?: string | undefined;
}

/**
 * An opened image: immutable, shareable, checked once by `openImage`.
 * `decide(image, request)` and `explain(image, request)` take it.
 */
export interface PolicyImage {
  readonly formatVersion: number;
  /** SHA-256 of the image's content, lower-case hex. */
  readonly digest: string;
  readonly byteLength: number;
  readonly set: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
    readonly default: "allow" | "refuse";
    /** What decides in a conflict of laws; absent, conflicts are not looked for and the ordinary precedence decides. */
    readonly conflict?: ConflictStrategy | undefined;
    readonly operator: OperatorRecord;
    readonly layers: readonly string[];
  };
  readonly ruleCount: number;
  /** The records of all rules. They are made when this is first read: who needs a few has them in decisions. */
  readonly rules: readonly RuleRecord[];
  readonly selectorCount: number;
}
