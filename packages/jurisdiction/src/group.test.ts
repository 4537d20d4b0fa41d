import { describe, expect, test } from "vitest";
import {
  groupIntervals,
  groups,
  isGroup,
  isMember,
  members,
  membershipOf,
  memberships,
  standing,
} from "./group.ts";
import { disputeOf, disputes, sovereignOf, viewName } from "./state.ts";

const AT = Date.parse("2026-11-01T00:00:00Z");

test("groups are written as in a scope", () => {
  for (const group of groups()) {
    expect(group).toMatch(/^group:/);
    expect(isGroup(group)).toBe(true);
  }
  for (const text of ["EU", "group:", "group:eu", "group:constructor", ""]) expect(isGroup(text)).toBe(false);
});

describe("the closest of a territory and its parents decides", () => {
  test("a part follows its parent", () => {
    expect(isMember("group:EU", "ES-CT", AT)).toBe(true);
    expect(membershipOf("group:EU", "ES-CT", AT)?.territory).toBe("ES");
  });

  test("unless it is carved out", () => {
    expect(isMember("group:EU", "x-cy-north", AT)).toBe(false);
    expect(membershipOf("group:EU", "x-cy-north", AT)).toMatchObject({
      territory: "x-cy-north",
      inside: false,
    });
  });

  test("a parent never follows its part", () => {
    expect(isMember("group:EEA", "NO", AT)).toBe(true);
    expect(isMember("group:EEA", "NO-21", AT)).toBe(false);
  });
});

test("intervals are half-open", () => {
  for (const { group, territory, from, until, inside } of groups().flatMap(groupIntervals)) {
    expect(isMember(group, territory, from)).toBe(inside);
    if (until === null) continue;
    expect(isMember(group, territory, until - 1)).toBe(inside);
    const next = membershipOf(group, territory, until);
    expect(next?.from === from && next.territory === territory).toBe(false);
  }
});

test("an instant that is none is in nothing", () => {
  for (const at of [Number.NaN, Number.NEGATIVE_INFINITY]) expect(isMember("group:EU", "DE", at)).toBe(false);
});

test("members are sorted and have a membership of their own", () => {
  expect(members("group:EFTA", AT)).toEqual(["CH", "IS", "LI", "NO"]);
  expect(members("group:nowhere", AT)).toEqual([]);
});

test("memberships say by which act", () => {
  const inside = memberships("HR", AT);
  expect(inside.map((each) => each.group).toSorted()).toEqual([
    "group:CoE",
    "group:ECHR",
    "group:EEA",
    "group:EU",
    "group:EU-VAT",
    "group:EU-customs",
    "group:EU-members",
    "group:GDPR",
    "group:ICCPR",
    "group:Schengen",
    "group:euro",
  ]);
  expect(inside.find((each) => each.group === "group:euro")?.source).toContain("2022/1211");
  expect(memberships("x-cy-north", AT).map((each) => each.group)).toEqual([
    "group:CoE",
    "group:ECHR",
    "group:EU-members",
    "group:ICCPR",
  ]);
  expect(memberships("AQ", AT)).toEqual([]);
});

test("a membership tells the legal local time of its ends", () => {
  expect(membershipOf("group:EU", "HR", AT)?.fromLocal).toBe("2013-07-01T00:00:00+02:00[Europe/Zagreb]");
  const last = membershipOf("group:EU-members", "GB", Date.parse("2020-01-31T22:59:59Z"));
  expect(last?.untilLocal).toBe("2020-02-01T00:00:00+01:00[Europe/Brussels]");
});

test("a regime says why a territory is outside", () => {
  expect(membershipOf("group:EU", "GL", AT)).toMatchObject({ inside: false, regime: "oct" });
  expect(membershipOf("group:EU", "x-cy-north", AT)).toMatchObject({ inside: false, regime: "suspended" });
});

test("an ambiguous code is neither inside nor outside where its parts differ", () => {
  expect(standing("group:EEA", "SJ", AT)).toBe("ambiguous");
  expect(standing("group:ECHR", "SJ", AT)).toBe("inside");
  expect(standing("group:GCC", "SJ", AT)).toBe("outside");
  expect(isMember("group:EEA", "SJ", AT)).toBe(false);
});

describe("a view says where a disputed territory belongs", () => {
  test("iso and un", () => {
    expect(sovereignOf("TW", AT)).toBe("TW");
    expect(sovereignOf("TW", AT, "un")).toBe("CN");
    expect(isMember("group:CoE", "XK", AT)).toBe(false);
    expect(isMember("group:CoE", "XK", AT, "un")).toBe(true);
  });

  test("the operator's, by its name", () => {
    const own = { name: "house", territories: { "UA-43": "RU", XK: null } } as const;
    expect(sovereignOf("UA-43", AT)).toBe("UA");
    expect(sovereignOf("UA-43", AT, own)).toBe("RU");
    expect(isMember("group:CoE", "UA-43", AT, own)).toBe(false);
    expect(viewName(own)).toBe("house");
  });

  test("one that runs in a circle ends", () => {
    const circle = { name: "circle", territories: { "UA-43": "UA-40", "UA-40": "UA-43" } } as const;
    expect(sovereignOf("UA-43", AT, circle)).not.toBe("");
    expect(isMember("group:CoE", "UA-43", AT, circle)).toBe(false);
  });

  test("disputes tell views, claims, control and source", () => {
    expect(disputeOf("UA-43")).toMatchObject({
      views: { iso: "UA", un: "UA" },
      claims: ["RU"],
      heldBy: "RU",
    });
    expect(disputeOf("DE")).toBeNull();
    for (const each of disputes()) expect(each.source.length, each.territory).toBeGreaterThan(10);
  });
});
