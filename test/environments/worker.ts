// A thread over memory that it shares with others: it opens the images where they are and posts the answers.
import { parentPort, workerData } from "node:worker_threads";
import { type Asked, answersOf } from "./ask.ts";

/** What the thread is started with. */
export interface Given {
  readonly matcher: string;
  readonly images: readonly SharedArrayBuffer[];
  readonly asked: readonly Asked[];
}

const { matcher, images, asked } = workerData as Given;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window's
parentPort?.postMessage(answersOf(await import(matcher), images, asked));
