// Made from schema/*.schema.json by scripts/generate.ts with json-schema-to-typescript (npm run generate). Do not edit.

/**
 * Where a rule stands in law. `in-force`: it applies; `stayed`: suspended for the time being; `quashed`: annulled by a court; `repealed`: withdrawn by its maker; `lapsed`: ended by itself.
 */
export type State = "in-force" | "stayed" | "quashed" | "repealed" | "lapsed";
/**
 * What a rule is about. There are no regular expressions and no keywords: they hit more than anybody can foresee.
 */
export type Selector = DomainSelector | UrlSelector | CidrSelector | PortSelector | AsnSelector | ListSelector | DataClassSelector | AnySelector;
/**
 * What happens to a request that the rule applies to.
 */
export type Effect = AllowEffect | BlockEffect | GateEffect | RouteEffect | ObserveEffect;
/**
 * Why a place is relevant. `subject-location`: where the person or machine affected is; `host-location`: where the destination is; `operator-establishment`: where the enforcing operator is established; `service-establishment`: where the provider of the service is established; `data-location`: where the data is kept; `registrant`: where the holder of the name or address block is; `business-in`: where the business concerned is done, in whole or in part; `nationality`: whose nationality the law names.
 */
export type Connector = "subject-location" | "host-location" | "operator-establishment" | "service-establishment" | "data-location" | "registrant" | "business-in" | "nationality";
/**
 * A typed reference to law.
 */
export type Citation = EliCitation | EcliCitation | CelexCitation | AknCitation | DocketCitation | DocumentCitation;
/**
 * Parts of the text, in the notation of Akoma Ntoso eIds: `art_8/par_3`.
 *
 * Items: One part.
 */
export type Pinpoint = readonly string[];
/**
 * A language tag (BCP 47, in its usual case).
 */
export type Language = string;
/**
 * ISO 3166-1 (`DE`), ISO 3166-2 (`ES-CN`), a zone of this project (`x-it-campione`) or a dated group (`group:EU`).
 */
export type Territory = string;
/**
 * An instant, RFC 3339, in UTC or with an offset.
 */
export type Instant = string;
/**
 * A day, RFC 3339 full-date.
 */
export type Day = string;
/**
 * A whole URI (RFC 3986).
 */
export type Uri = string;
/**
 * Semantic version of the content.
 */
export type Version = string;
/**
 * SHA-256 (FIPS 180-4) of the bytes, lower-case hex.
 */
export type Sha256 = string;
/**
 * How a list is written. `domains`: a name a line; `hosts`: hosts(5); `adguard`: AdGuard syntax; `dnsmasq`: dnsmasq options; `unbound`: local zones of unbound.conf(5); `rpz`: response policy zone; `geosite`: geosite source; `cidr`: a prefix a line; `csv`: a table whose column `url` has URLs; `sing-box`: rule-set of sing-box, source format (JSON); `geosite-dat`: one list of names of a compiled file of v2fly; `geoip-dat`: one list of prefixes of such a file.
 */
export type ListFormat = "domains" | "hosts" | "adguard" | "dnsmasq" | "unbound" | "rpz" | "geosite" | "cidr" | "csv" | "sing-box" | "geosite-dat" | "geoip-dat";
/**
 * Lints that are set aside for this document or rule.
 */
export type Waivers = readonly Waiver[];
/**
 * A duration of weeks, days or hours (ISO 8601).
 */
export type Duration = string;
/**
 * SPDX licence expression, or `LicenseRef-` and a name of your own.
 */
export type Licence = string;

/**
 * Rules by one issuer, each with its law, its scope and its end.
 */
export interface Policy {
  /**
   * This schema, for editors.
   */
  readonly $schema?: string | undefined;
  /**
   * Always `policy`. May be left out: the kind is told by the fields.
   */
  readonly kind?: "policy" | undefined;
  /**
   * Version of the document form.
   */
  readonly specVersion: "1.0";
  /**
   * A URI that never changes.
   */
  readonly id: Uri;
  readonly version: Version;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * Which text is shown to a reader none of whose languages is there.
   */
  readonly language?: Language | undefined;
  /**
   * Who issues the rules.
   */
  readonly publisher: Party;
  /**
   * When this version was published.
   */
  readonly published: Instant;
  readonly conflict?: TieBreak | undefined;
  /**
   * The rules, in any order.
   */
  readonly rules: readonly Rule[];
  readonly waivers?: Waivers | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * The operator's ordered layers: what one enforcement point enforces.
 */
export interface PolicySet {
  /**
   * This schema, for editors.
   */
  readonly $schema?: string | undefined;
  /**
   * Always `policy-set`. May be left out: the kind is told by the fields.
   */
  readonly kind?: "policy-set" | undefined;
  /**
   * Version of the document form.
   */
  readonly specVersion: "1.0";
  /**
   * A URI that never changes.
   */
  readonly id: Uri;
  readonly version: Version;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * Which text is shown to a reader none of whose languages is there.
   */
  readonly language?: Language | undefined;
  /**
   * Who enforces.
   */
  readonly operator: Party;
  /**
   * When no rule applies. `allow`: it passes; `refuse`: it is refused.
   */
  readonly default: "allow" | "refuse";
  /**
   * Connectors for which this enforcement point has evidence. Left out: any.
   */
  readonly connectors?: readonly Connector[] | undefined;
  /**
   * What decides where rules of one layer apply through different connectors and have different effects. `strictest`: the law with the strictest effect (block, route, gate, allow); `subject-first`: the law of the subject's location; `operator-first`: the law of the operator's establishment; `report`: the ordinary order of precedence, and the conflict is reported. Where the named law says nothing the ordinary order decides, and the conflict is reported. Absent: the ordinary order, and conflicts are not looked for.
   */
  readonly conflict?: "strictest" | "subject-first" | "operator-first" | "report" | undefined;
  /**
   * The first layer with an applying rule that is not `observe` decides.
   */
  readonly layers: readonly Layer[];
  /**
   * Where the operator's copies of lists are.
   */
  readonly lists?: readonly ListEntry[] | undefined;
  readonly waivers?: Waivers | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * A list kept in a foreign format, by digest: what it is, whose, under which licence, and how long it is good for.
 */
export interface List {
  /**
   * This schema, for editors.
   */
  readonly $schema?: string | undefined;
  /**
   * Always `list`. May be left out: the kind is told by the fields.
   */
  readonly kind?: "list" | undefined;
  /**
   * Version of the document form.
   */
  readonly specVersion: "1.0";
  /**
   * A URI that never changes.
   */
  readonly id: Uri;
  readonly version: Version;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * Which text is shown to a reader none of whose languages is there.
   */
  readonly language?: Language | undefined;
  /**
   * Who makes the list.
   */
  readonly publisher: Party;
  /**
   * Its name in policies; where it is published.
   */
  readonly ref: Uri;
  readonly format: ListFormat;
  /**
   * Of the list's bytes.
   */
  readonly sha256: Sha256;
  /**
   * Its size in bytes.
   */
  readonly bytes?: number | undefined;
  readonly licence: Licence;
  /**
   * When its maker made it.
   */
  readonly date: Instant;
  /**
   * How old it may become before it is to be renewed.
   */
  readonly maxAge: Duration;
  /**
   * A term of a vocabulary.
   */
  readonly category?: string | undefined;
  readonly waivers?: Waivers | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * Terms that policies share, with owner, licence and sources. A released `id` never changes meaning.
 */
export interface Vocabulary {
  /**
   * This schema, for editors.
   */
  readonly $schema?: string | undefined;
  /**
   * Always `vocabulary`. May be left out: the kind is told by the fields.
   */
  readonly kind?: "vocabulary" | undefined;
  /**
   * Version of the document form.
   */
  readonly specVersion: "1.0";
  /**
   * A URI that never changes.
   */
  readonly id: Uri;
  readonly version: Version;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * Which text is shown to a reader none of whose languages is there.
   */
  readonly language?: Language | undefined;
  /**
   * Who decides about it.
   */
  readonly owner: Party;
  readonly licence: Licence;
  /**
   * What may change. `experimental`: anything; `stable`: terms are added, never changed; `deprecated`: nothing; another vocabulary takes its place.
   */
  readonly stability: "experimental" | "stable" | "deprecated";
  /**
   * What it was made from.
   */
  readonly sources: readonly Citation[];
  /**
   * The terms.
   */
  readonly terms: readonly Term[];
  readonly waivers?: Waivers | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * Dated, placed examples of what policies do, kept in a file of their own.
 */
export interface GoldenTests {
  /**
   * This schema, for editors.
   */
  readonly $schema?: string | undefined;
  /**
   * Always `golden-tests`. May be left out: the kind is told by the fields.
   */
  readonly kind?: "golden-tests" | undefined;
  /**
   * Version of the document form.
   */
  readonly specVersion: "1.0";
  /**
   * A URI that never changes.
   */
  readonly id: Uri;
  readonly version: Version;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * Which text is shown to a reader none of whose languages is there.
   */
  readonly language?: Language | undefined;
  /**
   * Path of the policy or the policy set that is tested, relative to this file.
   */
  readonly subject: string;
  /**
   * The examples.
   */
  readonly tests: readonly TestOfSet[];
  readonly extensions?: Extensions | undefined;
}
/**
 * Selectors, scope and validity to an effect, with its law.
 */
export interface Rule {
  /**
   * Unique in the policy set, never used again.
   */
  readonly id: string;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * Where it stands now; equal to the last state of `history`.
   */
  readonly status: State;
  /**
   * How it came to its status, oldest first. Before the first entry the rule is in force.
   */
  readonly history?: readonly StateChange[] | undefined;
  /**
   * A term of a vocabulary.
   */
  readonly category: string;
  /**
   * The rule is about what any of these matches.
   */
  readonly selectors: readonly Selector[];
  /**
   * And about nothing that any of these matches.
   */
  readonly exceptions?: readonly Selector[] | undefined;
  readonly effect: Effect;
  readonly scope: Scope;
  readonly schedule?: Schedule | undefined;
  readonly legalBasis: LegalBasis;
  /**
   * First instant at which it applies.
   */
  readonly effective: Instant;
  /**
   * First instant at which it no longer applies.
   */
  readonly expires?: Instant | undefined;
  /**
   * By when it is looked at again.
   */
  readonly reviewBy?: Instant | undefined;
  readonly justification: Justification;
  readonly remedy: Remedy;
  /**
   * Ids of rules of the same layer that yield to this one.
   *
   * Items: A rule's id.
   */
  readonly overrides?: readonly string[] | undefined;
  /**
   * What the rule must do.
   */
  readonly tests?: readonly GoldenTest[] | undefined;
  readonly waivers?: Waivers | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * From when on the rule has been in another state.
 */
export interface StateChange {
  /**
   * The state from then on.
   */
  readonly state: State;
  /**
   * First instant of the state.
   */
  readonly from: Instant;
  /**
   * What changed it.
   */
  readonly citations?: readonly Citation[] | undefined;
  /**
   * A word about it.
   */
  readonly note?: string | undefined;
}
/**
 * A DNS name.
 */
export interface DomainSelector {
  /**
   * Always `domain`.
   */
  readonly type: "domain";
  /**
   * The name; for `wildcard` with `*` as its first label.
   */
  readonly value: string;
  /**
   * Which names. `exact`: this name alone; `subdomains`: this name and every name below it; `wildcard`: every name that has exactly one label in place of the `*`.
   */
  readonly match: "exact" | "subdomains" | "wildcard";
}
/**
 * A URL that is visible without decryption.
 */
export interface UrlSelector {
  /**
   * Always `url`.
   */
  readonly type: "url";
  /**
   * The URL.
   */
  readonly value: string;
  /**
   * How far it reaches. `exact`: this URL; `prefix`: this URL and everything below its path.
   */
  readonly match: "exact" | "prefix";
}
/**
 * An address prefix.
 */
export interface CidrSelector {
  /**
   * Always `cidr`.
   */
  readonly type: "cidr";
  /**
   * The prefix; bits after its length are zero.
   */
  readonly value: string;
}
/**
 * A destination port, or a range of them.
 */
export interface PortSelector {
  /**
   * Always `port`.
   */
  readonly type: "port";
  /**
   * The port, or its range.
   */
  readonly value: (number | {
    /**
     * First port of the range.
     */
    readonly from: number;
    /**
     * Last port of the range, itself within it.
     */
    readonly to: number;
  })
  /**
   * Left out: both. `tcp`: TCP; `udp`: UDP.
   */
  readonly protocol?: "tcp" | "udp" | undefined;
}
/**
 * An autonomous system, where evidence names one for the destination's address.
 */
export interface AsnSelector {
  /**
   * Always `asn`.
   */
  readonly type: "asn";
  /**
   * Its number, 32 bits (RFC 6793).
   */
  readonly value: number;
}
/**
 * A list, by digest.
 */
export interface ListSelector {
  /**
   * Always `list`.
   */
  readonly type: "list";
  /**
   * Its name; the policy set says where the operator's copy is.
   */
  readonly ref: Uri;
  /**
   * Of the list's bytes: another digest is another list.
   */
  readonly sha256: Sha256;
  readonly format: ListFormat;
  /**
   * Which list of a `geosite-dat` or `geoip-dat` file, in any case; of geosite also with attributes: `google@ads`, `google@-cn`. Only these formats have it, and must.
   */
  readonly category?: string | undefined;
}
/**
 * A label that the operator puts on flows.
 */
export interface DataClassSelector {
  /**
   * Always `data-class`.
   */
  readonly type: "data-class";
  /**
   * The label.
   */
  readonly value: string;
}
/**
 * Every request.
 */
export interface AnySelector {
  /**
   * Always `any`.
   */
  readonly type: "any";
}
/**
 * It passes.
 */
export interface AllowEffect {
  /**
   * Always `allow`.
   */
  readonly action: "allow";
  readonly notice?: Notice | undefined;
}
/**
 * It is refused.
 */
export interface BlockEffect {
  /**
   * Always `block`.
   */
  readonly action: "block";
  readonly notice: Notice;
}
/**
 * It is refused until an obligation is met.
 */
export interface GateEffect {
  /**
   * Always `gate`.
   */
  readonly action: "gate";
  /**
   * The obligation. `age`: a minimum age.
   */
  readonly condition: "age";
  /**
   * Years that the person must have reached.
   */
  readonly minimumAge: number;
  readonly notice: Notice;
}
/**
 * It passes only to some territories.
 */
export interface RouteEffect {
  /**
   * Always `route`.
   */
  readonly action: "route";
  /**
   * Territories that the traffic may go to.
   */
  readonly egress: readonly Territory[];
  /**
   * When the destination's place is unknown. `refuse`: it is refused, and that is disclosed; `allow`: it passes.
   */
  readonly onFailure: "refuse" | "allow";
  readonly notice: Notice;
}
/**
 * It is reported and not touched.
 */
export interface ObserveEffect {
  /**
   * Always `observe`.
   */
  readonly action: "observe";
  readonly notice?: Notice | undefined;
}
/**
 * What the affected party is told. A rule can not be silent.
 */
export interface Notice {
  /**
   * HTTP status. `451`: a legal demand (RFC 7725); `403`: any other reason.
   */
  readonly http?: 403 | 451 | undefined;
  /**
   * Extended DNS error (RFC 8914). `15`: blocked, the operator's own rule; `16`: censored, an external demand; `17`: filtered, the client's wish; `18`: prohibited, not for this client.
   */
  readonly ede?: 15 | 16 | 17 | 18 | undefined;
  /**
   * A page that says more.
   */
  readonly page?: Uri | undefined;
  readonly secrecy?: Secrecy | undefined;
}
/**
 * Delays publication of the citation; never the disclosure of the block itself.
 */
export interface Secrecy {
  /**
   * What orders the secrecy.
   */
  readonly citation: Citation;
  /**
   * When the citation may be published.
   */
  readonly until: Instant;
}
/**
 * In which territories, through which connectors, how certain, and what when unknown.
 */
export interface Scope {
  /**
   * Where it applies.
   */
  readonly territories: readonly Territory[];
  /**
   * Where it does not.
   */
  readonly except?: readonly Territory[] | undefined;
  /**
   * Any of these makes a place relevant.
   */
  readonly connectors: readonly Connector[];
  /**
   * A place counts from this confidence on.
   */
  readonly minConfidence: number;
  /**
   * When no place of a connector is certain enough. `skip`: the rule does not apply; `apply`: it applies; `report`: it applies as an observe rule.
   */
  readonly whenUnknown: "skip" | "apply" | "report";
}
/**
 * Times of the week; the rule applies inside a window only.
 */
export interface Schedule {
  /**
   * Time zone by its name in the IANA database.
   */
  readonly zone: string;
  /**
   * Any of these.
   */
  readonly windows: readonly Window[];
}
/**
 * Hours of some days of the week, in the schedule's zone.
 */
export interface Window {
  /**
   * Days on which the window starts.
   *
   * Items: A day of the week. `mon`: Monday; `tue`: Tuesday; `wed`: Wednesday; `thu`: Thursday; `fri`: Friday; `sat`: Saturday; `sun`: Sunday.
   */
  readonly days: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  /**
   * First minute, on a clock in the zone.
   */
  readonly from: string;
  /**
   * Minute after the last, or `24:00`. Earlier than `from`: on the next day.
   */
  readonly to: string;
}
/**
 * On what law, and whose.
 */
export interface LegalBasis {
  /**
   * What it rests on. `court-order`: an order of a court; `administrative-order`: an order of a regulator or other authority; `statute`: an act of a legislature; `regulation`: a directly applicable regulation; `sanctions`: a restrictive measure; `treaty`: an international agreement; `contract`: a contract with the subscriber; `consent`: the subscriber asked for it; `operator-policy`: the operator's own decision.
   */
  readonly kind: "court-order" | "administrative-order" | "statute" | "regulation" | "sanctions" | "treaty" | "contract" | "consent" | "operator-policy";
  /**
   * Whether there is a choice. `mandatory`: the operator must; `permitted`: the operator may; `voluntary`: the operator wants to.
   */
  readonly discretion: "mandatory" | "permitted" | "voluntary";
  /**
   * The texts it rests on.
   */
  readonly citations: readonly Citation[];
  /**
   * Who made it.
   */
  readonly authority: Party;
  /**
   * When it was made.
   */
  readonly issued?: Day | undefined;
}
/**
 * European Legislation Identifier (Council conclusions 2012/C 325/02).
 */
export interface EliCitation {
  /**
   * Always `eli`.
   */
  readonly scheme: "eli";
  /**
   * The identifier, an HTTP URI with `/eli/` in its path. Acts of the Union: `http://data.europa.eu/eli/{type}/{year}/{number}/oj`, or a date in place of `oj` for the text of that day.
   */
  readonly id: string;
  readonly pinpoint?: Pinpoint | undefined;
}
/**
 * European Case Law Identifier (Council conclusions 2011/C 127/01).
 */
export interface EcliCitation {
  /**
   * Always `ecli`.
   */
  readonly scheme: "ecli";
  /**
   * `ECLI:country:court:year:ordinal`; `EU` for the courts of the Union, `CE` for those of the Council of Europe.
   */
  readonly id: string;
  readonly pinpoint?: Pinpoint | undefined;
}
/**
 * CELEX number of EUR-Lex.
 */
export interface CelexCitation {
  /**
   * Always `celex`.
   */
  readonly scheme: "celex";
  /**
   * Sector, year, type and number (five digits where the Official Journal numbers each act); a corrigendum `R(02)`, or the date of a consolidated text, may follow. Treaties: `12016E267` for an article, `12016E/TXT` for the whole.
   */
  readonly id: string;
  readonly pinpoint?: Pinpoint | undefined;
}
/**
 * Akoma Ntoso IRI (OASIS LegalDocML naming convention).
 */
export interface AknCitation {
  /**
   * Always `akn`.
   */
  readonly scheme: "akn";
  /**
   * The IRI of the work: `/akn/{country}/{type}/...`.
   */
  readonly id: string;
  readonly pinpoint?: Pinpoint | undefined;
}
/**
 * A docket or file number, for what has no identifier that a machine knows.
 */
export interface DocketCitation {
  /**
   * Always `docket`.
   */
  readonly scheme: "docket";
  /**
   * The number, as the keeper writes it.
   */
  readonly id: string;
  /**
   * Court or authority that keeps it.
   */
  readonly court: string;
  /**
   * Date of the decision.
   */
  readonly date: Day;
  /**
   * Whose law or court it is, where that is not the authority's.
   */
  readonly jurisdiction?: Territory | undefined;
  readonly pinpoint?: Pinpoint | undefined;
}
/**
 * A document at a URL, by digest: what was read is what is cited.
 */
export interface DocumentCitation {
  /**
   * Always `document`.
   */
  readonly scheme: "document";
  /**
   * Where it is.
   */
  readonly id: Uri;
  /**
   * Of the document's bytes.
   */
  readonly sha256: Sha256;
  /**
   * What it is called.
   */
  readonly title: string;
  /**
   * Whose law or court it is, where that is not the authority's.
   */
  readonly jurisdiction?: Territory | undefined;
  readonly pinpoint?: Pinpoint | undefined;
}
/**
 * The three-part test: that it is provided by law is in `legalBasis`; aim, necessity and least restriction are here.
 */
export interface Justification {
  /**
   * The legitimate aim, a term such as those of ICCPR Article 19(3).
   */
  readonly aim: string;
  /**
   * Why this aim needs this rule, in a sentence about this case.
   */
  readonly necessity: string;
  /**
   * Why nothing milder does.
   */
  readonly leastRestrictive: string;
  /**
   * What else is hit. `none-expected`: nothing else is hit; `assessed`: looked at and accepted; `unknown`: not looked at.
   */
  readonly overblocking: "none-expected" | "assessed" | "unknown";
  /**
   * What was looked at for `overblocking`, and found.
   */
  readonly assessment?: string | undefined;
}
/**
 * Where the affected party can turn to.
 */
export interface Remedy {
  /**
   * A page of theirs.
   */
  readonly url: Uri;
  /**
   * Who decides.
   */
  readonly body: string;
}
/**
 * A dated, placed example of what a rule does.
 */
export interface GoldenTest {
  /**
   * When the request comes.
   */
  readonly at: Instant;
  /**
   * Territory of the subject (and of whom the rule's other connectors name), or `unknown`.
   */
  readonly where: string;
  /**
   * A name, an address, or a URL.
   */
  readonly target: string;
  /**
   * Destination port.
   */
  readonly port?: number | undefined;
  /**
   * Transport of the request. `tcp`: TCP; `udp`: UDP.
   */
  readonly protocol?: "tcp" | "udp" | undefined;
  /**
   * Autonomous system of the destination's address.
   */
  readonly asn?: number | undefined;
  /**
   * Label on the flow.
   */
  readonly dataClass?: string | undefined;
  /**
   * Where the destination is.
   */
  readonly host?: Territory | undefined;
  /**
   * What the rule does. `allow`: it decides to allow; `block`: it decides to block; `gate`: it decides to gate; `route`: it decides to route; `observe`: it observes; `no-match`: it does not apply.
   */
  readonly expect: "allow" | "block" | "gate" | "route" | "observe" | "no-match";
}
/**
 * What the author expects of equal rules; the engine lets the freer effect win.
 */
export interface TieBreak {
  /**
   * Among equal rules. `most-specific-then-allow`: the freer effect wins; `most-specific-then-deny`: accepted with a warning, and not obeyed.
   */
  readonly strategy: "most-specific-then-allow" | "most-specific-then-deny";
  /**
   * Ties are reported when compiling.
   */
  readonly unresolved: "report";
}
/**
 * A person, body or company.
 */
export interface Party {
  /**
   * Full name.
   */
  readonly name: string;
  /**
   * What it is. `operator`: enforces policies; `court`: a court; `legislature`: makes statutes; `regulator`: an administrative authority; `government`: an executive body; `company`: a company; `association`: an association; `other`: none of these.
   */
  readonly type: "operator" | "court" | "legislature" | "regulator" | "government" | "company" | "association" | "other";
  /**
   * Whose law made it.
   */
  readonly jurisdiction: Territory;
  /**
   * Where to write to: a `mailto:` or `https:` URI, or a postal address.
   */
  readonly contact?: string | undefined;
  /**
   * Its public page.
   */
  readonly url?: Uri | undefined;
}
/**
 * Text by language tag (BCP 47). A reader gets the closest of its languages, then the document's `language`, then `en`, then the first tag in order.
 */
export interface Texts {
  /**
   * The text in that language.
   */
  readonly [k: string]: string;
}
/**
 * A lint that is set aside here, and why; `demarc check` shows it. It never sets an error aside.
 */
export interface Waiver {
  /**
   * The code of the lint.
   */
  readonly lint: string;
  /**
   * Why it does not apply here, for the next reader.
   */
  readonly reason: string;
  /**
   * Day from which the waiver no longer counts. Left out: as long as it is here.
   */
  readonly until?: Day | undefined;
}
/**
 * The door for fields of others: names start with `x-`; their meaning is their owner's and never changes that of a core field.
 */
export interface Extensions {
  readonly [k: string]: unknown;
}
/**
 * One layer: policies that decide together.
 */
export interface Layer {
  /**
   * Unique in the set.
   */
  readonly id: string;
  /**
   * What it is called.
   */
  readonly title?: Texts | undefined;
  /**
   * Paths of policies, relative to this file.
   *
   * Items: A path.
   */
  readonly policies: readonly string[];
  readonly extensions?: Extensions | undefined;
}
/**
 * One list: its name in policies, the operator's copy of it, and what is known of that copy.
 */
export interface ListEntry {
  /**
   * Its name in policies.
   */
  readonly ref: Uri;
  /**
   * Its file, relative to this one.
   */
  readonly path: string;
  readonly licence?: Licence | undefined;
  /**
   * When the copy was made by its maker.
   */
  readonly date?: Instant | undefined;
  /**
   * How old the copy may become before it is to be renewed.
   */
  readonly maxAge?: Duration | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * One term.
 */
export interface Term {
  /**
   * What documents write; never given another meaning.
   */
  readonly id: string;
  /**
   * What it is called.
   */
  readonly title: Texts;
  /**
   * What it covers, and what not.
   */
  readonly definition?: Texts | undefined;
  /**
   * Id of the term that includes it, in this vocabulary.
   */
  readonly broader?: string | undefined;
  /**
   * Where it comes from.
   */
  readonly sources?: readonly Citation[] | undefined;
  readonly deprecated?: Deprecation | undefined;
  readonly extensions?: Extensions | undefined;
}
/**
 * It is not to be used any more; documents that have it stay valid.
 */
export interface Deprecation {
  readonly since: Version;
  /**
   * Id of the term to use instead.
   */
  readonly replacedBy?: string | undefined;
}
/**
 * A dated, placed example of what a set of policies does.
 */
export interface TestOfSet {
  /**
   * What it shows, in a sentence.
   */
  readonly name?: string | undefined;
  /**
   * Id of the rule that is asked about. Left out: the decision of the whole set is.
   */
  readonly rule?: string | undefined;
  /**
   * When the request comes.
   */
  readonly at: Instant;
  /**
   * Territory of the subject (and of whom the rule's other connectors name), or `unknown`.
   */
  readonly where: string;
  /**
   * A name, an address, or a URL.
   */
  readonly target: string;
  /**
   * Destination port.
   */
  readonly port?: number | undefined;
  /**
   * Transport of the request. `tcp`: TCP; `udp`: UDP.
   */
  readonly protocol?: "tcp" | "udp" | undefined;
  /**
   * Autonomous system of the destination's address.
   */
  readonly asn?: number | undefined;
  /**
   * Label on the flow.
   */
  readonly dataClass?: string | undefined;
  /**
   * Where the destination is.
   */
  readonly host?: Territory | undefined;
  /**
   * What the rule does. `allow`: it decides to allow; `block`: it decides to block; `gate`: it decides to gate; `route`: it decides to route; `observe`: it observes; `no-match`: it does not apply.
   */
  readonly expect: "allow" | "block" | "gate" | "route" | "observe" | "no-match";
}
