// Names against a list of a million: the cost of an answer, of memory, of loading, beside what one would use else.
// Run after a build: `npm run bench -- names`. A number as argument asks for so many names.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compile } from "@demarc/compiler";
import { decide, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { beside, type Contender, compare, format, row } from "./support/compare.ts";
import { filterEngines } from "./support/engines.ts";
import { listInput } from "./support/list-input.ts";
import { memoryAlone } from "./support/memory-alone.ts";
import { readNanoseconds } from "./support/read-nanoseconds.ts";
import { sampleNames, sampleQueries } from "./support/sample-names.ts";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const QUERIES = Number(process.env["BENCH_QUERIES"] ?? 500_000);
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const { names, real } = sampleNames(COUNT);
console.log(
  `${COUNT.toLocaleString("en")} names, ${real.toLocaleString("en")} of them real, each with all names below it, under one rule`,
);

const input = listInput(names);
collect();
const before = process.memoryUsage();
const most = process.resourceUsage().maxRSS * 1024;
const start = process.cpuUsage();
const compiled = compile(input);
const spent = process.cpuUsage(start);
if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
const peak = process.resourceUsage().maxRSS * 1024;
const bytes = compiled.image;
row("compile", beside((spent.user + spent.system) / 1e6, 2.5, "s"));
row("most memory while compiling, over the list", `${format((peak - before.rss) / bytes.length)} x image`);
// The system tells the most memory that a process ever had, and making the names took more than was left of it: below this the
// row above can not be, whatever the compiler does.
row("  of it, before it was compiled", `${format((most - before.rss) / bytes.length)} x image`);
row("  in a process that only compiles", beside(memoryAlone(input, 0), 2, "x image"));
// Some ten megabytes are the engine's, for its own code and for ours that it compiles.
row("  when it compiled a short list before", beside(memoryAlone(input, 50_000), 2, "x image"));
row("image", beside(bytes.length / COUNT, 16, "bytes/rule"));

const file = join(tmpdir(), `demarc-bench-${process.pid}.image`);
writeFileSync(file, bytes);
const loads = { plain: timeOf(() => load(false)), digest: timeOf(() => load(true)) };
row("of it read for every question (hot)", beside(hotBytes(bytes) / COUNT, 5.3, "bytes/rule"));
row("load from file", beside(loads.plain, 15, "ms"));
row("load from file, digest checked", beside(loads.digest, 40, "ms"));
const image = load(false);
rmSync(file);

// Blocks and filters of the names, see docs/image-format.md.
function hotBytes(image: Uint8Array): number {
  const view = new DataView(image.buffer, image.byteOffset);
  const sections = Array.from({ length: view.getUint32(12, true) }, (_, index) => 48 + index * 16);
  const names = sections.find((at) => view.getUint32(at, true) === 9) ?? 0;
  const at = view.getUint32(names + 4, true);
  const blocks = view.getUint32(at + 12, true);
  return blocks * 64 + (blocks - 1) * 16;
}

function sha256(content: Uint8Array): Uint8Array {
  return createHash("sha256").update(content).digest();
}

function load(checked: boolean): PolicyImage {
  const opened = openImage(readFileSync(file), { digest: checked ? "verify" : "trust", sha256 });
  if (!opened.ok) throw new Error(opened.issue.message);
  return opened.value;
}

function timeOf(once: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now();
    once();
    return performance.now() - from;
  });
  return times.toSorted((a, b) => a - b)[2] ?? 0;
}

const set = new Set(names);
const request: { at: number; name: string; places: Request["places"] } = {
  at: Date.parse("2026-06-01T00:00:00Z"),
  name: "",
  places: [{ connector: "subject-location", territory: "DE", confidence: 1 }],
};
const ours: Contender = {
  name: "demarc decide",
  ask: (name) => {
    request.name = name;
    return decide(image, request).verdict === "refuse";
  },
};
// The least that anybody could do: no rules, no time, no place.
const walk: Contender = {
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
// What any answer takes: to read each character once, here into a hash of two words, and nothing else.
const floor: Contender = {
  name: "floor: two hashes of the name",
  ask: (name) => {
    let one = 0x811c_9dc5;
    let two = 0x9e37_79b1;
    for (let index = name.length - 1; index >= 0; index -= 1) {
      const code = name.charCodeAt(index);
      one = Math.imul(one ^ code, 0x0100_0193);
      two = Math.imul(two ^ code, 0x85eb_ca6b);
    }
    return (one ^ two) === 0;
  },
};
row("one read of as many bytes, waiting for the last one", `${format(readNanoseconds(bytes.length))} ns`);

const engines = process.env["BENCH_ENGINES"] === "0" ? [] : await filterEngines(names);
for (const [what, hits, skew, target] of [
  ["uniform, half of them listed", 0.5, 0, 220],
  ["none of them listed", 0, 0, 130],
  ["Zipf, half of them listed", 0.5, 1, 150],
] as const) {
  const text = sampleQueries(names, QUERIES, { hits, skew });
  const measured = compare([ours, walk, floor, ...engines], text);
  console.log(`\n${what}`);
  row("", "median", "best", "x ours", "yes");
  const [us, set] = measured;
  for (const { name, median, best, yes } of measured)
    row(
      name,
      `${format(median)} ns`,
      `${format(best)} ns`,
      format(median / (us?.median ?? 1)),
      `${(yes * 100).toFixed(1)} %`,
    );
  if (us?.yes !== set?.yes) throw new Error("the two exact ones disagree; the measurement is void");
  row("target", beside(us?.median ?? 0, target, "ns"));
}
