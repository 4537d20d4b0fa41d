// A decision is made of nothing: many of them leave no more behind than one.
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { encodeImage } from "../src/format.ts";
import { decide, openImage, type Request } from "../src/index.ts";
import { parts } from "./support/parts.ts";

/** The smallest object has 12. */
const MOST_BYTES = 4;

const { bytes } = encodeImage({ ...parts, any: [] });
const at = Date.parse("2026-06-01T00:00:00Z");
const german = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;
const wire = new TextEncoder().encode("\u0003www\u0004else\u0004test\u0000");

const requests: Readonly<Record<string, Request>> = {
  "no rule names it": { at, name: "www.else.test", places: german },
  "no rule names it, in the bytes of a packet": { at, wireName: { bytes: wire, from: 0, to: wire.length } },
  "patterns are searched for, and do not match": { at, url: "http://c.example/ads/x/banner/ads.gif?y" },
  "no rule has its address": { at, address: Uint8Array.of(198, 51, 100, 1), port: 80, protocol: "tcp" },
  "a rule decides": { at, name: "a.example", places: german },
  "a rule does not apply": { at, name: "a.example", places: [{ ...german[0], territory: "US" }] },
};

test("no decision leaves an object behind, whatever comes of it", { timeout: 60_000 }, async () => {
  const image = openImage(bytes);
  if (!image.ok) throw new Error(image.issue.message);
  expect(Object.values(requests).map((request) => decide(image.value, request).rule?.id ?? null)).toEqual([
    null,
    null,
    null,
    null,
    "a",
    null,
  ]);
  const left = await new Promise<readonly number[]>((resolve, reject) => {
    new Worker(new URL("support/allocation-worker.ts", import.meta.url), {
      workerData: { bytes, requests: Object.values(requests) },
      // Room for all of it: what is collected meanwhile would not be counted.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    })
      .once("message", resolve)
      .once("error", reject);
  });
  const most = Object.keys(requests).map((name, index) => [name, (left[index] ?? 99) < MOST_BYTES]);
  expect(most).toEqual(Object.keys(requests).map((name) => [name, true]));
});
