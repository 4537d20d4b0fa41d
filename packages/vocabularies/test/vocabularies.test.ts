import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDocument } from "@demarc/policy";
import { findTerm, isKnownAim, isKnownTerm, vocabularies } from "@demarc/vocabularies";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../vocabularies/", import.meta.url));
const names = readdirSync(folder).sort();
const textOf = (name: string): string => readFileSync(`${folder}${name}/vocabulary.json`, "utf8");

describe("vocabularies", () => {
  test("the generated table is what the files say", () => {
    expect(vocabularies).toEqual(names.map((name) => JSON.parse(textOf(name)) as unknown));
  });

  test.each(names)("%s is a valid document, each term with its source", (name) => {
    const read = readDocument(textOf(name), {
      file: `${name}.json`,
      isTerritory: (code) => code === "DE",
      isGroup: () => false,
    });
    expect(read.ok ? [read.value.kind, read.value.warnings] : read.issues).toEqual(["vocabulary", []]);
    const vocabulary = vocabularies.find(({ id }) => id.endsWith(`/${name}`));
    expect(vocabulary?.terms.filter((term) => term.sources === undefined)).toEqual([]);
  });

  test("a term is in one vocabulary", () => {
    const ids = vocabularies.flatMap((each) => each.terms.map((term) => term.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("a term is found by its id alone", () => {
    expect(findTerm("sanctions")?.title).toEqual({ en: "Restrictive measures" });
    expect(findTerm("c2-server")?.broader).toBe("malicious-code");
    expect(isKnownTerm("protection-of-minors")).toBe(true);
    expect(isKnownTerm("Sanctions")).toBe(false);
    expect(isKnownAim("protection-of-minors")).toBe(true);
    expect(isKnownAim("sanctions")).toBe(false);
    expect(findTerm("constructor")).toBe(null);
  });
});
