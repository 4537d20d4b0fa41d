// The thread that encodes, hashes and syncs. One log; requests come one at a time and are answered in order.
import { parentPort, workerData } from "node:worker_threads";
import type { LogPlace } from "./log-port.ts";
import { LogWriter } from "./log-writer.ts";
import type { Answer, Request } from "./worker-port.ts";

const port = parentPort;
if (port !== null) {
  const writer = new LogWriter(workerData as LogPlace, (failure) =>
    port.postMessage({ failure } satisfies Answer),
  );
  const answer = async (request: Request): Promise<Answer> => {
    try {
      switch (request.ask) {
        case "open":
          return { value: await writer.open(request.known) };
        case "write":
          return { value: await writer.write(request.batch) };
        case "close":
        default:
          await writer.close();
          return { value: null };
      }
    } catch (cause) {
      const { message, help } = cause as { readonly message?: string; readonly help?: string };
      return { error: { message: message ?? String(cause), help } };
    }
  };
  port.on("message", (request: Request) => {
    void answer(request).then((answered) => port.postMessage(answered));
  });
}
