import type { DisclosedCitation } from "./citation-link.ts";
import type { Disclosure } from "./disclose.ts";
import { extraText } from "./extra-text.ts";

/** 451 for a legal demand, else 403; `notice.http` wins where written. Source: RFC 7725 §3. */
export function httpStatus(disclosure: Disclosure): 403 | 451 {
  return disclosure.httpStatus;
}

/** Problem details (RFC 9457) with the disclosure's fields as extension members; null where nothing is known. */
export interface ProblemDetails {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: 403 | 451;
  readonly detail: string;
  readonly decidedBy: Disclosure["decidedBy"];
  readonly effect: Disclosure["effect"];
  readonly subject: string | null;
  readonly rule: string | null;
  readonly policy: { readonly id: string; readonly version: string; readonly digest: string } | null;
  readonly legalBasis: string | null;
  readonly authority: string | null;
  readonly citations: readonly DisclosedCitation[];
  readonly citationsWithheldUntil: string | null;
  readonly territories: readonly string[];
  readonly effective: string | null;
  readonly until: string | null;
  readonly reviewBy: string | null;
  readonly remedy: Disclosure["remedy"];
  readonly operator: Disclosure["operator"];
  readonly reference: string | null;
  readonly image: string;
}

/** Media type of `problemDetails` as JSON. */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/**
 * The refusal for a program. `JSON.stringify` of it is I-JSON.
 * `type` is about:blank, so `title` is the status phrase (RFC 9457 §4.2.1) and `detail` the sentence for people.
 */
export function problemDetails(disclosure: Disclosure): ProblemDetails {
  const { rule, basis } = disclosure;
  return {
    type: "about:blank",
    title: disclosure.httpStatus === 451 ? "Unavailable For Legal Reasons" : "Forbidden",
    status: disclosure.httpStatus,
    detail: extraText(disclosure, 1_000),
    decidedBy: disclosure.decidedBy,
    effect: disclosure.effect,
    subject: disclosure.subject,
    rule: rule?.id ?? null,
    policy: rule?.policy ?? null,
    legalBasis: basis?.kind ?? null,
    authority: basis?.authority ?? null,
    citations: basis?.citations ?? [],
    citationsWithheldUntil: basis?.withheld?.until ?? null,
    territories: disclosure.scope?.territories ?? [],
    effective: disclosure.effective,
    until: disclosure.until,
    reviewBy: disclosure.reviewBy,
    remedy: disclosure.remedy,
    operator: disclosure.operator,
    reference: disclosure.reference,
    image: disclosure.image,
  };
}

/**
 * Value of the `Link` field that names the party that implements the block (not the one that ordered it), or null when
 * the operator has neither a web address nor a contact. Source: RFC 7725 §4, RFC 8288 §3.
 */
export function linkBlockedBy(disclosure: Disclosure): string | null {
  const target = disclosure.operator.url ?? disclosure.operator.contact;
  return target === null ? null : `<${target}>; rel="blocked-by"`;
}

/** Which of RFC 9209's error types a refusal is. */
export interface ProxyStatusOptions {
  /** Name of this intermediary; the operator's name when absent. */
  readonly proxy?: string | undefined;
  /** `destination_ip_prohibited` when the address decided, after resolution. */
  readonly error?: "http_request_denied" | "destination_ip_prohibited" | undefined;
}

/**
 * Value of the `Proxy-Status` field: one list member with `error` and `details`.
 * Source: RFC 9209 §2.1.1, §2.3; RFC 8941 §3.3.3 (a string holds printable ASCII only: other characters become `?`).
 */
export function proxyStatus(disclosure: Disclosure, options: ProxyStatusOptions = {}): string {
  const name = options.proxy ?? disclosure.operator.name;
  const error = options.error ?? "http_request_denied";
  return `${structuredString(name)}; error=${error}; details=${structuredString(extraText(disclosure, 600))}`;
}

function structuredString(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/gu, "?").replace(/[\\"]/g, "\\$&")}"`;
}
