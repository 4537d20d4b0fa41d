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

// For nothing first, so that what is measured is the image and not the program that gets warm; then several, since an engine
// makes things of its own meanwhile.
const SEVERAL = 8;
for (let round = 0; round < SEVERAL; round += 1) open(buffer)("a.example");
const before = used();
const images = Array.from({ length: SEVERAL }, () => open(buffer));
const opened = (used() - before) / images.length;
const answers = names.map((name) => images[0]?.(name));
if (port !== null) port.postMessage({ opened, answers });
