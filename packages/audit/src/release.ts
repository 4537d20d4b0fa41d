import type { DecisionEntry, Entry, ReleaseEntry } from "./entry.ts";

/** What the decisions of a release can be counted by. */
export const RELEASE_DIMENSIONS = [
  "effect",
  "ground",
  "layer",
  "mode",
  "policy",
  "response",
  "rule",
  "territory",
] as const;
export type ReleaseDimension = (typeof RELEASE_DIMENSIONS)[number];

/** A number before it is published. */
export interface Cell {
  readonly key: readonly string[];
  readonly value: number;
}

function valueOf(entry: DecisionEntry, dimension: ReleaseDimension): string {
  switch (dimension) {
    case "effect":
      return entry.decision.effect;
    case "ground":
      return entry.decision.ground;
    case "layer":
      return entry.decision.layer ?? "-";
    case "mode":
      return entry.mode;
    case "policy":
      return entry.policy.rulePolicy?.id ?? entry.policy.set;
    case "response":
      return entry.response;
    case "rule":
      return entry.decision.rule ?? entry.decision.observed[0] ?? "-";
    case "territory":
    default:
      return entry.places.find(({ connector }) => connector === "subject-location")?.territory ?? "-";
  }
}

/** Counts the decisions from `from` (included) to `until` (not included), one number per key, in the order of the keys. */
export class CellCounter {
  readonly #dimensions: readonly ReleaseDimension[];
  readonly #from: string;
  readonly #until: string;
  readonly #counts = new Map<string, number>();

  constructor(window: {
    readonly dimensions: readonly ReleaseDimension[];
    readonly from: string;
    readonly until: string;
  }) {
    this.#dimensions = window.dimensions;
    this.#from = instant(window.from);
    this.#until = instant(window.until);
  }

  add(entry: Entry): void {
    if (entry.type !== "decision") return;
    const time = instant(entry.time);
    if (time < this.#from || time >= this.#until) return;
    const key = JSON.stringify(this.#dimensions.map((dimension) => valueOf(entry, dimension)));
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  cells(): Cell[] {
    return Array.from(this.#counts, ([key, value]) => ({ key: JSON.parse(key) as string[], value })).toSorted(
      (a, b) => (JSON.stringify(a.key) < JSON.stringify(b.key) ? -1 : 1),
    );
  }
}

// Entries write instants with three decimals or none; as texts they are in order only with the same number of them.
const instant = (text: string): string => (text.length === 20 ? `${text.slice(0, 19)}.000Z` : text);

/**
 * The cells as they may be published: each number is blurred by `blur`, then those under the threshold are left out and
 * counted. Blurring comes first, so that whether a cell is shown says no more than its number would.
 */
export function publishableCells(
  cells: readonly Cell[],
  threshold: number,
  blur: (value: number) => number = (value) => value,
): Pick<ReleaseEntry, "cells" | "suppressed"> {
  const blurred = cells.map(({ key, value }) => ({ key, value: Math.max(0, blur(value)) }));
  const shown = blurred.filter(({ value }) => value >= threshold);
  return { cells: shown, suppressed: blurred.length - shown.length };
}

/**
 * True when an unblurred release says exactly what these cells say. A blurred one can not be computed again; then this
 * checks what can be: that every cell exists, and that none is under the threshold.
 */
export function agreesWithRelease(release: ReleaseEntry, cells: readonly Cell[]): boolean {
  if (release.noise.mechanism === "none") {
    const again = publishableCells(cells, release.threshold);
    return (
      again.suppressed === release.suppressed && JSON.stringify(again.cells) === JSON.stringify(release.cells)
    );
  }
  const known = new Set(cells.map(({ key }) => JSON.stringify(key)));
  return (
    release.cells.length + release.suppressed === cells.length &&
    release.cells.every(({ key, value }) => known.has(JSON.stringify(key)) && value >= release.threshold)
  );
}
