import { describe, expect, test } from "vitest";
import {
  civilDay,
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

test("a group may be asked for by its short name, but is written in full", () => {
  expect(isMember("EU", "RE", AT)).toBe(true);
  expect(members("EFTA", AT)).toEqual(members("group:EFTA", AT));
  expect(membershipOf("EU", "RE", AT)?.group).toBe("group:EU");
  expect(isGroup("EU")).toBe(false);
  expect(isMember("group:group:EU", "RE", AT)).toBe(false);
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

describe("a day is whole, in the legal time of whoever it is about", () => {
  const on = (group: string, territory: string, text: string): boolean => {
    const day = civilDay(text);
    if (day === null) throw new Error(text);
    return isMember(group, territory, day);
  };

  test("west and east of Greenwich the same", () => {
    for (const [group, territory, last, first] of [
      ["group:USMCA", "US", "2020-06-30", "2020-07-01"],
      ["group:ASEAN", "TL", "2025-10-25", "2025-10-26"],
      ["group:EU", "YT", "2013-12-31", "2014-01-01"],
      ["group:CPTPP", "NZ", "2018-12-29", "2018-12-30"],
    ] as const) {
      expect(on(group, territory, last), territory).toBe(false);
      expect(on(group, territory, first), territory).toBe(true);
    }
    expect(isMember("group:USMCA", "US", Date.parse("2020-07-01T00:00:00Z"))).toBe(false);
  });

  test("the last day of a membership that ended by another's clock is the last there", () => {
    expect(on("group:EU-members", "GB", "2020-01-31")).toBe(true);
    expect(on("group:EU-members", "GB", "2020-02-01")).toBe(false);
    expect(on("group:EU", "GB", "2020-12-31")).toBe(true);
    expect(on("group:EU", "GB", "2021-01-01")).toBe(false);
  });

  test("every interval holds on its first day and not on the day before, nor on the day it ends", () => {
    const shifted = (local: string, days: number) =>
      civilDay(
        new Date(Date.parse(`${local.slice(0, 10)}T00:00:00Z`) + days * 86_400_000)
          .toISOString()
          .slice(0, 10),
      );
    for (const each of groups().flatMap(groupIntervals)) {
      const [first, before] = [shifted(each.fromLocal, 0), shifted(each.fromLocal, -1)];
      if (first === null || before === null) throw new Error(each.fromLocal);
      expect(membershipOf(each.group, each.territory, first)).toBe(each);
      expect(membershipOf(each.group, each.territory, before)).not.toBe(each);
      if (each.untilLocal === null) continue;
      const [last, end] = [shifted(each.untilLocal, -1), shifted(each.untilLocal, 0)];
      if (last === null || end === null) throw new Error(each.untilLocal);
      expect(membershipOf(each.group, each.territory, last)).toBe(each);
      expect(membershipOf(each.group, each.territory, end)).not.toBe(each);
    }
  });

  test("what is no day is none", () => {
    for (const text of ["2013-06-31", "2013-7-1", "2013-07-01T00:00:00Z", "", "day"])
      expect(civilDay(text)).toBeNull();
  });

  test("members, memberships and standings take a day too", () => {
    const day = civilDay("2020-07-01");
    if (day === null) throw new Error("day");
    expect(members("group:USMCA", day)).toEqual(["CA", "MX", "PR", "US"]);
    expect(memberships("MX", day).map((each) => each.group)).toContain("group:USMCA");
    expect(standing("group:EEA", "SJ", day)).toBe("ambiguous");
  });
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
