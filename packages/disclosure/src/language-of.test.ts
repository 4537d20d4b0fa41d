import { expect, it } from "vitest";
import { languageOf } from "./language-of.ts";

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
