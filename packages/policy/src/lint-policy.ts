// Lints: a document that is valid can still be badly founded. Each names the principle it comes from.
import type { PolicyDocument, Rule } from "./document.ts";
import type { Fault } from "./policy-issue.ts";

/** What the lints compare with. */
export interface LintContext {
  /** Milliseconds since 1970: the day on which the policy is looked at. */
  readonly at: number;
  /** Whether a category is a term of some vocabulary; left out, not checked. */
  readonly isKnownCategory?: ((term: string) => boolean) | undefined;
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const EXTERNAL_KINDS: ReadonlySet<string> = new Set([
  "court-order",
  "administrative-order",
  "statute",
  "regulation",
  "sanctions",
  "treaty",
]);

/**
 * Findings about a valid policy, all of severity warning: `policy/expired`, `policy/ends-soon`, `policy/review-overdue`
 * (Manila principle IV), `policy/right-code` (RFC 7725, RFC 8914), `policy/least-restrictive` (Manila IV),
 * `policy/evidence-floor`, `policy/golden-tests`, `policy/unknown-category`.
 */
export function lintPolicy(policy: PolicyDocument, context: LintContext): readonly Fault[] {
  return policy.rules.flatMap((rule, index) =>
    rule.status === "in-force" ? lintRule(rule, `/rules/${index}`, context) : [],
  );
}

function lintRule(rule: Rule, at: string, context: LintContext): Fault[] {
  const faults: Fault[] = [];
  const warn = (code: string, pointer: string, message: string, help: string): void => {
    faults.push({
      code: `policy/${code}`,
      severity: "warning",
      pointer: `${at}${pointer}`,
      message: `${rule.id}: ${message}`,
      help,
    });
  };
  lintDates(rule, context.at, warn);
  lintCodes(rule, warn);
  const reaches = rule.selectors.some(
    (selector) =>
      (selector.type === "domain" && selector.match === "subdomains") ||
      selector.type === "cidr" ||
      selector.type === "any",
  );
  if (rule.effect.action === "block" && reaches && rule.justification.overblocking === "unknown") {
    warn(
      "least-restrictive",
      "/justification/overblocking",
      "blocks everything below a name or prefix without having looked at what else is there",
      "look, then write assessed or none-expected",
    );
  }
  if (
    rule.effect.action === "block" &&
    rule.scope.whenUnknown === "apply" &&
    rule.scope.minConfidence < 0.8 &&
    EXTERNAL_KINDS.has(rule.legalBasis.kind)
  ) {
    warn(
      "evidence-floor",
      "/scope/minConfidence",
      "blocks on weak evidence of place, or on none",
      "ask for 0.8 or more, or write whenUnknown: skip",
    );
  }
  const tests = rule.tests ?? [];
  if (
    !tests.some((test) => test.expect !== "no-match") ||
    !tests.some((test) => test.expect === "no-match")
  ) {
    warn(
      "golden-tests",
      "/id",
      "has no test that matches, or none that does not",
      "show one case it applies to, one place it does not, and one instant after its end",
    );
  }
  if (context.isKnownCategory?.(rule.category) === false) {
    warn(
      "unknown-category",
      "/category",
      `the category \`${rule.category}\` is in no vocabulary`,
      "use a term of @demarc/vocabularies, or contribute one",
    );
  }
  return faults;
}

type Warn = (code: string, pointer: string, message: string, help: string) => void;

function lintDates(rule: Rule, at: number, warn: Warn): void {
  const end = rule.expires === undefined ? null : Date.parse(rule.expires);
  if (end !== null && end <= at)
    warn(
      "expired",
      "/expires",
      `ended on ${rule.expires?.slice(0, 10)} and no longer applies`,
      "set its status, or extend it by a new order",
    );
  else if (end !== null && end - at < SOON_DAYS * DAY_MS)
    warn(
      "ends-soon",
      "/expires",
      `ends on ${rule.expires?.slice(0, 10)}`,
      "renew it in time, if the law does",
    );
  if (rule.reviewBy !== undefined && Date.parse(rule.reviewBy) <= at)
    warn(
      "review-overdue",
      "/reviewBy",
      `was to be looked at again by ${rule.reviewBy.slice(0, 10)}`,
      "look, then set the next date",
    );
}

function lintCodes(rule: Rule, warn: Warn): void {
  const notice = rule.effect.notice;
  if (notice === undefined) return;
  const external = EXTERNAL_KINDS.has(rule.legalBasis.kind) && rule.legalBasis.discretion !== "voluntary";
  if (notice.http === 451 && !external)
    warn(
      "right-code",
      "/effect/notice/http",
      "says 451 without a legal demand",
      "write 403: 451 is for legal demands (RFC 7725 §3)",
    );
  if (notice.ede === 16 && !external)
    warn(
      "right-code",
      "/effect/notice/ede",
      "says censored by an external demand (16) without one",
      "write 15 for the operator's own rule, 17 for the client's wish (RFC 8914 §4)",
    );
  if (notice.ede === 15 && external)
    warn(
      "right-code",
      "/effect/notice/ede",
      "says blocked by the operator (15) where the law demands it",
      "write 16 (RFC 8914 §4.17)",
    );
}
