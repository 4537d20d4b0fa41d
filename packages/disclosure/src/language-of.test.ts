import { expect, it } from "vitest";
import { languageOf, textIn } from "./language-of.ts";

it.each<readonly [string | undefined, string, string]>([
  [undefined, "en", "no header"],
  ["de-AT,de;q=0.9,en;q=0.8", "de", "a region falls back to its language"],
  ["en;q=0.2, fr;q=0.9", "fr", "quality orders"],
  ["de;q=0, en", "en", "zero means not acceptable"],
  ["*", "en", "anything: the first"],
  ["ja, zh", "en", "none available: the fallback"],
  [";;;q=\u0000,,,de", "de", "garbage is skipped"],
])("%s -> %s: %s", (header, expected, _why) => {
  expect(languageOf(header)).toBe(expected);
});

const texts = { fr: "Ordonnance", "de-AT": "Beschluss", en: "Order" };
it.each<readonly [Record<string, string>, string | undefined, string | undefined, string, string]>([
  [texts, "fr", "en", "fr", "the reader's language"],
  [texts, "ja, de;q=0.5, fr;q=0.1", "fr", "de-AT", "the best of the reader's that is there"],
  [texts, "ja", "fr", "fr", "none of the reader's: the document's own"],
  [texts, undefined, "de", "de-AT", "no reader's language known: the document's own"],
  [texts, "*;q=0.1", "fr", "fr", "any: the document's own"],
  [texts, "ja", undefined, "en", "the document says none: English"],
  [{ fr: "Ordonnance", it: "Ordine" }, "ja", "de", "fr", "no English: the first"],
])("text %#: %j for %s in %s is %s", (given, header, language, expected, why) => {
  expect(textIn(given, header, language)?.language, why).toBe(expected);
});

it("has no text where there is none", () => {
  expect(textIn({}, "en")).toBeNull();
});
