import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findTerm, isKnownTerm, vocabularies } from "@demarc/vocabularies";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../vocabularies/", import.meta.url));

describe("vocabularies", () => {
  test("the generated table is what the files say", () => {
    const files = readdirSync(folder)
      .sort()
      .map((name) => JSON.parse(readFileSync(`${folder}${name}/vocabulary.json`, "utf8")) as unknown);
    expect(vocabularies).toEqual(files);
  });

  test.each(vocabularies.map((each) => [each.id, each] as const))(
    "%s names its owner, licence, version and source",
    (id, each) => {
      expect(id).toMatch(/^https:\/\/[^ ]+\/\d+\/[a-z-]+$/);
      for (const text of [each.title, each.owner, each.licence, each.source]) expect(text).not.toBe("");
      expect(each.version).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );

  test("a term has one meaning", () => {
    const ids = vocabularies.flatMap((each) => each.terms.map((term) => `${each.id} ${term.id}`));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("a term is found by its id alone", () => {
    expect(findTerm("sanctions")).toEqual({ id: "sanctions", title: "Restrictive measures" });
    expect(isKnownTerm("protection-of-minors")).toBe(true);
    expect(isKnownTerm("Sanctions")).toBe(false);
    expect(findTerm("constructor")).toBe(null);
  });
});
