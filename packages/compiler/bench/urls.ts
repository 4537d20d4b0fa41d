// URLs against 100,000 rules, half exact and half prefixes, beside filter engines with the same rules.
// Run after a build: `npm run bench -- compiler/bench/urls`.
import { compile } from "@demarc/compiler";
import { decide, openImage, type Request } from "@demarc/matcher";
import { parseUrl } from "@demarc/net";
import { beside, type Contender, compare, format, row } from "./support/compare.ts";
import { filterEngines } from "./support/engines.ts";
import { ruleInput } from "./support/list-input.ts";
import { generator } from "./support/random.ts";
import { madeName } from "./support/sample-names.ts";

const COUNT = Number(process.argv[2] ?? 100_000);
const below = generator(29);
const word = (): string => madeName(below).replaceAll(".", "-");
const path = (segments: number): string => Array.from({ length: segments }, word).join("/");

const listed = Array.from({ length: COUNT }, () => `https://${madeName(below)}/${path(1 + below(2))}`);
// The longest that a rule of the list can make a lookup go.
listed[1] = `https://example.com/${"a/".repeat(4_000)}`;
const selectors = listed.map((value, index) => ({
  type: "url" as const,
  value,
  match: index % 2 === 0 ? ("exact" as const) : ("prefix" as const),
}));
const start = process.cpuUsage().user;
const compiled = compile(ruleInput(selectors));
if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
const opened = openImage(compiled.image);
if (!opened.ok) throw new Error(opened.issue.message);
const image = opened.value;
console.log(`${COUNT.toLocaleString("en")} URL rules`);
row("compile", `${format((process.cpuUsage().user - start) / 1e6)} s`);
row("image", `${format(compiled.image.length / COUNT)} bytes/rule`);

const request: { at: number; url: string; places: Request["places"] } = {
  at: Date.parse("2026-06-01T00:00:00Z"),
  url: "",
  places: [{ connector: "subject-location", territory: "DE", confidence: 1 }],
};
const decided = (url: string): boolean => {
  request.url = url;
  return decide(image, request).verdict === "refuse";
};
const ours: Contender = { name: "demarc decide", ask: decided };
const parsed: Contender = {
  name: "demarc parseUrl and decide",
  ask: (text) => {
    const url = parseUrl(text);
    return url.ok && decided(url.value.href);
  },
};
// As a browser asks: long paths and queries, one in four below a rule.
const asked = Array.from({ length: 100_000 }, () => {
  const base =
    below(4) === 0 ? (listed[below(COUNT / 2) * 2 + 1] ?? "") : `https://${madeName(below)}/${path(2)}`;
  return `${base}/${path(2)}?id=${below(1e9)}&v=${word()}`;
}).join("\n");
const rules = listed.map((url, index) => (index % 2 === 0 ? `|${url}|` : `|${url}^`));
const measured = compare([ours, parsed, ...(await filterEngines(rules, "rules"))], asked);
row("", "median", "best", "x ours", "yes");
for (const { name, median, best, yes } of measured)
  row(
    name,
    `${format(median / 1000)} µs`,
    `${format(best / 1000)} µs`,
    format(median / (measured[0]?.median ?? 1)),
    `${(yes * 100).toFixed(1)} %`,
  );
row("target", beside((measured[0]?.median ?? 0) / 1000, 1.5, "µs"));

// What an attacker would send: every character a boundary, as long as a request line may be.
const hostile = ["/", "?", "a/", "a", "%41"].map(
  (part) => `https://example.com/${part.repeat(8_000 / part.length)}`,
);
const worst = Math.max(
  ...hostile.map((url) => {
    const times = Array.from({ length: 200 }, () => {
      const from = performance.now();
      decided(url);
      return performance.now() - from;
    });
    return times.toSorted((a, b) => a - b)[100] ?? 0;
  }),
);
row("worst of hostile URLs, 8,100 characters", beside(worst, 0.2, "ms"));
