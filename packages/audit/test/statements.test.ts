// Statements of reasons and notices: one for each rule that came into force, within the lengths and words of who takes them.
import { type Activation, toLumenNotice, toStatementOfReasons } from "@demarc/audit/export";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const court: Activation["rule"] = {
  id: "de-court-2026-0115",
  title: { de: "Verfügung", en: "Court order" },
  category: "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
  effect: { action: "block", notice: { page: "https://isp.example/blocked" } },
  scope: { territories: ["DE"] },
  legalBasis: {
    kind: "court-order",
    discretion: "mandatory",
    citations: [{ scheme: "ecli", id: "ECLI:DE:LGEXMPL:2026:0115.14O100.25.00" }],
    authority: { name: "Landgericht Example", type: "court", jurisdiction: "DE" },
    issued: "2026-01-15",
  },
  effective: "2026-02-01T00:00:00Z",
  expires: "2027-02-01T00:00:00Z",
  justification: {
    aim: "rights-of-others",
    necessity: "No other remedy.",
    leastRestrictive: "One name.",
    overblocking: "assessed",
  },
  remedy: { url: "https://isp.example/appeal", body: "Landgericht Example" },
  policy: { id: "https://policies.example/de", version: "1.0.0", digest: "ab".repeat(32) },
};
const activated = (rule: Partial<Activation["rule"]> = {}, rest: Partial<Activation> = {}): Activation => ({
  origin: "isp.example/log",
  index: 7,
  time: "2026-01-20T00:00:00Z",
  operator: { name: "Example Access", jurisdiction: "DE" },
  territories: ["DE"],
  ...rest,
  rule: { ...court, ...rule },
});

describe("a statement of reasons", () => {
  test("of a court order", () => {
    const statement = toStatementOfReasons(activated());
    expect(statement).toMatchObject({
      decision_visibility: ["DECISION_VISIBILITY_CONTENT_DISABLED"],
      decision_ground: "DECISION_GROUND_ILLEGAL_CONTENT",
      decision_ground_reference_url: "https://isp.example/blocked",
      illegal_content_legal_ground: "ECLI:DE:LGEXMPL:2026:0115.14O100.25.00",
      content_type: ["CONTENT_TYPE_OTHER"],
      category: "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
      territorial_scope: ["DE"],
      content_date: "2026-01-15",
      application_date: "2026-02-01",
      end_date_visibility_restriction: "2027-02-01",
      source_type: "SOURCE_TYPE_OTHER_NOTIFICATION",
      source_identity: "Landgericht Example",
      automated_detection: "No",
      automated_decision: "AUTOMATED_DECISION_NOT_AUTOMATED",
    });
    expect(statement?.illegal_content_explanation).toContain("https://isp.example/appeal");
    expect(statement?.decision_facts).toContain("entry 7 of the log isp.example/log");
  });

  test("of the operator's own rule says whose it is", () => {
    const legalBasis = {
      ...court.legalBasis,
      kind: "operator-policy",
      discretion: "voluntary" as const,
      citations: [],
    };
    const statement = toStatementOfReasons(activated({ legalBasis, category: "security" }));
    expect(statement).toMatchObject({
      decision_ground: "DECISION_GROUND_INCOMPATIBLE_CONTENT",
      incompatible_content_illegal: "No",
      category: "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
      source_type: "SOURCE_VOLUNTARY",
    });
    expect(statement).not.toHaveProperty("illegal_content_legal_ground");
    expect(toLumenNotice(activated({ legalBasis })), "nobody sent it").toBeNull();
  });

  test.each(["allow", "observe", "route"])("is not made of a rule that only %ss", (action) => {
    expect(toStatementOfReasons(activated({ effect: { action } }))).toBeNull();
    expect(toLumenNotice(activated({ effect: { action } }))).toBeNull();
  });

  test("is of the states of the EEA only", () => {
    expect(toStatementOfReasons(activated({}, { territories: ["US", "GB"] }))).toBeNull();
    expect(
      toStatementOfReasons(activated({}, { territories: ["US", "NO", "FR"] }))?.territorial_scope,
    ).toEqual(["FR", "NO"]);
  });

  test("has one number for ever, and another for another activation", () => {
    const numbers = [
      activated(),
      activated({}, { index: 8 }),
      activated({ id: "other" }),
      activated({}, { origin: "b" }),
    ].map((each) => toStatementOfReasons(each)?.puid);
    expect(new Set(numbers).size).toBe(4);
    expect(toStatementOfReasons(activated())?.puid).toBe(numbers[0]);
    for (const number of numbers) expect(number).toMatch(/^[A-Za-z0-9-_]{1,500}$/);
  });

  test("keeps to the lengths, whatever the texts", () => {
    const text = fc.string({ unit: "binary", maxLength: 6_000 });
    fc.assert(
      fc.property(text, text, text, (title, necessity, name) => {
        const rule = {
          title: { en: title },
          justification: { ...court.justification, necessity },
          legalBasis: { ...court.legalBasis, authority: { ...court.legalBasis.authority, name } },
        };
        const statement = toStatementOfReasons(activated(rule));
        expect([...(statement?.illegal_content_explanation ?? "")].length).toBeLessThanOrEqual(2_000);
        expect([...(statement?.source_identity ?? "")].length).toBeLessThanOrEqual(500);
        expect([...(toLumenNotice(activated(rule))?.notice.title ?? "")].length).toBeLessThanOrEqual(255);
      }),
      { numRuns: 50 },
    );
  });
});

test("a Lumen notice has its parties in their roles", () => {
  expect(toLumenNotice(activated())?.notice).toMatchObject({
    type: "CourtOrder",
    title: "Court order",
    date_sent: "2026-01-15",
    date_received: "2026-01-20",
    action_taken: "Yes",
    jurisdiction_list: "DE",
    case_id_number: "ECLI:DE:LGEXMPL:2026:0115.14O100.25.00",
    entity_notice_roles_attributes: [
      {
        name: "issuing_court",
        entity_attributes: { name: "Landgericht Example", kind: "organization", country_code: "DE" },
      },
      { name: "recipient", entity_attributes: { name: "Example Access" } },
      { name: "submitter", entity_attributes: { name: "Example Access" } },
    ],
  });
  const regulator = {
    ...court.legalBasis,
    kind: "administrative-order",
    authority: { name: "Regulator", type: "regulator", jurisdiction: "group:EU" },
  };
  const notice = toLumenNotice(activated({ legalBasis: regulator, effect: { action: "gate" } }))?.notice;
  expect([notice?.type, notice?.action_taken, notice?.entity_notice_roles_attributes[0]]).toEqual([
    "GovernmentRequest",
    "Partial",
    { name: "sender", entity_attributes: { name: "Regulator", kind: "organization" } },
  ]);
});
