// Exceptions that would cost too much: what they are widened to matches wherever they do, and the reference has the same.
import { decide, openImage } from "@demarc/matcher";
import { type PatternPart, placePatterns } from "@demarc/matcher/format";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.ts";
import { matchesPattern } from "../src/matches-pattern.ts";
import { referenceDecide } from "../src/reference.ts";
import { inputOf, listOf, policyOf, ruleOf } from "./support/documents.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 500);
const at = Date.parse("2026-06-01T00:00:00Z");
const places = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const LONG = "q".repeat(120);
// Few words, so that many patterns share them, and segments that are slow to search for.
const segment = fc
  .tuple(
    fc.constantFrom("/ads/", "^ads^", "/banner.", "x", "/x/", ".gif", LONG, `/${LONG}`),
    fc.constantFrom("", "", "a", "b", "c", "d", "e"),
  )
  .map((parts) => parts.join(""));
const patterns = fc
  .tuple(
    fc.constantFrom("", "", "||a.example/*", "||b.example^", "|http://a.example/", "|http://*"),
    fc.constantFrom("/ads/", "^ads^", "/ads?", "/banner."),
    fc.array(segment, { maxLength: 3 }),
    fc.constantFrom("", "", "", "|"),
  )
  .map(([start, first, rest, end]) => [`${start}${first}`, ...rest].join("*") + end)
  .filter((pattern) => pattern.length <= 255);
// Without an anchor it may look like a regular expression.
const line = (pattern: string) => (pattern.startsWith("|") ? pattern : `*${pattern}`);
const urls = fc
  .tuple(
    fc.constantFrom("http://a.example", "https://www.b.example", "http://c.example"),
    fc.array(fc.constantFrom("/ads/", "/ads?", "/banner.", "x", "/x/a", ".gif", LONG, "a", "b", "/"), {
      maxLength: 6,
    }),
  )
  .map(([host, path]) => `${host}/${path.join("")}`);
// URLs that patterns match, with something else in between.
const matching = fc.tuple(patterns, fc.constantFrom("", "/", "a", "x/b")).map(([pattern, between]) => {
  const text = pattern
    .replace(/^\|+|\|$/g, "")
    .replaceAll("^", "/")
    .replaceAll("*", between);
  if (pattern.startsWith("||")) return `http://${text}`;
  return pattern.startsWith("|") ? text.replace("http:///", "http://c.example/") : `http://a.example/${text}`;
});
const asked = fc.array(fc.oneof(urls, matching), { minLength: 10, maxLength: 20 });
const crowd = fc.uniqueArray(patterns, { minLength: 1, maxLength: 60, size: "max" });

const partsOf = (entries: readonly string[], exceptions: readonly string[]): PatternPart[] => {
  const parts = new Map<string, { atom: number; excluded: boolean }[]>();
  for (const [list, excluded] of [
    [entries, false],
    [exceptions, true],
  ] as const)
    for (const each of list) parts.set(each, [...(parts.get(each) ?? []), { atom: 0, excluded }]);
  return [...parts].map(([pattern, postings]) => ({ pattern, postings }));
};

describe("placing", () => {
  test("what a pattern is widened to matches wherever it does; blocks are never widened", {
    timeout: 60_000 + numRuns * 20,
  }, () => {
    let [matched, wider] = [0, 0];
    fc.assert(
      fc.property(crowd, crowd, asked, (entries, exceptions, asked) => {
        const { placed, refused, widened } = placePatterns(partsOf(entries, exceptions));
        const exceptionsIn = placed.filter(({ postings }) => postings.some((each) => each.excluded));
        for (const { pattern, as, postings } of widened) {
          expect(postings).toEqual([{ atom: 0, excluded: true }]);
          expect(exceptionsIn.map((each) => each.pattern)).toContain(as);
          for (const url of asked)
            if (matchesPattern(as, url)) {
              wider += 1;
              if (matchesPattern(pattern, url)) matched += 1;
            } else expect(matchesPattern(pattern, url), `${pattern}\n${as}\n${url}`).toBe(false);
        }
        // Every posting of every pattern is somewhere, once.
        const gone = [...refused, ...widened].flatMap(({ pattern, postings }) =>
          postings.map((each) => `${pattern} ${each.excluded}`),
        );
        expect(new Set(gone).size).toBe(gone.length);
        const shown = new Set(
          placed.flatMap(({ pattern, postings }) => postings.map((each) => `${pattern} ${each.excluded}`)),
        );
        for (const { pattern, postings } of partsOf(entries, exceptions))
          for (const { excluded } of postings) {
            const name = `${pattern} ${excluded}`;
            if (!gone.includes(name)) expect(shown).toContain(name);
          }
        expect(new Set(placed.map((each) => each.pattern)).size).toBe(placed.length);
      }),
      { numRuns },
    );
    if (numRuns >= 500) expect(Math.min(matched, wider - matched)).toBeGreaterThan(numRuns / 5);
  });

  test("depends on the patterns alone, not on their order", () => {
    const inOrder = (parts: readonly PatternPart[]) => {
      const { placed, refused, widened } = placePatterns(parts);
      const sorted = placed.map(({ pattern, token, at, postings }) => [
        pattern,
        token,
        at,
        postings.map(({ excluded }) => String(excluded)).toSorted(),
      ]);
      return [sorted.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)), refused, widened];
    };
    fc.assert(
      fc.property(crowd, crowd, fc.infiniteStream(fc.nat()), (entries, exceptions, order) => {
        const parts = partsOf(entries, exceptions);
        const mixed = parts
          .map((part) => ({ part, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ part }) => part);
        expect(inOrder(mixed)).toEqual(inOrder(parts));
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  test("exceptions have room before blocks, whatever these cost", () => {
    // Blocks that are cheap to search for, of 250 words, and exceptions that are not.
    const words = Array.from({ length: 250 }, (_, index) => (46_656 / 2 + index).toString(36).slice(-3));
    const blocks = words.flatMap((word) => letters.slice(0, 3).map((each) => `/${word}/*q${each}`));
    const exceptions = ["/ads/", "/banner/", "/tracker/"].map((each) => `${each}*${"q".repeat(200)}`);
    const { refused, widened } = placePatterns(partsOf(blocks, exceptions));
    expect(widened).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    for (const { postings } of refused) expect(postings).toEqual([{ atom: 0, excluded: false }]);
  });

  test("patterns that become alike need room once", () => {
    const { refused, widened, placed } = placePatterns(
      partsOf(
        [],
        letters.map((each) => `/ads/*${each}`),
      ),
    );
    expect(refused).toEqual([]);
    expect(new Set(widened.map(({ as }) => as))).toEqual(new Set(["/ads/"]));
    expect(placed.filter(({ pattern }) => pattern === "/ads/")).toHaveLength(1);
  });

  test("what has a single segment is refused where its words are full", () => {
    const { refused, widened } = placePatterns(
      partsOf(
        [],
        letters.map((each) => `/ads/${each}`),
      ),
    );
    expect(widened).toEqual([]);
    expect(refused.map(({ why }) => why)).toContain("token-shared");
  });

  test("a pattern that blocks and excepts is widened where it excepts, and refused where it blocks", () => {
    const all = letters.map((each) => `/ads/*${each}`);
    const { refused, widened } = placePatterns(partsOf(all, all));
    expect(widened.length).toBeGreaterThan(0);
    expect(widened.every(({ postings }) => postings.every((each) => each.excluded))).toBe(true);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ postings }) => postings.every((each) => !each.excluded))).toBe(true);
  });

  test("exceptions that leave each other without room end", () => {
    const words = Array.from({ length: 400 }, (_, index) => `w${index.toString(36).padStart(3, "0")}`);
    const chain = words.flatMap((word, index) =>
      letters
        .slice(0, 8)
        .map((each) => `/${word}/*/${words[index + 1] ?? "end"}/*${each}*${"q".repeat(100)}`),
    );
    const start = performance.now();
    const { placed, widened, refused } = placePatterns(partsOf([], chain));
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(widened.length + refused.length).toBeGreaterThan(0);
    expect(placed.length).toBeGreaterThan(0);
  });
});

describe("compiling", () => {
  const resultOf = (text: string) => {
    const { selector, list } = listOf("https://lists.example/p", text, "adguard");
    return compile(
      inputOf({ policies: [policyOf("p", [ruleOf("r", { selectors: [selector] })])], lists: [list] }),
    );
  };

  test("widened exceptions are counted and told, with the first and what it became", () => {
    const result = resultOf(["*/ads/", ...letters.map((each) => `@@/ads/*${each}`)].join("\n"));
    expect(
      result.diagnostics.map(({ code, severity, rule, message }) => [code, severity, rule, message]),
    ).toEqual([
      [
        "compiler/list-widened",
        "warning",
        "r",
        "20 URL patterns of `https://lists.example/p` that except something would make some requests too slow and are widened, so less is blocked; the first, `/ads/*g`, is kept as `/ads/`",
      ],
    ]);
    expect(result.ok && result.stats.listEntries).toBe(27);
  });

  test("what is refused says whether exceptions are among it", () => {
    const helpOf = (lines: readonly string[]) =>
      resultOf(lines.join("\n")).diagnostics.map(({ code, help }) => `${code}: ${help}`);
    expect(helpOf(letters.map((each) => `@@/ads/${each}`))).toEqual([
      "compiler/list-patterns: exceptions are among them, so the list blocks more than it says: write patterns with longer, rarer words",
    ]);
    expect(helpOf(letters.map((each) => `/ads/${each}`))).toEqual([
      "compiler/list-patterns: write patterns with longer, rarer words, and fewer wildcards",
    ]);
  });
});

test("the image and the reference agree about lists that have too much", {
  timeout: 120_000 + numRuns * 60,
}, () => {
  const seen = { widened: 0, refused: 0, pass: 0, refuse: 0 };
  const texts = fc
    .tuple(crowd, crowd)
    .map(([entries, exceptions]) =>
      [...entries.map(line), ...exceptions.map((each) => `@@${line(each)}`)].join("\n"),
    );
  fc.assert(
    fc.property(
      texts,
      texts,
      fc.constantFrom("block", "allow"),
      fc.boolean(),
      asked,
      (own, other, action, isAlsoException, asked) => {
        const [one, two] = [
          listOf("https://lists.example/one", own, "adguard"),
          listOf("https://lists.example/two", other, "adguard"),
        ];
        const rules = [
          ruleOf("a", {
            selectors: [one.selector],
            ...(isAlsoException ? { exceptions: [two.selector] } : {}),
          }),
          ruleOf("b", {
            selectors: [two.selector],
            effect: action === "block" ? { action, notice: {} } : { action },
          }),
        ];
        const input = inputOf({ policies: [policyOf("p", rules)], lists: [one.list, two.list] });
        const compiled = compile(input);
        const opened = compiled.ok ? openImage(compiled.image) : null;
        if (!opened?.ok) throw new Error("there is no image");
        for (const { code } of compiled.diagnostics) {
          if (code === "compiler/list-widened") seen.widened += 1;
          if (code === "compiler/list-patterns") seen.refused += 1;
        }
        for (const url of asked) {
          const request = { at, places, url };
          const { verdict, rule } = decide(opened.value, request);
          const reference = referenceDecide(input, request);
          seen[verdict] += 1;
          expect([verdict, rule?.id ?? null], `${own}\n\n${other}\n\n${url}`).toEqual([
            reference.verdict,
            reference.rule,
          ]);
        }
      },
    ),
    { numRuns: Math.ceil(numRuns / 5) },
  );
  if (numRuns >= 500) expect(Math.min(...Object.values(seen))).toBeGreaterThan(numRuns / 20);
});
