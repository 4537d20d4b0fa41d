// A site loaded in a thread of its own: the one that answers packets goes on while a policy set of a million names is compiled,
// and takes what came out in one step.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { Effect } from "effect";
import { receivedSite, type SentSite } from "./ready-site.ts";
import { type LoadedSite, loadHere, type SiteLoader } from "./site-loader.ts";
import { type SiteIssue, SiteRefused } from "./site-refused.ts";

/** What the thread is given. */
export interface SiteTask {
  readonly site: string;
  readonly directory: string;
}

/** What it answers: the site, or why it is refused. */
export type SiteAnswer = { readonly sent: SentSite } | { readonly issues: readonly SiteIssue[] };

/** What it is told then: whether the site came into force. It ends after that. */
export interface SiteWish {
  readonly keep: boolean;
}

/** What it answers to that: why the site could not be kept; null where it was. */
export interface SiteKept {
  readonly notKept: string | null;
}

/**
 * Loads a site in a thread of its own; in this one where the thread's file is not at hand (a bundled app).
 *
 * Errors: those of `loadSite`, and `site/thread` where the thread can not start, or ends without a site, such as for want of memory.
 */
export const loadAside: SiteLoader = (site, directory) =>
  Effect.suspend(() => {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const script = new URL(`./site-worker.${extension}`, import.meta.url);
    const isAtHand = script.protocol === "file:" && existsSync(fileURLToPath(script));
    return isAtHand ? loadIn(script, { site, directory }) : loadHere(site, directory);
  });

/** Loads a site in a thread that runs `script`; `limits` are those of Node unless given. */
export const loadIn = (
  script: URL,
  task: SiteTask,
  limits: ResourceLimits = {},
): Effect.Effect<LoadedSite, SiteRefused> =>
  Effect.callback((resume) => {
    const { site: directory } = task;
    const refuse = (issues: readonly SiteIssue[]): void =>
      resume(Effect.fail(new SiteRefused({ directory, issues })));
    const fail = (why: unknown): void => refuse([broken(why)]);
    let isWanted = true;
    let worker: Worker;
    try {
      worker = new Worker(script, {
        workerData: task,
        resourceLimits: limits,
        name: `site of ${directory}`,
      });
    } catch (error) {
      fail(error);
      return;
    }
    worker.once("message", (answer: SiteAnswer) => {
      // Whatever comes from the thread, this one goes on: it answers packets.
      try {
        if ("issues" in answer) return refuse(answer.issues);
        const site = isWanted ? receivedSite(answer.sent) : null;
        if (site !== null) {
          // Until it is asked to keep it, nobody waits for it.
          worker.unref();
          return resume(Effect.succeed({ site, keep: keptBy(worker) }));
        }
        worker.postMessage({ keep: false } satisfies SiteWish, []);
        fail("what it made is no image of this version");
      } catch (error) {
        fail(error);
        worker.unref();
      }
    });
    // The first of these counts; whoever comes later is not heard.
    worker.on("error", fail);
    worker.on("messageerror", fail);
    worker.on("exit", (code) => fail(`it ended with ${code}`));
    // One that is stopped at work can take its process along: it ends by itself, and keeps nobody from ending before.
    return Effect.sync(() => {
      isWanted = false;
      worker.unref();
    });
  });

// The thread has the image's bytes too, and writes them without this one waiting for the disk.
const keptBy = (worker: Worker): Effect.Effect<string | null> =>
  Effect.callback((resume) => {
    worker.once("message", ({ notKept }: SiteKept) => resume(Effect.succeed(notKept)));
    worker.once("exit", () => resume(Effect.succeed("the thread that was to write it ended")));
    worker.ref();
    worker.postMessage({ keep: true } satisfies SiteWish, []);
  });

function broken(why: unknown): SiteIssue {
  const words = why instanceof Error ? why.message : String(why);
  return {
    code: "site/thread",
    severity: "error",
    message: `the thread that loads the site failed: ${words}`,
    help: "see that there is memory enough for its lists, and that the packages are those that the app was started with; then change any file of the site to load it again",
  };
}
