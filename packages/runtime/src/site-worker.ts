// The thread that reads, compiles and tests a site. It does so once and ends, so that what compiling took is given back.
import { parentPort, workerData } from "node:worker_threads";
import { Effect } from "effect";
import type { SiteAnswer, SiteTask } from "./load-aside.ts";
import { sentSite } from "./ready-site.ts";
import { loadHere } from "./site-loader.ts";

const port = parentPort;
if (port !== null) {
  const { site, directory } = workerData as SiteTask;
  const loaded = await Effect.runPromise(Effect.result(loadHere(site, directory)));
  if (loaded._tag === "Failure") port.postMessage({ issues: loaded.failure.issues } satisfies SiteAnswer);
  else {
    const { sent, transfer } = sentSite(loaded.success.site);
    port.postMessage({ sent, notKept: loaded.success.notKept } satisfies SiteAnswer, [...transfer]);
  }
}
