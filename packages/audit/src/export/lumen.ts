import { type Activation, citedBy, cutTo, titleOf } from "./activation.ts";

/** A party of a notice, in one of Lumen's roles. */
export interface LumenRole {
  readonly name: "issuing_court" | "sender" | "recipient" | "submitter";
  readonly entity_attributes: {
    readonly name: string;
    readonly kind: "organization";
    readonly country_code?: string;
  };
}

/** A notice in the fields of Lumen's API (`POST /notices`), under `notice`. */
export interface LumenNotice {
  readonly notice: {
    readonly type: "CourtOrder" | "GovernmentRequest" | "LocalLaw" | "Other";
    readonly title: string;
    readonly subject: string;
    readonly date_sent?: string;
    readonly date_received: string;
    readonly action_taken: "Yes" | "Partial";
    readonly jurisdiction_list: string;
    readonly regulation_list: string;
    readonly case_id_number?: string;
    readonly source: string;
    readonly works_attributes: readonly { readonly description: string }[];
    readonly entity_notice_roles_attributes: readonly LumenRole[];
  };
}

const TYPES: Readonly<Record<string, LumenNotice["notice"]["type"]>> = {
  "court-order": "CourtOrder",
  "administrative-order": "GovernmentRequest",
  regulation: "LocalLaw",
  statute: "LocalLaw",
  sanctions: "LocalLaw",
};

/**
 * The notice for a rule that came into force on somebody's demand; null for one that nobody demanded, or that restricts
 * nothing. The rule's names are not in it: they are in the policy, which the notice names by digest.
 *
 * Never fails. Source: Lumen Database API documentation, "Create notices".
 */
export function toLumenNotice({
  index,
  operator,
  origin,
  rule,
  territories,
  time,
}: Activation): LumenNotice | null {
  const { action } = rule.effect;
  const { authority, citations, discretion, issued, kind } = rule.legalBasis;
  if (discretion === "voluntary" || (action !== "block" && action !== "gate")) return null;
  const type = TYPES[kind] ?? "Other";
  const docket = citations.find(({ scheme }) => scheme === "docket" || scheme === "ecli")?.id;
  const country = authority.jurisdiction?.slice(0, 2);
  const isCountry = country !== undefined && /^[A-Z]{2}$/.test(country);
  return {
    notice: {
      type,
      title: cutTo(titleOf(rule), 255),
      subject: cutTo(`${kind} by ${authority.name}`, 255),
      ...(issued === undefined ? {} : { date_sent: issued }),
      date_received: time.slice(0, 10),
      // What is behind an age gate can still be had.
      action_taken: action === "block" ? "Yes" : "Partial",
      jurisdiction_list: territories.join(", "),
      regulation_list: citedBy(rule),
      ...(docket === undefined ? {} : { case_id_number: docket }),
      source: `entry ${index} of ${origin}`,
      works_attributes: [
        {
          description: `What rule ${rule.id} of ${rule.policy.id} ${rule.policy.version} lists (SHA-256 of the policy: ${rule.policy.digest})`,
        },
      ],
      entity_notice_roles_attributes: [
        {
          name: authority.type === "court" ? "issuing_court" : "sender",
          entity_attributes: {
            name: authority.name,
            kind: "organization",
            ...(isCountry ? { country_code: country } : {}),
          },
        },
        {
          name: "recipient",
          entity_attributes: {
            name: operator.name,
            kind: "organization",
            country_code: operator.jurisdiction.slice(0, 2),
          },
        },
        {
          name: "submitter",
          entity_attributes: {
            name: operator.name,
            kind: "organization",
            country_code: operator.jurisdiction.slice(0, 2),
          },
        },
      ],
    },
  };
}
