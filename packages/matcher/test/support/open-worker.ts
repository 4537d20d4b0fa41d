// A thread that opens an image which another thread holds, and tells what its own memory grew by.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort as port, workerData } from "node:worker_threads";
import { decide, openImage } from "../../dist/index.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const { buffer, names, at } = workerData as {
  readonly buffer: SharedArrayBuffer;
  readonly names: readonly string[];
  readonly at: number;
};

function used(): number {
  for (let round = 0; round < 3; round += 1) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function open(bytes: SharedArrayBuffer): (name: string) => string | null {
  const image = openImage(new Uint8Array(bytes), { digest: "trust" });
  if (!image.ok) throw new Error(image.issue.message);
  const places = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;
  return (name) => decide(image.value, { at, name, places }).rule?.id ?? null;
}

// Once for nothing, so that what is measured is the image and not the program that gets warm.
open(buffer)("a.example");
const before = used();
const ask = open(buffer);
const opened = used() - before;
const answers = names.map(ask);
if (port !== null) port.postMessage({ opened, answers });
