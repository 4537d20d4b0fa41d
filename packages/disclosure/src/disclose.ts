// The model of a notice: everything that the affected party is told, in plain data. Writers (extra-text.ts, blocked-page.ts,
// problem-details.ts ...) turn it into one protocol's words each and add nothing.
import type { Citation, Decision, OperatorRecord, RuleRecord } from "@demarc/matcher";
import { type DisclosedCitation, discloseCitation } from "./citation-link.ts";
import { type DecidedBy, decidedBy, edeOf } from "./ede.ts";
import { cleanText } from "./internal/clean-text.ts";
import { contactUri, safeUri } from "./internal/safe-uri.ts";
import { LANGUAGES, languageOf, textIn } from "./language-of.ts";

/** What `disclose` needs beside the decision. */
export interface DiscloseOptions {
  /** Who implements the decision. */
  readonly operator: OperatorRecord;
  /** Public reference of the audit record, or null when there is none. */
  readonly ref: string | null;
  /** Language tag of the texts; the nearest of `LANGUAGES` is taken, else English. */
  readonly language?: string | undefined;
  /** Name or URL that was asked for. */
  readonly subject?: string | undefined;
  /** Instant of the decision, ms since 1970. Without it a secrecy order counts as still running. */
  readonly at?: number | undefined;
}

/** What is refused, and what would open it. */
export type DisclosedEffect =
  | { readonly action: "block" }
  | { readonly action: "gate"; readonly condition: string; readonly minimumAge: number | null }
  | { readonly action: "route"; readonly egress: readonly string[]; readonly hostKnown: boolean }
  | { readonly action: "allow" };

/** The law that a decision rests on. */
export interface DisclosedBasis {
  readonly kind: string;
  readonly authority: string;
  readonly authorityJurisdiction: string | null;
  readonly issued: string | null;
  /** Empty while a secrecy order runs. */
  readonly citations: readonly DisclosedCitation[];
  /** Set while a secrecy order delays the citation: on what it rests itself, and when it ends. */
  readonly withheld: { readonly until: string; readonly citation: DisclosedCitation | null } | null;
}

/**
 * A decision as the affected party sees it. Every text is on one line, well-formed and free of control characters; it is
 * not escaped for any format.
 */
export interface Disclosure {
  /** One of `LANGUAGES`. */
  readonly language: string;
  readonly decidedBy: DecidedBy;
  readonly effect: DisclosedEffect;
  /** RFC 8914 info-code, or null when the decision passes. */
  readonly ede: number | null;
  readonly httpStatus: 403 | 451;
  readonly subject: string | null;
  readonly rule: {
    readonly id: string;
    readonly title: { readonly language: string; readonly text: string } | null;
    readonly category: string;
    readonly policy: { readonly id: string; readonly version: string; readonly digest: string };
  } | null;
  readonly basis: DisclosedBasis | null;
  readonly scope: { readonly territories: readonly string[]; readonly except: readonly string[] } | null;
  /** RFC 3339 instants as written in the policy. */
  readonly effective: string | null;
  readonly until: string | null;
  readonly reviewBy: string | null;
  /** Aim, necessity and so on, as the author wrote them. */
  readonly justification: Readonly<Record<string, string>>;
  readonly remedy: { readonly url: string | null; readonly body: string } | null;
  /** The author's page about the rule. */
  readonly page: string | null;
  readonly operator: {
    readonly name: string;
    readonly jurisdiction: string;
    /** `mailto:` or `tel:` URI. */
    readonly contact: string | null;
    readonly url: string | null;
  };
  readonly reference: string | null;
  /** Content digest of the image that decided. */
  readonly image: string;
}

/**
 * The disclosure of a decision. Never fails, reads no clock.
 *
 * A secrecy order (`notice.secrecy` with `until` after `at`) hides the citations and nothing else: that something is blocked, by
 * whom, under which rule and until when is always told.
 */
export function disclose(decision: Decision, options: DiscloseOptions): Disclosure {
  const { rule } = decision;
  const language = languageOf(options.language, LANGUAGES);
  const ede = edeOf(decision);
  const title = rule === null ? null : textIn(rule.title, options.language, rule.policy.language);
  return {
    language,
    decidedBy: decidedBy(rule),
    effect: discloseEffect(decision),
    ede,
    httpStatus: statusOf(rule, ede),
    subject: options.subject === undefined ? null : cleanText(options.subject, 500),
    rule: rule && {
      id: cleanText(rule.id, 200),
      title: title && { language: cleanText(title.language, 35), text: cleanText(title.text, 300) },
      category: cleanText(rule.category, 200),
      policy: {
        id: cleanText(rule.policy.id, 500),
        version: cleanText(rule.policy.version, 100),
        digest: cleanText(rule.policy.digest, 64),
      },
    },
    basis: rule && discloseBasis(rule, options.at),
    scope: rule && {
      territories: rule.scope.territories.map((territory) => cleanText(territory, 100)),
      except: (rule.scope.except ?? []).map((territory) => cleanText(territory, 100)),
    },
    effective: rule && cleanText(rule.effective, 40),
    until: rule?.expires === undefined ? null : cleanText(rule.expires, 40),
    reviewBy: rule?.reviewBy === undefined ? null : cleanText(rule.reviewBy, 40),
    justification: Object.fromEntries(
      Object.entries(rule?.justification ?? {}).map(([key, text]) => [cleanText(key, 40), cleanText(text)]),
    ),
    remedy: rule && { url: webUri(rule.remedy.url), body: cleanText(rule.remedy.body, 300) },
    page: webUri(rule?.effect.notice?.page),
    operator: {
      name: cleanText(options.operator.name, 300),
      jurisdiction: cleanText(options.operator.jurisdiction, 100),
      contact: contactUri(options.operator.contact),
      url: webUri(options.operator.url),
    },
    reference: options.ref === null ? null : cleanText(options.ref, 200),
    image: cleanText(decision.image, 64),
  };
}

function discloseEffect(decision: Decision): DisclosedEffect {
  const record = decision.rule?.effect;
  if (decision.effect === "gate") {
    return {
      action: "gate",
      condition: cleanText(record?.condition ?? "", 100),
      minimumAge: record?.minimumAge ?? null,
    };
  }
  if (decision.effect === "route") {
    return {
      action: "route",
      egress: (record?.egress ?? []).map((territory) => cleanText(territory, 100)),
      hostKnown: decision.reason !== "egress-unknown",
    };
  }
  return { action: decision.effect };
}

function discloseBasis(rule: RuleRecord, at: number | undefined): DisclosedBasis {
  const { legalBasis } = rule;
  const withheld = secrecyOf(rule, at);
  return {
    kind: cleanText(legalBasis.kind, 60),
    authority: cleanText(legalBasis.authority.name, 300),
    authorityJurisdiction:
      legalBasis.authority.jurisdiction === undefined
        ? null
        : cleanText(legalBasis.authority.jurisdiction, 100),
    issued: legalBasis.issued === undefined ? null : cleanText(legalBasis.issued, 40),
    citations: withheld === null ? legalBasis.citations.map(discloseCitation) : [],
    withheld,
  };
}

/** A secrecy order whose end can not be read does not hide anything: nothing is covert by mistake. */
function secrecyOf(rule: RuleRecord, at: number | undefined): DisclosedBasis["withheld"] {
  const secrecy = rule.effect.notice?.secrecy;
  if (typeof secrecy !== "object" || secrecy === null) return null;
  const { until, citation } = secrecy as { until?: unknown; citation?: unknown };
  if (typeof until !== "string") return null;
  const end = Date.parse(until);
  if (Number.isNaN(end) || (at !== undefined && at >= end)) return null;
  return {
    until: cleanText(until, 40),
    citation: isCitation(citation) ? discloseCitation(citation) : null,
  };
}

function isCitation(value: unknown): value is Citation {
  return (
    typeof value === "object" &&
    value !== null &&
    "scheme" in value &&
    typeof value.scheme === "string" &&
    "id" in value &&
    typeof value.id === "string"
  );
}

function statusOf(rule: RuleRecord | null, ede: number | null): 403 | 451 {
  const written = rule?.effect.notice?.http;
  if (written === 403 || written === 451) return written;
  return ede === 16 ? 451 : 403;
}

function webUri(text: string | undefined): string | null {
  return text !== undefined && /^https?:/i.test(text) ? safeUri(text) : null;
}
