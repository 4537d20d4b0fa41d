// The thread that encodes, hashes and syncs. One log; several writes may wait here, so that the next one is at hand.
import { parentPort, workerData } from "node:worker_threads";
import type { LogPlace } from "./log-port.ts";
import { LogWriter } from "./log-writer.ts";
import type { Answer, Numbered } from "./worker-port.ts";

const port = parentPort;
if (port !== null) {
  const writer = new LogWriter(workerData as LogPlace, (failure) =>
    port.postMessage({ failure } satisfies Answer),
  );
  const answer = async (request: Numbered): Promise<Answer> => {
    const { id } = request;
    try {
      switch (request.ask) {
        case "open":
          return { id, value: await writer.open(request.known) };
        case "write":
          return { id, value: await writer.write(request.batch) };
        case "release":
          return { id, value: await writer.release(request.request) };
        case "close":
        default:
          await writer.close();
          return { id, value: null };
      }
    } catch (cause) {
      const { message, help } = cause as { readonly message?: string; readonly help?: string };
      return { id, error: { message: message ?? String(cause), help } };
    }
  };
  const serve = async (request: Numbered): Promise<void> => {
    port.postMessage(await answer(request));
    // Nothing comes after it, and the thread ends by itself: one that is stopped at work can take its process along.
    if (request.ask === "close") port.close();
  };
  port.on("message", (request: Numbered) => void serve(request));
}
