// Decisions of few and many structured rules (name, territory, dates, three layers), beside general policy engines.
// Run after a build: `npm run bench -- compiler/bench/policies`.
import { compile } from "@demarc/compiler";
import { decide, explain, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { beside, type Contender, compare, format, row } from "./support/compare.ts";
import { casbinOf, cedarOf, rulesEngineCost } from "./support/policy-engines.ts";
import { generator } from "./support/random.ts";
import { rulesInput, TERRITORIES } from "./support/rule-input.ts";

const QUESTIONS = 200_000;
const SIZES = [10, 100, 1_000, 10_000];

export function decideOf(count: number): Contender {
  return contender("demarc decide", count, (image, request) => decide(image, request).verdict === "refuse");
}

function explainOf(count: number): Contender {
  return contender("demarc explain", count, (image, request) => explain(image, request).applied.length === 1);
}

function contender(
  name: string,
  count: number,
  answer: (image: PolicyImage, request: Request) => boolean,
): Contender {
  const compiled = compile(rulesInput(count));
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const opened = openImage(compiled.image);
  if (!opened.ok) throw new Error(opened.issue.message);
  const image = opened.value;
  const at = Date.parse("2026-06-01T00:00:00Z");
  const places = TERRITORIES.map(
    (territory) => [{ connector: "subject-location", territory, confidence: 1 }] as const,
  );
  const request: { at: number; name: string; places: Request["places"] } = { at, name: "", places: [] };
  return {
    name,
    ask: (asked) => {
      request.name = asked;
      // The last digit of its number says where a rule holds.
      request.places = places[asked.charCodeAt(asked.length - 9) - 48];
      return answer(image, request);
    },
  };
}

export function questions(count: number, rules: number): string {
  const below = generator(3);
  return Array.from({ length: count }, () => `host-${below(rules)}.example`).join("\n");
}

function medianOf(asked: Contender, count: number, rules: number): number {
  const [measured] = compare([asked], questions(count, rules), 7);
  if (measured?.yes !== 1) throw new Error(`${asked.name} misses rules; the measurement is void`);
  return measured.median;
}

row("rules", ...SIZES.map((size) => size.toLocaleString("en")));
const medians = SIZES.map((size) => medianOf(decideOf(size), QUESTIONS, size));
row("demarc decide", ...medians.map((value) => `${format(value)} ns`));
const explained = SIZES.map((size) => medianOf(explainOf(size), QUESTIONS / 10, size));
row("demarc explain, one rule matches", ...explained.map((value) => `${format(value / 1000)} µs`));
for (const [name, make] of [
  ["casbin", casbinOf],
  ["cedar-wasm", cedarOf],
] as const) {
  const cells: string[] = [];
  for (const size of SIZES.slice(0, 3)) {
    const [measured] = compare([await make(size)], questions(Math.ceil(20_000 / size), size), 3);
    if (measured?.yes !== 1) throw new Error(`${name} misses rules; the measurement is void`);
    cells.push(`${format(measured.median / 1000)} µs`);
  }
  row(name, ...cells);
}
const costs: string[] = [];
for (const size of SIZES.slice(0, 3)) {
  const asked = questions(Math.ceil(5_000 / size), size).split("\n");
  costs.push(`${format((await rulesEngineCost(size, asked)) / 1000)} µs`);
}
row("json-rules-engine", ...costs);
row("target for 1,000 rules", beside(medians[2] ?? 0, 150, "ns"));
row("target for explain, 1,000 rules", beside((explained[2] ?? 0) / 1000, 3, "µs"));
row("10,000 rules beside 10 (flat is 1)", format((medians[3] ?? 0) / (medians[0] ?? 1)));
