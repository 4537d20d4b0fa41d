// URLs against 100,000 rules, half exact and half prefixes, and against 100,000 patterns of a list, beside filter engines with
// the same rules.
// Run after a build: `npm run bench -- compiler/bench/urls`.
import { createHash } from "node:crypto";
import { type CompileInput, compile } from "@demarc/compiler";
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
const request: { at: number; url: string; places: Request["places"] } = {
  at: Date.parse("2026-06-01T00:00:00Z"),
  url: "",
  places: [{ connector: "subject-location", territory: "DE", confidence: 1 }],
};

// Compiles, and says what it costs; returns who asks the image.
function asker(what: string, input: CompileInput): (url: string) => boolean {
  const start = process.cpuUsage().user;
  const compiled = compile(input);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const opened = openImage(compiled.image);
  if (!opened.ok) throw new Error(opened.issue.message);
  const image = opened.value;
  console.log(`\n${COUNT.toLocaleString("en")} ${what}`);
  for (const { message } of compiled.diagnostics) console.log(message);
  row("compile", `${format((process.cpuUsage().user - start) / 1e6)} s`);
  row("image", `${format(compiled.image.length / COUNT)} bytes/rule`);
  return (url) => {
    request.url = url;
    return decide(image, request).verdict === "refuse";
  };
}

async function besidePeers(decided: (url: string) => boolean, rules: readonly string[], asked: string) {
  const ours: Contender = { name: "demarc decide", ask: decided };
  const parsed: Contender = {
    name: "demarc parseUrl and decide",
    ask: (text) => {
      const url = parseUrl(text);
      return url.ok && decided(url.value.href);
    },
  };
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
}

const decided = asker("URL rules", ruleInput(selectors));
// As a browser asks: long paths and queries, one in four below a rule.
const asked = Array.from({ length: 100_000 }, () => {
  const base =
    below(4) === 0 ? (listed[below(COUNT / 2) * 2 + 1] ?? "") : `https://${madeName(below)}/${path(2)}`;
  return `${base}/${path(2)}?id=${below(1e9)}&v=${word()}`;
}).join("\n");
const rules = listed.map((url, index) => (index % 2 === 0 ? `|${url}|` : `|${url}^`));
await besidePeers(decided, rules, asked);

// What an attacker would send: every character a boundary, as long as a request line may be.
const hostile = ["/", "?", "a/", "a", "%41"].map(
  (part) => `https://example.com/${part.repeat(8_000 / part.length)}`,
);
tellWorst(decided, hostile);

// As lists write them: below a host, anywhere, with a wildcard, at both ends.
const patterns = Array.from({ length: COUNT }, (_, index) => {
  if (index % 10 === 0) return `||${madeName(below)}/*/${word()}^`;
  if (index % 10 < 5) return `||${madeName(below)}/${word()}/`;
  if (index % 10 < 9) return `/${path(2)}.`;
  return `|https://${madeName(below)}/${path(2)}.js|`;
});
const bytes = new TextEncoder().encode(`${patterns.join("\n")}\n`);
const sha256 = createHash("sha256").update(bytes).digest("hex");
const list = { type: "list", ref: "list", sha256, format: "adguard" } as const;
const patternDecided = asker("URL patterns", ruleInput([list], [{ ref: "list", bytes }]));
const askedPatterns = Array.from({ length: 100_000 }, () => {
  const end = `${path(2)}?id=${below(1e9)}&v=${word()}`;
  if (below(4) > 0) return `https://${madeName(below)}/${path(2)}/${end}`;
  const pattern = patterns[below(COUNT)] ?? "";
  if (pattern.startsWith("/")) return `https://${madeName(below)}${pattern}${end}`;
  const text = pattern.replace(/^\|+/, "").replace("*", word()).replace(/\^$/, "/").replace(/\|$/, "");
  return pattern.startsWith("||") ? `https://${text}${end}` : text;
}).join("\n");
await besidePeers(patternDecided, patterns, askedPatterns);
tellWorst(
  patternDecided,
  // Tokens of many patterns, in a host and behind it.
  ["/", "a/", `${word().split("-")[0]}/`].map(
    (part) => `https://${madeName(below)}/${part.repeat(8_000 / part.length)}`,
  ),
);

function tellWorst(ask: (url: string) => boolean, urls: readonly string[]): void {
  const worst = Math.max(
    ...urls.map((url) => {
      const times = Array.from({ length: 200 }, () => {
        const from = performance.now();
        ask(url);
        return performance.now() - from;
      });
      return times.toSorted((a, b) => a - b)[100] ?? 0;
    }),
  );
  row("worst of hostile URLs, 8,100 characters", beside(worst, 0.2, "ms"));
}
