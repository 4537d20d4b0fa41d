// Who loads a site for an enforcement point, and keeps it for a start that finds the folder broken.
import { Effect } from "effect";
import { keepLastGood } from "./last-good.ts";
import { loadSite } from "./load-site.ts";
import { type ReadySite, readySite } from "./ready-site.ts";
import type { SiteRefused } from "./site-refused.ts";

/** A site that was loaded. */
export interface LoadedSite {
  readonly site: ReadySite;
  /** Why it could not be kept as the last good one; null where it was. */
  readonly notKept: string | null;
}

/** Loads the site in a folder and keeps it in the app's state directory. */
export type SiteLoader = (site: string, directory: string) => Effect.Effect<LoadedSite, SiteRefused>;

/** In the thread that asks for it. */
export const loadHere: SiteLoader = (folder, directory) =>
  Effect.map(loadSite(folder), (loaded) => {
    const site = readySite(loaded);
    return { site, notKept: keepLastGood(directory, site) };
  });
