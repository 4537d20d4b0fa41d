import { toHex, utf8 } from "../bytes.ts";
import { type Hash, sha256 } from "../hash.ts";
import { type Activation, citedBy, cutTo, titleOf } from "./activation.ts";

/**
 * A statement of reasons (Regulation (EU) 2022/2065, Article 17(3)) in the fields of the DSA Transparency Database's API.
 * Lengths of texts are the API's; there is no personal data in any field.
 */
export interface StatementOfReasons {
  readonly decision_visibility: readonly string[];
  readonly decision_ground: "DECISION_GROUND_ILLEGAL_CONTENT" | "DECISION_GROUND_INCOMPATIBLE_CONTENT";
  readonly decision_ground_reference_url?: string;
  /** 500 characters. */
  readonly illegal_content_legal_ground?: string;
  /** 2,000 characters. */
  readonly illegal_content_explanation?: string;
  readonly incompatible_content_ground?: string;
  readonly incompatible_content_explanation?: string;
  readonly incompatible_content_illegal?: "Yes" | "No";
  readonly content_type: readonly string[];
  readonly content_type_other: string;
  readonly category: string;
  /** ISO 3166-1 codes of states of the EEA. */
  readonly territorial_scope: readonly string[];
  /** Days, `YYYY-MM-DD`. */
  readonly content_date: string;
  readonly application_date: string;
  readonly end_date_visibility_restriction?: string;
  /** 5,000 characters. */
  readonly decision_facts: string;
  readonly source_type: string;
  readonly source_identity?: string;
  readonly automated_detection: "Yes" | "No";
  readonly automated_decision: string;
  /** The platform's own number of the statement: letters, digits, `-` and `_`. The same activation has always the same one. */
  readonly puid: string;
}

const VISIBILITY: Readonly<Record<string, string>> = {
  block: "DECISION_VISIBILITY_CONTENT_DISABLED",
  gate: "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
};

const EEA = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/**
 * The statement for a rule that came into force; one per activation, not per query. Null where there is none to make: the
 * rule restricts nothing (allow, observe, route), or holds nowhere in the EEA.
 *
 * Never fails. Source: DSA Transparency Database, API documentation, "Statement of reasons attributes".
 */
export function toStatementOfReasons(activation: Activation, hash: Hash = sha256): StatementOfReasons | null {
  const { rule, index, operator, origin, time } = activation;
  const visibility = VISIBILITY[rule.effect.action];
  const territories = activation.territories.filter((code) => EEA.has(code)).toSorted();
  if (visibility === undefined || territories.length === 0) return null;
  const { legalBasis } = rule;
  const cited = citedBy(rule);
  const isOfLaw = legalBasis.discretion !== "voluntary";
  const reference =
    legalBasis.citations.find(({ id }) => /^https?:\/\//.test(id))?.id ?? rule.effect.notice?.page;
  const reasons = ["aim", "necessity", "leastRestrictive", "overblocking", "assessment"]
    .flatMap((field) =>
      rule.justification[field] === undefined ? [] : [`${field}: ${rule.justification[field]}`],
    )
    .map((reason) => reason.replace(/\.$/, ""))
    .join("; ");
  const explanation = cutTo(
    `${titleOf(rule)}. ${legalBasis.kind} by ${legalBasis.authority.name}. ${reasons}. Redress: ${rule.remedy.body}, ${rule.remedy.url}`,
    2_000,
  );
  const facts = cutTo(
    `Rule ${rule.id} of policy ${rule.policy.id} ${rule.policy.version} (SHA-256 ${rule.policy.digest}) came into force at the network of ${operator.name}; entry ${index} of the log ${origin}.`,
    5_000,
  );
  return {
    decision_visibility: [visibility],
    decision_ground: isOfLaw ? "DECISION_GROUND_ILLEGAL_CONTENT" : "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    ...(reference === undefined ? {} : { decision_ground_reference_url: reference }),
    ...(isOfLaw
      ? {
          illegal_content_legal_ground: cutTo(cited === "" ? legalBasis.authority.name : cited, 500),
          illegal_content_explanation: explanation,
        }
      : {
          incompatible_content_ground: cutTo(`${legalBasis.kind}: ${titleOf(rule)}`, 500),
          incompatible_content_explanation: explanation,
          incompatible_content_illegal: "No" as const,
        }),
    content_type: ["CONTENT_TYPE_OTHER"],
    content_type_other: "names, addresses or URLs, as listed by the rule",
    category: rule.category.startsWith("STATEMENT_CATEGORY_")
      ? rule.category
      : isOfLaw
        ? "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"
        : "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    territorial_scope: territories,
    // When the content was put there is not known; the day of the order is the first on which it was judged.
    content_date: (legalBasis.issued ?? rule.effective).slice(0, 10),
    application_date: laterOf(rule.effective, time).slice(0, 10),
    ...(rule.expires === undefined ? {} : { end_date_visibility_restriction: rule.expires.slice(0, 10) }),
    decision_facts: facts,
    source_type: isOfLaw ? "SOURCE_TYPE_OTHER_NOTIFICATION" : "SOURCE_VOLUNTARY",
    ...(isOfLaw ? { source_identity: cutTo(legalBasis.authority.name, 500) } : {}),
    automated_detection: "No",
    automated_decision: "AUTOMATED_DECISION_NOT_AUTOMATED",
    puid: `${toHex(hash(utf8(origin))).slice(0, 16)}-${index}-${toHex(hash(utf8(`${rule.policy.id} ${rule.id}`))).slice(0, 16)}`,
  };
}

function laterOf(a: string, b: string): string {
  return Date.parse(a) > Date.parse(b) ? a : b;
}
