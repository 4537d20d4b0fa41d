import type { Decision, RuleRecord } from "@demarc/matcher";
import { describe, expect, it } from "vitest";
import { COURT_RULE, OPERATOR, refusal } from "../test/decisions.ts";
import vectors from "../test/ede-vectors.json" with { type: "json" };
import { disclose } from "./disclose.ts";
import { edeOf } from "./ede.ts";
import { extraText } from "./extra-text.ts";
import { httpStatus, linkBlockedBy, problemDetails, proxyStatus } from "./http.ts";
import { structuredError } from "./structured-error.ts";

const options = { operator: OPERATOR, ref: "isp.example/log/17" };

describe("whose decision it is", () => {
  it.each(vectors.cases)("$name", (vector) => {
    const decision = refusal({
      legalBasis: {
        ...COURT_RULE.legalBasis,
        kind: vector.kind,
        discretion: vector.discretion as RuleRecord["legalBasis"]["discretion"],
      },
      effect: { action: "block", notice: vector.notice ?? {} },
    });
    expect(edeOf(decision)).toBe(vector.expect.ede);
    expect(httpStatus(disclose(decision, options))).toBe(vector.expect.http);
  });

  it("is the operator's when the default refuses, and nobody's when it passes", () => {
    const decision: Decision = { ...refusal(), rule: null, reason: "default" };
    expect(edeOf(decision)).toBe(15);
    expect(edeOf({ ...decision, effect: "allow", verdict: "pass" })).toBeNull();
    expect(extraText(disclose(decision, options))).toBe(
      "Blocked by the operator's default; ref isp.example/log/17",
    );
  });
});

describe("extraText", () => {
  it("says who, on what law, under which rule, until when and where to appeal", () => {
    expect(extraText(disclose(refusal(), options))).toBe(
      "Blocked by court order (Landgericht Example, ECLI:DE:LGEXMPL:2026:0115.14O100.25.00, CELEX 32014R0833, art. 2f), rule de-court-2026-0115 until 2027-02-01; appeal https://isp.example/appeal; ref isp.example/log/17",
    );
  });

  it("drops the remedy first and keeps rule and reference longest", () => {
    const disclosure = disclose(refusal(), options);
    expect(extraText(disclosure, 190)).not.toContain("appeal");
    expect(extraText(disclosure, 80)).toBe(
      "Blocked by court order, rule de-court-2026-0115; ref isp.example/log/17",
    );
    expect(extraText(disclosure, 7)).toBe("Blocked");
  });

  it("names the age and the permitted territories", () => {
    const gate = refusal({ effect: { action: "gate", condition: "age", minimumAge: 18, notice: {} } });
    expect(extraText(disclose(gate, options))).toMatch(/^Refused without proof of age \(minimum age 18\)/);
    const route = refusal({
      effect: { action: "route", egress: ["group:EEA", "CH"], onFailure: "refuse", notice: {} },
    });
    expect(extraText(disclose({ ...route, reason: "egress-unknown" }, options))).toContain(
      "(permitted: group:EEA CH; the location of the destination is unknown)",
    );
  });

  it("speaks the language asked for", () => {
    expect(extraText(disclose(refusal(), { ...options, language: "de-AT" }))).toMatch(
      /^Gesperrt durch gerichtliche Anordnung/,
    );
  });
});

describe("a secrecy order", () => {
  const secret = refusal({
    effect: {
      action: "block",
      notice: {
        secrecy: { citation: { scheme: "docket", id: "1 X 2" }, until: "2027-01-01T00:00:00Z" },
      },
    },
  });

  it("hides the citation and nothing else until its end", () => {
    const at = Date.parse("2026-12-31T23:59:59Z");
    const disclosure = disclose(secret, { ...options, at });
    expect(disclosure.basis?.citations).toEqual([]);
    expect(disclosure.basis?.authority).toBe("Landgericht Example");
    expect(disclosure.basis?.withheld?.citation?.id).toBe("1 X 2");
    expect(extraText(disclosure)).toContain("citation withheld until 2027-01-01");
    expect(extraText(disclosure)).not.toContain("ECLI");
    expect(disclose(secret, { ...options, at: at + 1_000 }).basis?.citations).toHaveLength(2);
    expect(disclose(secret, options).basis?.citations).toEqual([]);
  });
});

describe("structuredError", () => {
  it("never carries a sub-error with Censored, and does with Blocked", () => {
    const censored = JSON.parse(structuredError(disclose(refusal(), options)) ?? "");
    expect(Object.keys(censored)).toEqual(["c", "j", "o", "l"]);
    expect(censored.c).toEqual(["mailto:transparency@isp.example"]);
    const own = refusal({ legalBasis: { ...COURT_RULE.legalBasis, kind: "operator-policy" } });
    expect(JSON.parse(structuredError(disclose(own, options)) ?? "").s).toBe(6);
    const malware = refusal({
      category: "malware",
      legalBasis: { ...COURT_RULE.legalBasis, kind: "consent" },
    });
    expect(JSON.parse(structuredError(disclose(malware, options)) ?? "").s).toBe(1);
  });

  it("drops j and o first, then everything", () => {
    const own = refusal({ legalBasis: { ...COURT_RULE.legalBasis, kind: "operator-policy" } });
    const disclosure = disclose(own, options);
    expect(structuredError(disclosure, 60)).toBe('{"c":["mailto:transparency@isp.example"],"s":6}');
    expect(structuredError(disclosure, 20)).toBeNull();
  });

  it("takes mailto and tel contacts only", () => {
    const web = { ...OPERATOR, contact: "https://isp.example/contact" };
    expect(JSON.parse(structuredError(disclose(refusal(), { ...options, operator: web })) ?? "").c).toBe(
      undefined,
    );
    const phone = { ...OPERATOR, contact: "+49 30 000-000" };
    expect(JSON.parse(structuredError(disclose(refusal(), { ...options, operator: phone })) ?? "").c).toEqual(
      ["tel:+4930000000"],
    );
  });
});

describe("HTTP", () => {
  const disclosure = disclose(refusal(), { ...options, subject: "www.piracy.example" });

  it("names the implementing party in Link", () => {
    expect(linkBlockedBy(disclosure)).toBe('<https://isp.example/>; rel="blocked-by"');
    const bare = { name: "x", jurisdiction: "DE" };
    expect(linkBlockedBy(disclose(refusal(), { operator: bare, ref: null }))).toBeNull();
  });

  it("writes Proxy-Status with a token and an escaped string", () => {
    expect(proxyStatus(disclosure, { error: "destination_ip_prohibited" })).toMatch(
      /^"Example Access GmbH"; error=destination_ip_prohibited; details="Blocked by court order \(/,
    );
  });

  it("gives problem details with links for schemes that have one", () => {
    const details = problemDetails(disclosure);
    expect(details.title).toBe("Unavailable For Legal Reasons");
    expect(details.subject).toBe("www.piracy.example");
    expect(details.citations.map((citation) => citation.link)).toEqual([
      "https://e-justice.europa.eu/ecli/ECLI:DE:LGEXMPL:2026:0115.14O100.25.00",
      "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32014R0833",
    ]);
  });
});
