import { toHex } from "../bytes.ts";
import type { ReleaseEntry, ReleaseNoise } from "../entry.ts";
import { decodeEntry, encodeEntry } from "../entry-codec.ts";
import { type Cell, CellCounter, publishableCells, type ReleaseDimension } from "../release.ts";
import { discreteLaplace } from "./discrete-laplace.ts";
import type { LogReader } from "./log-reader.ts";

/** What to publish. Instants are RFC 3339 in UTC with `Z`. */
export interface ReleaseRequest {
  readonly id: string;
  readonly enforcer: string;
  /** Now. */
  readonly time: string;
  readonly from: string;
  readonly until: string;
  readonly dimensions: readonly ReleaseDimension[];
  /** Smallest number that is shown; it is raised as far as it must be for the numbers to fit one entry. */
  readonly threshold: number;
  readonly noise: ReleaseNoise;
  /**
   * Index from which to count, default 0: no decision of the window is in an entry before. It saves reading what is
   * known to be older, and is not part of the release.
   */
  readonly firstIndex?: number | undefined;
}

/**
 * Counts the decisions of a window under the newest checkpoint, and gives the `release` entry to be appended and published.
 * It names the checkpoint, so whoever has the log's files can count again.
 *
 * Errors: those of the reader.
 */
export async function makeRelease(
  reader: LogReader,
  { firstIndex = 0, ...request }: ReleaseRequest,
): Promise<ReleaseEntry> {
  const { origin, size, root } = (await reader.checkpoint()).checkpoint;
  const counter = new CellCounter(request);
  for await (const { bytes } of reader.entries(Math.min(firstIndex, size), size)) {
    const entry = decodeEntry(bytes);
    if (entry.ok) counter.add(entry.value);
  }
  const { noise } = request;
  // Each number is blurred once: drawn again for another threshold, it would say more than epsilon allows.
  const cells: readonly Cell[] =
    noise.mechanism === "none"
      ? counter.cells()
      : counter.cells().map(({ key, value }) => ({
          key,
          value: Math.max(0, value + discreteLaplace(noise.epsilon, noise.sensitivity)),
        }));
  for (let { threshold } = request; ; threshold *= 2) {
    const checkpoint = { origin, size, root: toHex(root) };
    const shown = publishableCells(cells, threshold);
    const release: ReleaseEntry = { v: 1, type: "release", ...request, threshold, checkpoint, ...shown };
    if (shown.cells.length === 0 || encodeEntry(release).ok) return release;
  }
}
