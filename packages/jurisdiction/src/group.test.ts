import { describe, expect, test } from "vitest";
import { groupIntervals, groups, isGroup, isMember, members, membershipOf, memberships } from "./group.ts";

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
    expect(isMember("group:EU", "ES-CN", AT)).toBe(true);
    expect(membershipOf("group:EU", "ES-CN", AT)?.territory).toBe("ES");
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
    expect(membershipOf(group, territory, until)?.from === from).toBe(false);
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
    "group:EEA",
    "group:EU",
    "group:EU-members",
    "group:GDPR",
    "group:Schengen",
    "group:euro",
  ]);
  expect(inside.find((each) => each.group === "group:euro")?.source).toContain("2022/1211");
  expect(memberships("x-cy-north", AT).map((each) => each.group)).toEqual(["group:EU-members"]);
  expect(memberships("US", AT)).toEqual([]);
});
