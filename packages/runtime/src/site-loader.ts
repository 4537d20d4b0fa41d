// Who loads a site for an enforcement point, and keeps it for a start that finds the folder broken.
import { Effect } from "effect";
import { keepLastGood } from "./last-good.ts";
import { loadSite } from "./load-site.ts";
import { type ReadySite, readySite } from "./ready-site.ts";
import type { SiteRefused } from "./site-refused.ts";

/** A site that was loaded. */
export interface LoadedSite {
  readonly site: ReadySite;
  /**
   * Keeps it as the last good one, once it is in force. Gives why it could not be kept; null where it was. To be run once at most.
   */
  readonly keep: Effect.Effect<string | null>;
}

/** Loads the site in a folder; `directory` is the app's state directory. */
export type SiteLoader = (site: string, directory: string) => Effect.Effect<LoadedSite, SiteRefused>;

/** In the thread that asks for it. */
export const loadHere: SiteLoader = (folder, directory) =>
  Effect.map(loadSite(folder), (loaded) => {
    const site = readySite(loaded);
    return { site, keep: Effect.sync(() => keepLastGood(directory, site)) };
  });
