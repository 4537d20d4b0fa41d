// A thousand names more and a thousand fewer in a list of a million: the size of the delta, and how long a program that
// applies it in steps stands still. Run after a build: `npm run bench -- deltas`.
import { createHash } from "node:crypto";
import { compile } from "@demarc/compiler";
import { decide, openImage } from "@demarc/matcher";
import { makeDelta, openDelta } from "@demarc/matcher/delta";
import { beside, row } from "./support/compare.ts";
import { listInput } from "./support/list-input.ts";
import { sampleNames } from "./support/sample-names.ts";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const CHANGED = 1000;
const STEP_BYTES = 1_000_000;

const { names } = sampleNames(COUNT + CHANGED);
const [before, after] = [names.slice(0, COUNT), names.slice(CHANGED)].map((each) => {
  const compiled = compile(listInput(each));
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  return compiled.image;
});
if (before === undefined || after === undefined) throw new Error("two images");
const madeFrom = performance.now();
const made = makeDelta(before, after);
if (!made.ok) throw new Error(made.issue.message);
row(`names, of which ${CHANGED} go and ${CHANGED} come`, COUNT.toLocaleString("en"));
row("make the delta", `${(performance.now() - madeFrom).toFixed(0)} ms`);
row("image", `${(after.length / 1e6).toFixed(1)} MB`);
row("delta", `${(made.value.length / 1e3).toFixed(0)} kB`);

const runs = Array.from({ length: 9 }, () => {
  const start = performance.now();
  const opened = openDelta(made.value, before, { hash: () => createHash("sha256"), shared: true });
  if (!opened.ok) throw new Error(opened.issue.message);
  const stalls = [performance.now() - start];
  let written = 0;
  while (opened.value.result() === null) {
    const from = performance.now();
    if (opened.value.step(STEP_BYTES) <= after.length) written = from - start;
    stalls.push(performance.now() - from);
  }
  const result = opened.value.result();
  if (result?.ok !== true || !Buffer.from(result.value).equals(Buffer.from(after)))
    throw new Error("not the image");
  const from = performance.now();
  const image = openImage(result.value, { digest: "trust" });
  if (!image.ok) throw new Error(image.issue.message);
  decide(image.value, { at: Date.now(), name: "www.example.org" });
  stalls.push(performance.now() - from);
  return { written, total: performance.now() - start, stall: Math.max(...stalls) };
});
// The least that it can take: the new image is memory that nothing has touched yet.
const copies = Array.from({ length: 9 }, () => {
  const start = performance.now();
  new Uint8Array(new SharedArrayBuffer(after.length)).set(after);
  return performance.now() - start;
});
const copied = copies.toSorted((a, b) => a - b)[4] ?? 0;
const median = (of: (run: (typeof runs)[number]) => number) => runs.map(of).toSorted((a, b) => a - b)[4] ?? 0;
row(
  "write the new image",
  beside(
    median((run) => run.written),
    5,
    "ms",
  ),
);
row("copy the image alone into new memory", `${copied.toFixed(1)} ms`);
row("write it, check its digest and open it", `${median((run) => run.total).toFixed(1)} ms`);
row(
  `longest stall, in steps of ${STEP_BYTES / 1e6} MB`,
  beside(
    median((run) => run.stall),
    5,
    "ms",
  ),
);
