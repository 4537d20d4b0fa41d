// Threads share the bytes of an image: each one more costs what a decision writes on, whatever the number of rules.
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { type AtomPart, encodeImage, KeyCollector, PrefixCollector } from "../src/format.ts";
import { decide, openImage } from "../src/index.ts";
import { parts, rulePart } from "./support/parts.ts";

const RULES = 10_000;
const MOST_BYTES = 100_000;
const at = Date.parse("2026-06-01T00:00:00Z");

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

const names = new KeyCollector();
for (let rule = 0; rule < RULES; rule += 1)
  names.add(`host-${rule}.example`, 1, { atom: rule, excluded: false });
const { bytes } = encodeImage({
  ...parts,
  rules: Array.from({ length: RULES }, (_, rule) =>
    rulePart(`rule-${String(rule).padStart(5, "0")}`, "block"),
  ),
  atoms: Array.from({ length: RULES }, (_, rule): AtomPart => ({ rule, role: "selector", list: null })),
  names,
  urls: new KeyCollector(),
  patterns: [],
  prefixes: new PrefixCollector(),
  ports: [],
  asns: new Map(),
  classes: new Map(),
  schedules: [],
  any: [],
});

interface Report {
  readonly opened: number;
  readonly answers: readonly (string | null)[];
}

function ask(buffer: SharedArrayBuffer, asked: readonly string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("support/open-worker.ts", import.meta.url), {
      workerData: { buffer, names: asked, at },
    });
    worker.once("message", resolve).once("error", reject);
  });
}

test(`two threads over one buffer of ${RULES} rules, under ${MOST_BYTES} bytes each`, async () => {
  const buffer = shared(bytes);
  const asked = [0, 1, 63, 64, 5000, RULES - 1, RULES].map((rule) => `www.host-${rule}.example`);
  const reports = await Promise.all([ask(buffer, asked), ask(buffer, asked)]);
  const image = openImage(new Uint8Array(buffer));
  if (!image.ok) throw new Error(image.issue.message);
  const places = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;
  const expected = asked.map((name) => decide(image.value, { at, name, places }).rule?.id ?? null);
  expect(expected.at(0)).toBe("rule-00000");
  expect(expected.at(-1)).toBeNull();
  for (const { opened, answers } of reports) {
    expect(answers).toEqual(expected);
    expect(opened).toBeLessThan(MOST_BYTES);
  }
  expect(Buffer.from(buffer).equals(bytes)).toBe(true);
});
