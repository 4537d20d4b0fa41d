// The documents as TypeScript sees them. The normative form is schema/*.schema.json; a test keeps the two equal.

/** Text by language tag (BCP 47). */
export type Texts = Readonly<Record<string, string>>;

/** A person, body or company. */
export interface Party {
  readonly name: string;
  readonly type:
    | "operator"
    | "court"
    | "legislature"
    | "regulator"
    | "government"
    | "company"
    | "association"
    | "other";
  /** ISO 3166 code or `group:*`. */
  readonly jurisdiction: string;
  readonly contact?: string | undefined;
  readonly url?: string | undefined;
}

/** What a rule is about. */
export type Selector =
  | { readonly type: "domain"; readonly value: string; readonly match: "exact" | "subdomains" }
  | { readonly type: "url"; readonly value: string; readonly match: "exact" | "prefix" }
  | { readonly type: "cidr"; readonly value: string }
  | { readonly type: "port"; readonly value: number; readonly protocol?: "tcp" | "udp" | undefined }
  | {
      readonly type: "list";
      readonly ref: string;
      readonly sha256: string;
      readonly format: "domains" | "hosts" | "adguard" | "dnsmasq" | "rpz" | "geosite" | "cidr";
    }
  | { readonly type: "data-class"; readonly value: string }
  | { readonly type: "any" };

/** Order of a court, statute, and so on, with typed citations and the authority that made it. */
export interface LegalBasis {
  readonly kind:
    | "court-order"
    | "administrative-order"
    | "statute"
    | "regulation"
    | "sanctions"
    | "treaty"
    | "contract"
    | "consent"
    | "operator-policy";
  readonly discretion: "mandatory" | "permitted" | "voluntary";
  readonly citations: readonly Citation[];
  readonly authority: Party;
  readonly issued?: string | undefined;
}

/** Typed reference to law; shape of `id` is checked per scheme. */
export type Citation =
  | {
      readonly scheme: "eli" | "ecli" | "celex" | "akn";
      readonly id: string;
      readonly pinpoint?: readonly string[] | undefined;
    }
  | {
      readonly scheme: "docket";
      readonly id: string;
      readonly court: string;
      readonly date: string;
      readonly pinpoint?: readonly string[] | undefined;
    }
  | {
      readonly scheme: "document";
      readonly id: string;
      readonly sha256: string;
      readonly title: string;
      readonly pinpoint?: readonly string[] | undefined;
    };

/** What the affected party is told. Every effect but allow and observe has one. */
export interface Notice {
  readonly http?: 403 | 451 | undefined;
  readonly ede?: 15 | 16 | 17 | 18 | undefined;
  readonly page?: string | undefined;
  /** Delays publication of the citation only; never the block's disclosure. */
  readonly secrecy?: { readonly citation: Citation; readonly until: string } | undefined;
}

/** What happens to a request that the rule applies to. */
export type RuleEffect =
  | { readonly action: "allow"; readonly notice?: Notice | undefined }
  | { readonly action: "block"; readonly notice: Notice }
  | {
      readonly action: "gate";
      readonly condition: "age";
      readonly minimumAge: number;
      readonly notice: Notice;
    }
  | {
      readonly action: "route";
      readonly egress: readonly string[];
      readonly onFailure: "refuse" | "allow";
      readonly notice: Notice;
    }
  | { readonly action: "observe"; readonly notice?: Notice | undefined };

/** A dated, placed example of what the rule must do; run by `demarc test`. */
export interface GoldenTest {
  readonly at: string;
  /** Territory of the subject (and of the operator where the rule needs it), or `unknown`. */
  readonly where: string;
  /** A name, an address, or an http(s) URL. */
  readonly target: string;
  readonly port?: number | undefined;
  readonly dataClass?: string | undefined;
  /** Where the destination is, for route rules. */
  readonly host?: string | undefined;
  readonly expect: "allow" | "block" | "gate" | "route" | "observe" | "no-match";
}

/** One rule: selectors x scope x validity -> effect, with its law. */
export interface Rule {
  readonly id: string;
  readonly title: Texts;
  readonly status: "in-force" | "stayed" | "quashed" | "repealed" | "lapsed";
  readonly category: string;
  readonly selectors: readonly Selector[];
  readonly exceptions?: readonly Selector[] | undefined;
  readonly effect: RuleEffect;
  readonly scope: {
    readonly territories: readonly string[];
    readonly except?: readonly string[] | undefined;
    readonly connectors: readonly (
      | "subject-location"
      | "host-location"
      | "operator-establishment"
      | "service-establishment"
      | "data-location"
      | "registrant"
      | "business-in"
      | "nationality"
    )[];
    readonly minConfidence: number;
    readonly whenUnknown: "skip" | "apply" | "report";
  };
  readonly legalBasis: LegalBasis;
  readonly effective: string;
  readonly expires?: string | undefined;
  readonly reviewBy?: string | undefined;
  readonly justification: {
    readonly aim: string;
    readonly necessity: string;
    readonly leastRestrictive: string;
    readonly overblocking: "none-expected" | "assessed" | "unknown";
  };
  readonly remedy: { readonly url: string; readonly body: string };
  readonly overrides?: readonly string[] | undefined;
  readonly tests?: readonly GoldenTest[] | undefined;
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>> | undefined;
}

/** Rules by one issuer. A document with `rules` is a policy. */
export interface PolicyDocument {
  readonly $schema?: string | undefined;
  readonly specVersion: "1.0";
  readonly id: string;
  readonly version: string;
  readonly title: Texts;
  readonly publisher: Party;
  readonly published: string;
  readonly conflict?: { readonly strategy: string; readonly unresolved: "report" } | undefined;
  readonly rules: readonly Rule[];
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>> | undefined;
}

/** The operator's ordered layers: what one enforcement point enforces. A document with `layers` is a policy set. */
export interface PolicySetDocument {
  readonly $schema?: string | undefined;
  readonly specVersion: "1.0";
  readonly id: string;
  readonly version: string;
  readonly title: Texts;
  readonly operator: Party;
  /** What happens when no rule applies. */
  readonly default: "allow" | "refuse";
  /** First layer with an applying rule that is not `observe` decides. Paths are relative to this file. */
  readonly layers: readonly {
    readonly id: string;
    readonly title?: Texts | undefined;
    readonly policies: readonly string[];
  }[];
  /** Where the operator keeps its copies of the lists that policies reference. */
  readonly lists?: readonly { readonly ref: string; readonly path: string }[] | undefined;
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>> | undefined;
}
