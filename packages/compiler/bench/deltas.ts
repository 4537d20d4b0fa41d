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
const before = imageOf(names.slice(0, COUNT));
const after = imageOf(names.slice(CHANGED));
const madeFrom = performance.now();
const delta = deltaOf(before, after);
row(`names, of which ${CHANGED} go and ${CHANGED} come`, COUNT.toLocaleString("en"));
row("make the delta", `${(performance.now() - madeFrom).toFixed(0)} ms`);
row("image", `${(after.length / 1e6).toFixed(1)} MB`);
row("delta", `${(delta.length / 1e3).toFixed(0)} kB`);

function imageOf(each: readonly string[]): Uint8Array {
  const compiled = compile(listInput(each));
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  return compiled.image;
}

function deltaOf(base: Uint8Array, target: Uint8Array): Uint8Array {
  const made = makeDelta(base, target);
  if (!made.ok) throw new Error(made.issue.message);
  return made.value;
}

function apply(memory: SharedArrayBuffer | undefined) {
  const start = performance.now();
  const opened = openDelta(delta, before, { hash: () => createHash("sha256"), shared: true, memory });
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
  return { written, total: performance.now() - start, stall: Math.max(...stalls), image: result.value };
}
const RUNS = 9;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
// What was made is held: memory that is handed out again would not be new.
const made = Array.from({ length: RUNS }, () => apply(undefined));
const copies = Array.from({ length: RUNS }, () => {
  const start = performance.now();
  const image = new Uint8Array(new SharedArrayBuffer(after.length));
  image.set(after);
  return { took: performance.now() - start, image };
});
// As a program that goes from image to image: the one before the old one makes room.
const memory = new SharedArrayBuffer(after.length);
const again = Array.from({ length: RUNS }, () => apply(memory));
const written = (runs: typeof again) => median(runs.map((run) => run.written));
row("write the new image over an earlier one", beside(written(again), 5, "ms"));
row("  to memory that is new", `${written(made).toFixed(1)} ms`);
row("copy the image alone, to such memory", `${median(copies.map(({ took }) => took)).toFixed(1)} ms`);
row("write it, check its digest and open it", `${median(again.map((run) => run.total)).toFixed(1)} ms`);
const stall = median([...made, ...again].map((run) => run.stall));
row(`longest stall, in steps of ${STEP_BYTES / 1e6} MB`, beside(stall, 5, "ms"));
