// A thread that asks the build, as programs run it, and tells how many bytes a decision leaves behind.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort as port, workerData } from "node:worker_threads";
import { decide, openImage, type Request } from "../../dist/index.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const { bytes, requests } = workerData as {
  readonly bytes: Uint8Array;
  readonly requests: readonly Request[];
};
const opened = openImage(bytes);
if (!opened.ok) throw new Error(opened.issue.message);
const image = opened.value;

const QUESTIONS = 200_000;
const ROUNDS = 5;

// The least of several rounds: the engine makes things of its own while it gets warm.
function bytesOf(request: Request): number {
  for (let index = 0; index < QUESTIONS; index += 1) decide(image, request);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < QUESTIONS; index += 1) decide(image, request);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  return least / QUESTIONS;
}

if (port !== null) port.postMessage(requests.map(bytesOf));
