import { describe, expect, test } from "vitest";
import {
  ambiguousParts,
  formerUses,
  isTerritory,
  parentTerritory,
  suggestTerritory,
  territoryName,
} from "./territory.ts";

describe("isTerritory", () => {
  test.each(["DE", "NO", "XK", "SJ", "ES-CN", "NO-21", "FR-976", "GB-NIR", "x-it-campione", "x-cy-north"])(
    "%s is one",
    (code) => expect(isTerritory(code)).toBe(true),
  );

  // `EU` is no place, `UK` no code; objects have `constructor` and `__proto__`.
  test.each(
    [
      "",
      "de",
      "UK",
      "EU",
      "EL",
      "ZZ",
      "XX",
      "T1",
      "AN",
      "DEU",
      "ES-",
      "ES-CATX",
      "es-cn",
      "ZZ-1",
      "DK-GL",
      "-CN",
    ].concat([
      "x-it-nowhere",
      "x-",
      "X-IT-CAMPIONE",
      "group:EU",
      "constructor",
      "__proto__",
      "toString",
      "DE\n",
    ]),
  )("%j is none", (code) => expect(isTerritory(code)).toBe(false));
});

describe("parentTerritory", () => {
  test.each([
    ["ES-CN", "ES"],
    ["NO-22", "NO"],
    ["x-it-campione", "IT"],
    ["x-cy-north", "CY"],
    ["DE", null],
    ["GL", null],
    ["", null],
    ["group:EU-members", null],
    ["x-cy", null],
  ])("of %j is %j", (code, parent) => expect(parentTerritory(code)).toBe(parent));
});

test("SJ stands for two places under different law", () => {
  expect(ambiguousParts("SJ")).toEqual(["NO-21", "NO-22"]);
  expect(ambiguousParts("NO")).toEqual([]);
  expect(ambiguousParts("constructor")).toEqual([]);
});

test("names are for people", () => {
  expect(territoryName("AX")).toBe("Åland Islands");
  expect(territoryName("x-gr-athos")).toBe("Mount Athos");
  expect(territoryName("ES-CN")).toBe("Canary Islands");
  expect(territoryName("ES-AN")).toBe("ES-AN");
  expect(territoryName("toString")).toBe("toString");
});

test.each([
  ["uk", "GB"],
  ["EL", "GR"],
  ["de", "DE"],
  [" es-cn ", "ES-CN"],
  ["X-IT-Campione", "x-it-campione"],
  ["Germany", "DE"],
  ["åland islands", "AX"],
  ["EU", "group:EU"],
  ["group:eea", "group:EEA"],
  ["Schengen", "group:Schengen"],
  ["eu-members", "group:EU-members"],
  ["DD", "DE"],
  ["AN", null],
  ["", null],
  ["nowhere", null],
  ["DEU", "DE"],
  ["276", "DE"],
  ["IC", "ES-CN"],
  ["EA", null],
])("suggestTerritory(%j) is %j", (text, expected) => expect(suggestTerritory(text)).toBe(expected));

describe("what a code meant before (ISO 3166-3)", () => {
  test("one code, two states: each use has its years and its successors", () => {
    expect(formerUses("CS")).toEqual([
      { code4: "CSHH", name: "Czechoslovakia", from: 1974, until: 1993, successors: ["CZ", "SK"] },
      { code4: "CSXX", name: "Serbia and Montenegro", from: 2003, until: 2006, successors: ["ME", "RS"] },
    ]);
  });

  test.each([
    ["YU", 2003, ["ME", "RS"]],
    ["DD", 1990, ["DE"]],
    ["AN", 2010, ["BQ", "CW", "SX"]],
    ["ZR", 1997, ["CD"]],
    ["BU", 1989, ["MM"]],
    ["TP", 2002, ["TL"]],
    ["FQ", 1979, ["AQ", "TF"]],
    ["YD", 1990, ["YE"]],
  ])("%s until %i", (code, until, successors) => {
    expect(formerUses(code)).toMatchObject([{ until, successors }]);
  });

  test("an assigned code may have had another meaning", () => {
    expect(formerUses("SK")).toMatchObject([{ name: "Sikkim", until: 1975, successors: ["IN"] }]);
    expect(formerUses("BQ")).toMatchObject([{ code4: "BQAQ", successors: ["AQ"] }]);
  });

  test("the Soviet Union has fifteen successors, a code in use has no former one", () => {
    expect(formerUses("SU")[0]?.successors).toHaveLength(15);
    for (const code of ["DE", "XK", "", "constructor"]) expect(formerUses(code)).toEqual([]);
  });
});
