import { describe, expect, test } from "vitest";
import { AT, address, country, database, opened } from "../test/sources.ts";
import { typed, type Value, writeMmdb } from "../test/write-mmdb.ts";
import type { DatabaseSource } from "./database-source.ts";
import { createResolver, type ResolverSources } from "./resolver.ts";

const subjectOf = (sources: Partial<ResolverSources>, text: string) => {
  const resolution = createResolver({ operator: "DE", ...sources }).resolve({
    at: AT,
    client: address(text),
  });
  return {
    ...resolution,
    candidates: resolution.candidates.filter((each) => each.connector === "subject-location"),
  };
};

describe("a registered or represented country is no location", () => {
  test.each([
    ["registered only", { registered_country: { iso_code: "US" } }, undefined],
    ["represented only", { represented_country: { iso_code: "US", type: "military" } }, undefined],
    [
      "beside a location",
      country("PH", { represented_country: { iso_code: "US" }, registered_country: { iso_code: "US" } }),
      "PH",
    ],
    ["flat", { country_code: "SE", registered_country: "US" }, "SE"],
    ["flatter", { country: "FI" }, "FI"],
  ] as readonly (readonly [string, Value, string | undefined])[])("%s", (_what, record, expected) => {
    const answer = subjectOf({ databases: [database("A", { "9.0.0.0/8": record })] }, "9.9.9.9");
    expect(answer.candidates[0]?.territory).toBe(expected);
  });
});

const us = (ageDays: number, more: Readonly<Record<string, Value>> = {}) =>
  database(`US ${ageDays}`, { "9.0.0.0/8": country("US", more) }, ageDays);
const ca = (ageDays: number) => database(`CA ${ageDays}`, { "9.0.0.0/8": country("CA") }, ageDays);
const weigh = (databases: readonly DatabaseSource[], more: Partial<ResolverSources> = {}) =>
  subjectOf({ databases, ...more }, "9.9.9.9").candidates.map(({ territory, confidence, basis, caveats }) => [
    territory,
    confidence,
    basis,
    ...caveats,
  ]);

describe("confidence", () => {
  test("one source is capped", () => expect(weigh([us(1)])).toEqual([["US", 0.8, "single-source"]]));
  test("agreement raises", () => expect(weigh([us(1), us(2)])).toEqual([["US", 0.9, "agreement"]]));
  test("disagreement leaves all of them, sorted, and is a conflict", () => {
    expect(weigh([us(1), ca(2)])).toEqual([
      ["CA", 0.4, "single-source"],
      ["US", 0.4, "single-source"],
    ]);
    expect(subjectOf({ databases: [us(1), ca(2)] }, "9.9.9.9").conflicts).toEqual([
      { connector: "subject-location", territories: ["CA", "US"], reason: "sources-disagree" },
    ]);
  });
  test("60 days is fresh, more is stale", () => {
    expect(weigh([us(60)])).toEqual([["US", 0.8, "single-source"]]);
    expect(weigh([us(61)])).toEqual([["US", 0.4, "single-source", "stale"]]);
    expect(weigh([us(61)], { staleAfterDays: 90 })).toEqual([["US", 0.8, "single-source"]]);
  });
  test("data of long after the instant is no better than old data", () => {
    expect(weigh([us(-60)])).toEqual([["US", 0.8, "single-source"]]);
    expect(weigh([us(-61)])).toEqual([["US", 0.4, "single-source", "stale"]]);
  });
  test("stale data beside fresh adds nothing to it", () =>
    expect(weigh([us(1), us(400)])).toEqual([["US", 0.8, "single-source"]]));
  test("the stated day of the data counts, not that of the build", () => {
    expect(weigh([{ ...us(1), dataDate: "2026-01-01" }])).toEqual([["US", 0.4, "single-source", "stale"]]);
    expect(weigh([{ ...us(1), dataDate: "soon" }])).toEqual([["US", 0.8, "single-source"]]);
  });
  test("anycast and anonymiser flags each halve", () => {
    expect(weigh([us(1, { traits: { is_anycast: true } })])).toEqual([
      ["US", 0.4, "single-source", "anycast"],
    ]);
    expect(weigh([us(1, { traits: { is_anycast: true }, is_anonymous: true })])).toEqual([
      ["US", 0.2, "single-source", "anonymiser", "anycast"],
    ]);
  });
  test("a build time that is no date does not break it", () => {
    const mmdb = opened(
      writeMmdb(
        { "9.0.0.0/8": country("US") },
        { metadata: { build_epoch: typed("uint64", 2n ** 64n - 1n) } },
      ),
    );
    expect(subjectOf({ databases: [{ name: "A", mmdb }] }, "9.9.9.9").candidates).toMatchObject([
      { evidence: [{ dataDate: "unknown" }] },
    ]);
  });
});
