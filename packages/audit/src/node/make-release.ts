import { toHex } from "../bytes.ts";
import type { ReleaseEntry, ReleaseNoise } from "../entry.ts";
import { decodeEntry } from "../entry-codec.ts";
import { CellCounter, publishableCells, type ReleaseDimension } from "../release.ts";
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
  /** Smallest number that is shown. */
  readonly threshold: number;
  readonly noise: ReleaseNoise;
}

/**
 * Counts the decisions of a window under the newest checkpoint, and gives the `release` entry to be appended and published.
 * It names the checkpoint, so whoever has the log's files can count again.
 *
 * Errors: those of the reader.
 */
export async function makeRelease(reader: LogReader, request: ReleaseRequest): Promise<ReleaseEntry> {
  const { origin, size, root } = (await reader.checkpoint()).checkpoint;
  const counter = new CellCounter(request);
  for await (const { bytes } of reader.entries(0, size)) {
    const entry = decodeEntry(bytes);
    if (entry.ok) counter.add(entry.value);
  }
  const { noise } = request;
  const blur =
    noise.mechanism === "none"
      ? undefined
      : (value: number) => value + discreteLaplace(noise.epsilon, noise.sensitivity);
  return {
    v: 1,
    type: "release",
    ...request,
    checkpoint: { origin, size, root: toHex(root) },
    ...publishableCells(counter.cells(), request.threshold, blur),
  };
}
