import { describe, expect, test } from "vitest";
import {
  ambiguousParts,
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
  expect(territoryName("ES-CN")).toBe("ES-CN");
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
