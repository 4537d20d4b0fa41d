// URL patterns of lists: the vectors, the image beside the plain matcher on texts that nearly match, and what is refused.
import { readFileSync } from "node:fs";
import { readList } from "@demarc/lists";
import { decide, explain, openImage, type PolicyImage } from "@demarc/matcher";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.ts";
import { matchesPattern } from "../src/matches-pattern.ts";
import { inputOf, listOf, policyOf, ruleOf, utf8 } from "./support/documents.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2000);
const at = Date.parse("2026-06-01T00:00:00Z");
const places = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;

function compiled(list: string) {
  const { selector, list: content } = listOf("https://lists.example/p", list, "adguard");
  const input = inputOf({
    policies: [policyOf("p", [ruleOf("r", { selectors: [selector] })])],
    lists: [content],
  });
  const result = compile(input);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

function imageOf(list: string): PolicyImage {
  const opened = openImage(compiled(list).image);
  if (!opened.ok) throw new Error(opened.issue.message);
  return opened.value;
}

function isRefused(image: PolicyImage, url: string): boolean {
  const bytes = utf8(url);
  const { verdict } = decide(image, { at, places, url });
  expect(decide(image, { at, places, urlSlice: { bytes, from: 0, to: bytes.length } }).verdict).toBe(verdict);
  return verdict === "refuse";
}

interface Vector {
  readonly pattern: string;
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly why: string;
}
const vectors = (
  JSON.parse(readFileSync(new URL("vectors/url-patterns.json", import.meta.url), "utf8")) as Vector[]
).map((vector) => ({
  ...vector,
  // `{1001}` fills up, so that what comes before it has so many characters with it.
  urls: [
    ...vector.yes.map((url) => [url, true] as const),
    ...vector.no.map((url) => [url, false] as const),
  ].map(
    ([url, matches]) =>
      [
        url.replace(/^(.*)\{(\d+)\}/, (_, before: string, to: string) => before.padEnd(Number(to), "x")),
        matches,
      ] as const,
  ),
}));

describe("vectors of URL patterns", () => {
  test.each(vectors)("$pattern: $why", ({ pattern, urls }) => {
    const image = imageOf(`${pattern}\n`);
    const { value } = readList("adguard", pattern).entries[0] ?? { value: "" };
    for (const [url, matches] of urls) {
      expect(isRefused(image, url), url).toBe(matches);
      expect(matchesPattern(value, url), url).toBe(matches);
    }
  });
});

const PIECES = ["/", "/", ".", "-", "ads", "ads", "banner", "a", "x", "?", "=", "%2f", "_", "example"];
const pieces = (more: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...PIECES, ...more), { maxLength }).map((parts) => parts.join(""));
const patterns = fc
  .tuple(
    fc.constantFrom("", "", "|http://", "||", "||a.example", "*"),
    pieces(["*", "*", "^", "^"], 7),
    fc.constantFrom("", "", "|", "^|", "^"),
  )
  .map((parts) => parts.join(""));
const urls = fc
  .tuple(
    fc.constantFrom(
      "http://a.example/",
      "https://b.a.example/",
      "http://ads.example:8080/",
      "http://[2001:db8::1]/",
    ),
    pieces(["ads/ads/", "/banner"], 12),
    fc.constantFrom(0, 0, 0, 960, 1010),
    pieces([], 8),
  )
  .map(([host, path, fill, rest]) => `${(host + path).padEnd(fill, "/ads")}${rest}`);

test("the image and the plain matcher agree", { timeout: 20_000 + numRuns * 10 }, () => {
  const seen = { yes: 0, excepted: 0 };
  fc.assert(
    fc.property(
      fc.array(patterns, { minLength: 1, maxLength: 12 }),
      fc.array(
        fc.oneof(patterns, fc.constantFrom("/ads/x", "-ads-", "||a.example/ads", "^ads^", "/banner-")),
        {
          maxLength: 3,
        },
      ),
      fc.array(urls, { minLength: 1, maxLength: 8 }),
      (listed, excepted, asked) => {
        const text = [...listed, ...excepted.map((each) => `@@${each}`)].join("\n");
        const { entries, exceptions } = readList("adguard", text);
        // Names say nothing about a URL alone.
        const matches = (list: typeof entries, url: string) =>
          list.some(({ type, value }) => type === "url-pattern" && matchesPattern(value, url));
        const image = imageOf(text);
        for (const url of asked) {
          const [isListed, isExcepted] = [matches(entries, url), matches(exceptions, url)];
          if (isListed) seen[isExcepted ? "excepted" : "yes"] += 1;
          expect(isRefused(image, url), `${text}\n\n${url}`).toBe(isListed && !isExcepted);
        }
      },
    ),
    { numRuns },
  );
  if (numRuns >= 1000) expect(Math.min(seen.yes, seen.excepted)).toBeGreaterThan(numRuns / 400);
});

test("a pattern matches as its list does", () => {
  const image = imageOf("||a.example/ads/*.gif\n");
  const { applied } = explain(image, { at, places, url: "http://a.example/ads/x.gif" });
  expect(applied).toMatchObject([{ specificity: { kind: "list", length: 0 }, outcome: "decides" }]);
});
