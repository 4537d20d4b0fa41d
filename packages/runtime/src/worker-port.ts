// A log in a thread of its own, as the sink's thread sees it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ReleaseEntry } from "@demarc/audit";
import type { ReleaseRequest } from "@demarc/audit/node";
import type { Activation } from "./activation.ts";
import type { Batch, LogFailure, LogPlace, LogPort, OpenedLog } from "./log-port.ts";
import { LogWriter } from "./log-writer.ts";

/** What is asked of the thread. */
export type Request =
  | { readonly ask: "open"; readonly known: readonly Activation[] }
  | { readonly ask: "write"; readonly batch: Batch }
  | { readonly ask: "release"; readonly request: ReleaseRequest }
  | { readonly ask: "close" };

/** What the thread gives: of `open`, `write`, `release` and `close`. */
type Given = OpenedLog | number | ReleaseEntry | null;

/** A request with the number that its answer carries. */
export type Numbered = Request & { readonly id: number };

/** What it answers; `failure` comes unasked. */
export type Answer =
  | { readonly id: number; readonly value: Given }
  | { readonly id: number; readonly error: LogFailure }
  | { readonly failure: LogFailure };

interface Waiting {
  readonly resolve: (value: Given) => void;
  readonly reject: (error: LogFailure) => void;
}

const END_MILLISECONDS = 2000;

class WorkerPort implements LogPort {
  readonly #script: URL;
  readonly #place: LogPlace;
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #failure: LogFailure | null = null;

  constructor(script: URL, place: LogPlace) {
    this.#script = script;
    this.#place = place;
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#place, name: `log of ${this.#place.app}` });
    worker.on("message", (answer: Answer) => {
      if ("failure" in answer) {
        this.#failure = answer.failure;
        return;
      }
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("error" in answer) waiting?.reject(answer.error);
      else waiting?.resolve(answer.value);
    });
    const end = (why: LogFailure): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#failure = why;
      for (const waiting of this.#waiting.values()) waiting.reject(why);
      this.#waiting.clear();
    };
    worker.on("error", (error) => end({ message: `the log's thread failed: ${String(error)}` }));
    worker.on("exit", (code) => end({ message: `the log's thread ended with ${code}` }));
    return worker;
  }

  async #ask(request: Request): Promise<Given> {
    const worker = this.#worker;
    if (worker === null) throw this.#failure ?? new Error("the log is not open");
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const id = this.#lastId;
      // First, as it throws for what can not be sent: nobody would answer that.
      worker.postMessage({ ...request, id } satisfies Numbered, []);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  async open(known: readonly Activation[]): Promise<OpenedLog> {
    this.#worker ??= this.#start();
    this.#failure = null;
    try {
      return (await this.#ask({ ask: "open", known })) as OpenedLog;
    } catch (error) {
      // An app that can not begin must be able to end: a thread that waits would keep it.
      await this.close().catch(() => undefined);
      throw error;
    }
  }

  async write(batch: Batch): Promise<number> {
    return (await this.#ask({ ask: "write", batch })) as number;
  }

  async release(request: ReleaseRequest): Promise<ReleaseEntry> {
    return (await this.#ask({ ask: "release", request })) as ReleaseEntry;
  }

  failure(): LogFailure | null {
    return this.#failure;
  }

  async close(): Promise<void> {
    if (this.#worker === null) return;
    try {
      await this.#ask({ ask: "close" });
    } finally {
      await this.#end();
    }
  }

  // After `close` the thread ends by itself; one that does not is stopped.
  async #end(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    const ended = new Promise<void>((resolve) => {
      worker.once("exit", () => resolve());
    });
    const timer = setTimeout(() => void worker.terminate(), END_MILLISECONDS);
    await ended;
    clearTimeout(timer);
  }
}

/** The log of an app, in a thread of its own; in this one where the thread's file is not at hand (a bundled app). */
export function logPort(place: LogPlace): LogPort {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const script = new URL(`./log-worker.${extension}`, import.meta.url);
  return script.protocol === "file:" && existsSync(fileURLToPath(script))
    ? new WorkerPort(script, place)
    : new LogWriter(place);
}
