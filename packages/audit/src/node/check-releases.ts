import { toHex } from "../bytes.ts";
import type { ReleaseEntry } from "../entry.ts";
import { decodeEntry } from "../entry-codec.ts";
import { agreesWithRelease, CellCounter, RELEASE_DIMENSIONS, type ReleaseDimension } from "../release.ts";
import { foldRange, rangeNodes } from "../tree.ts";
import type { ContentFinding } from "./check-content.ts";
import type { LogReader } from "./log-reader.ts";
import { nodeSha256 } from "./node-hash.ts";

/** A release with its index. */
export interface LoggedRelease {
  readonly index: number;
  readonly release: ReleaseEntry;
}

const DAY_MS = 86_400_000;

/**
 * Counts again what releases say: one more pass over the log, each decision held against the releases of its day only.
 * What is blurred can not be computed again; of that, see `agreesWithRelease`.
 *
 * Errors: those of the reader.
 */
export async function checkReleases(
  reader: LogReader,
  releases: readonly LoggedRelease[],
): Promise<ContentFinding[]> {
  const findings: ContentFinding[] = [];
  if (releases.length === 0) return findings;
  const nodes = reader.nodes((await reader.checkpoint()).checkpoint.size);
  const note = ({ index, release }: LoggedRelease, what: string): void => {
    findings.push({ code: "audit/release", index, message: `release ${release.id} ${what}` });
  };
  const counted: { readonly logged: LoggedRelease; readonly counter: CellCounter }[] = [];
  const byDay = new Map<number, (typeof counted)[number][]>();
  for (const logged of releases) {
    const { release, index } = logged;
    const { size, root } = release.checkpoint;
    if (size > index) {
      note(logged, `names a tree of ${size} entries, which did not exist yet`);
      continue;
    }
    const hashes = size === 0 ? [] : await nodes(rangeNodes({ from: 0, to: size }));
    if (toHex(foldRange(hashes, nodeSha256)) !== root)
      note(logged, `names a tree of ${size} entries with another root than this log's`);
    const dimensions = release.dimensions.filter(isDimension);
    if (dimensions.length < release.dimensions.length) continue;
    const each = {
      logged,
      counter: new CellCounter({ dimensions, from: release.from, until: release.until }),
    };
    counted.push(each);
    const last = Math.floor(Date.parse(release.until) / DAY_MS);
    // A window of more than a century is somebody's mistake; it is checked for its first days only, and then differs.
    for (
      let day = Math.floor(Date.parse(release.from) / DAY_MS), count = 0;
      day <= last && count < 40_000;
      day += 1, count += 1
    )
      byDay.set(day, [...(byDay.get(day) ?? []), each]);
  }
  if (counted.length === 0) return findings;
  const size = Math.max(...counted.map(({ logged }) => logged.release.checkpoint.size));
  for await (const { index, bytes } of reader.entries(0, size)) {
    const entry = decodeEntry(bytes);
    if (!entry.ok || entry.value.type !== "decision") continue;
    for (const { logged, counter } of byDay.get(Math.floor(Date.parse(entry.value.time) / DAY_MS)) ?? [])
      if (index < logged.release.checkpoint.size) counter.add(entry.value);
  }
  for (const { logged, counter } of counted)
    if (!agreesWithRelease(logged.release, counter.cells()))
      note(logged, "says other numbers than the decisions of its window");
  return findings;
}

// One that a newer version counts by is not checked here.
function isDimension(name: string): name is ReleaseDimension {
  return RELEASE_DIMENSIONS.some((each) => each === name);
}
