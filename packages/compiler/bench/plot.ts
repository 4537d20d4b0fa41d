// Draws docs/cost-by-rules.svg: the cost of one answer against the number of rules, ours and others', measured in this run.
// Run after a build: `npm run bench -- compiler/bench/plot`. Takes some minutes; writes the picture only with WRITE=1.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@demarc/compiler";
import { decide, openImage, type Request } from "@demarc/matcher";
import { type Contender, compare, format, row } from "./support/compare.ts";
import { drawCosts, type Series } from "./support/draw-costs.ts";
import { filterEngines } from "./support/engines.ts";
import { listInput } from "./support/list-input.ts";
import { casbinOf, cedarOf, rulesEngineCost } from "./support/policy-engines.ts";
import { rulesInput, TERRITORIES } from "./support/rule-input.ts";
import { sampleNames, sampleQueries } from "./support/sample-names.ts";

const SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
const series = new Map<string, { readonly rules: number; readonly nanoseconds: number }[]>();
const note = (name: string, rules: number, nanoseconds: number): void => {
  series.set(name, [...(series.get(name) ?? []), { rules, nanoseconds }]);
  row(`${rules.toLocaleString("en")} rules, ${name}`, `${format(nanoseconds)} ns`);
};

function decideOf(input: Parameters<typeof compile>[0], territoryOf: (name: string) => number): Contender {
  const compiled = compile(input);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const opened = openImage(compiled.image);
  if (!opened.ok) throw new Error(opened.issue.message);
  const image = opened.value;
  const places = TERRITORIES.map(
    (territory) => [{ connector: "subject-location", territory, confidence: 1 }] as const,
  );
  const request: { at: number; name: string; places: Request["places"] } = {
    at: Date.parse("2026-06-01T00:00:00Z"),
    name: "",
    places: [],
  };
  return {
    name: "demarc",
    ask: (name) => {
      request.name = name;
      request.places = places[territoryOf(name)];
      return decide(image, request).verdict === "refuse";
    },
  };
}

function setOf(names: readonly string[]): Contender {
  const set = new Set(names);
  return {
    name: "Set and label walk",
    ask: (name) => {
      for (let from = 0; ; ) {
        if (set.has(from === 0 ? name : name.slice(from))) return true;
        const dot = name.indexOf(".", from);
        if (dot < 0) return false;
        from = dot + 1;
      }
    },
  };
}

const { names } = sampleNames(SIZES.at(-1) ?? 0);
for (const size of SIZES) {
  const some = names.slice(0, size);
  const contenders = [decideOf(listInput(some), () => 0), setOf(some), ...(await filterEngines(some))];
  for (const { name, best } of compare(contenders, sampleQueries(some, 200_000, { hits: 0.5, skew: 0 }), 3))
    note(name === "demarc" ? "demarc, names of a list" : name, size, best);
}
for (const size of SIZES.slice(0, 4)) {
  const asked = (count: number): string =>
    Array.from({ length: count }, (_, index) => `host-${(index * 7919) % size}.example`).join("\n");
  const ours = decideOf(rulesInput(size), (name) => Number(name.slice(5, -8)) % TERRITORIES.length);
  note("demarc, rules with scopes", size, compare([ours], asked(200_000), 5)[0]?.best ?? 0);
  if (size > 1_000) continue;
  for (const peer of [await casbinOf(size), await cedarOf(size)])
    note(peer.name, size, compare([peer], asked(Math.ceil(20_000 / size)), 2)[0]?.best ?? 0);
  note("json-rules-engine", size, await rulesEngineCost(size, asked(Math.ceil(5_000 / size)).split("\n")));
}

const drawn: readonly Series[] = [...series].map(([name, points]) => ({
  name,
  points,
  isOurs: name.startsWith("demarc"),
}));
if (process.env["WRITE"] === "1") {
  const file = join(import.meta.dirname, "../../../docs/cost-by-rules.svg");
  writeFileSync(file, drawCosts(drawn));
  console.log(`wrote ${file}`);
}
