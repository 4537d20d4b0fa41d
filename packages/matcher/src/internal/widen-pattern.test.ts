import { expect, test } from "vitest";
import { RareTokens } from "./rare-tokens.ts";
import { widenedPatterns } from "./widen-pattern.ts";

// Of these words `ads` is the most common.
const COMMON = [
  ...Array.from({ length: 255 }, (_, index) => `.com/${index}`),
  "/ads/a",
  "/ads/b",
  "/ads/c",
  "/banner/a",
  "/banner/b",
];

test.each([
  ["/ads/*x*y", ["/ads/*x", "/ads/"], "segments go from the end, one by one"],
  ["/ads/*x|", ["/ads/*x", "/ads/"], "the anchor at the end goes first"],
  ["/ads/|", ["/ads/"], "the anchor alone"],
  ["||a.example/ads/*x", ["||a.example/ads/"], "the anchor at the start stays"],
  ["|http://*/ads/*x", ["|http://*/ads/"], "and so does what stands before the token"],
  ["/ads/*/banner/*x", ["/ads/*/banner/"], "of two tokens the rarer one stays"],
  ["/banner/*/ads/*x", ["/banner/*/ads/", "/banner/"], "and the other one may go"],
  ["||a.example^*/ads/*x", ["||a.example^*/ads/", "||a.example^"], "a host may be the rarest"],
  ["x*y/ads/z", [], "all of the segment stays"],
  ["/ads/x", [], "a single segment"],
  ["-ads*/banner/*x", ["-ads*/banner/"], "a run before a wildcard is no token"],
  ["/x/ads/*/banner|", ["/x/ads/*/banner", "/x/ads/"], "nor is one that only the anchor ends"],
  ["/ads|", [], "nothing would be left to look it up by"],
  [".com/*x", [], "a word that very many have is about everything"],
  ["||a.example.com/*x", ["||a.example.com/"], "unless there is a rarer one beside it"],
  ["|http://*x", [], "a scheme is about everything"],
  ["|https://a*/y|", [], "nor does it stay with an anchor"],
])("%s is widened to %j: %s", (pattern, wider) => {
  expect(widenedPatterns(pattern, new RareTokens([...COMMON, pattern]))).toEqual(wider);
});
