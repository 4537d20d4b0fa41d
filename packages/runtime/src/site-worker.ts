// The thread that reads, compiles and tests a site. It does so once, keeps it where it came into force, and ends, so that what
// compiling took is given back.
import { parentPort, workerData } from "node:worker_threads";
import { Effect } from "effect";
import { keepLastGood } from "./last-good.ts";
import type { SiteAnswer, SiteKept, SiteTask, SiteWish } from "./load-aside.ts";
import { loadSite } from "./load-site.ts";
import { readySite, sentSite } from "./ready-site.ts";

const port = parentPort;
if (port !== null) {
  const { site: folder, directory } = workerData as SiteTask;
  const loaded = await Effect.runPromise(Effect.result(loadSite(folder)));
  if (loaded._tag === "Failure") port.postMessage({ issues: loaded.failure.issues } satisfies SiteAnswer);
  else {
    const site = readySite(loaded.success);
    const { sent, transfer } = sentSite(site);
    port.once("message", ({ keep }: SiteWish) => {
      if (keep) port.postMessage({ notKept: keepLastGood(directory, site) } satisfies SiteKept);
      port.close();
    });
    port.postMessage({ sent } satisfies SiteAnswer, [...transfer]);
  }
}
