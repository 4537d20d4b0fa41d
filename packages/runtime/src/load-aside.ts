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
export type SiteAnswer =
  | { readonly sent: SentSite; readonly notKept: string | null }
  | { readonly issues: readonly SiteIssue[] };

/**
 * Loads a site in a thread of its own; in this one where the thread's file is not at hand (a bundled app).
 *
 * Errors: those of `loadSite`, and `site/thread` where the thread ends without an answer, such as for want of memory.
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
    const fail = (why: string): void =>
      resume(Effect.fail(new SiteRefused({ directory, issues: [broken(why)] })));
    const worker = new Worker(script, {
      workerData: task,
      resourceLimits: limits,
      name: `site of ${directory}`,
    });
    worker.once("message", (answer: SiteAnswer) => {
      if ("issues" in answer)
        return resume(Effect.fail(new SiteRefused({ directory, issues: answer.issues })));
      const site = receivedSite(answer.sent);
      if (site === null) return fail("what it made is no image");
      resume(Effect.succeed({ site, notKept: answer.notKept }));
    });
    // The first of these counts; whoever comes later is not heard.
    worker.on("error", (error) => fail(error.message));
    worker.on("exit", (code) => fail(`it ended with ${code}`));
    // One that is stopped at work can take its process along: it ends by itself, and keeps nobody from ending before.
    return Effect.sync(() => worker.unref());
  });

function broken(why: string): SiteIssue {
  return {
    code: "site/thread",
    severity: "error",
    message: `the thread that loads the site failed: ${why}`,
    help: "see that there is memory enough for its lists, then change any file of the site to load it again",
  };
}
