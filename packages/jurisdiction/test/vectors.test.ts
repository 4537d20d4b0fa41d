// Dated cases as data: our own, and a larger foreign sample where it lies beside the repository.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { administratorOf, codeStatus, isMember, membershipOf, sovereignOf } from "../src/index.ts";

const read = (url: URL): unknown => JSON.parse(readFileSync(url, "utf8"));

interface MembershipCase {
  readonly territory: string;
  readonly group: string;
  readonly at: string;
  readonly inside: boolean;
  readonly regime?: string;
  readonly why: string;
  readonly source: string;
}

interface CodeCase {
  readonly code: string;
  readonly status: string;
  readonly successors: readonly string[];
  readonly why: string;
}

describe("memberships at instants", () => {
  const cases = read(new URL("vectors/memberships.json", import.meta.url)) as MembershipCase[];
  test.each(cases.map((each) => [each.territory, each.group, each.at, each] as const))(
    "%s in %s at %s",
    (territory, group, at, expected) => {
      expect(expected.why, "a case says why").not.toBe("");
      expect(expected.source, "a case names its source").not.toBe("");
      expect(isMember(group, territory, Date.parse(at))).toBe(expected.inside);
      if (expected.regime !== undefined)
        expect(membershipOf(group, territory, Date.parse(at))?.regime).toBe(expected.regime);
    },
  );
});

describe("code status", () => {
  const cases = read(new URL("vectors/codes.json", import.meta.url)) as CodeCase[];
  test.each(cases.map((each) => [each.code, each] as const))("%j", (code, { status, successors }) => {
    expect(codeStatus(code)).toEqual({ status, successors });
  });
});

// A civil date holds as a whole, in the legal time of the territory: its noon in UTC is in it everywhere but in the Pacific.
const noon = (date: string): number => Date.parse(date.includes("T") ? date : `${date}T12:00:00Z`);

interface Sample {
  readonly cases: readonly {
    readonly id: string;
    readonly territory: string;
    readonly date: string;
    readonly expect: Readonly<Record<string, string | boolean>>;
  }[];
  readonly codes: readonly {
    readonly code: string;
    readonly expect: { readonly status?: string; readonly successors?: readonly string[] };
  }[];
}

const sampleFile = new URL("../../../../shared/data/jurisdiction-cases.sample.json", import.meta.url);
const sample = existsSync(sampleFile) ? (read(sampleFile) as Sample) : null;

describe("sample of dated cases", () => {
  if (sample === null) {
    test.skip("jurisdiction-cases.sample.json is not beside the repository: skipped", () => {});
    return;
  }
  const regimeOf = (group: string, territory: string, at: number): string => {
    const membership = membershipOf(group, territory, at);
    return membership === null ? "none" : (membership.regime ?? (membership.inside ? "full" : "none"));
  };
  const ANSWERS: Readonly<Record<string, (territory: string, at: number) => string | boolean | null>> = {
    euState: (territory, at) => isMember("group:EU-members", territory, at),
    euTerritory: (territory, at) => regimeOf("group:EU", territory, at),
    eea: (territory, at) => isMember("group:EEA", territory, at),
    euroArea: (territory, at) => isMember("group:euro", territory, at),
    euroLegalTender: (territory, at) => regimeOf("group:euro-use", territory, at) === "agreement",
    euroUnilateral: (territory, at) => regimeOf("group:euro-use", territory, at) === "unilateral",
    schengen: (territory, at) => regimeOf("group:Schengen", territory, at),
    gdprAsLaw: (territory, at) => isMember("group:GDPR", territory, at),
    adequacy: (territory, at) => regimeOf("group:GDPR-adequacy", territory, at),
    customsTerritory: (territory, at) => isMember("group:EU-customs", territory, at),
    vatTerritory: (territory, at) => isMember("group:EU-VAT", territory, at),
    iccprApplies: (territory, at) => isMember("group:ICCPR", territory, at),
    echrParty: (territory, at) => isMember("group:ECHR", territory, at),
    sovereign: sovereignOf,
    administeredBy: administratorOf,
  };
  const answerable = sample.cases.flatMap((each) =>
    Object.entries(each.expect)
      .filter(([question]) => question in ANSWERS)
      .map(([question, expected]) => ({ ...each, question, expected })),
  );
  test("asks of us what it should", () => expect(answerable.length).toBeGreaterThan(50));
  test.each(answerable.map((each) => [each.id, each.territory, each.question, each.date, each] as const))(
    "%s: %s %s on %s",
    (_id, territory, question, date, { expected }) => {
      expect(ANSWERS[question]?.(territory, noon(date))).toBe(expected);
    },
  );
  test.each(sample.codes.map((each) => [each.code, each] as const))("code %s", (code, each) => {
    expect(codeStatus(code)).toMatchObject(each.expect);
  });
});
