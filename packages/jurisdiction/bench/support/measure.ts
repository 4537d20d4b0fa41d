// Nanoseconds of processor time per call, best of several rounds: other work on the machine does not count.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Calls `once` on every value, `rounds` times over, and gives nanoseconds per call. */
export function nanoseconds<T>(values: readonly T[], once: (value: T) => unknown, rounds = 7): number {
  let best = Number.POSITIVE_INFINITY;
  let kept: unknown;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.cpuUsage().user;
    for (const value of values) kept = once(value);
    best = Math.min(best, ((process.cpuUsage().user - start) * 1e3) / values.length);
  }
  // What is never read could be left out.
  if (kept === nanoseconds) console.log(kept);
  return best;
}

// What reading the heap itself allocates, by the calls of a round.
const ALMOST_NOTHING = 0.5;

/**
 * Bytes of the JavaScript heap that one call leaves behind it, least of several rounds: a round in which a collection ran is left
 * out. 0 when nothing is allocated. At most 2,000 values, so that a round is over before the young space is full.
 */
export function bytesPerCall<T>(values: readonly T[], once: (value: T) => unknown, rounds = 100): number {
  const few = values.slice(0, 2_000);
  // Until the code is compiled, the engine itself allocates.
  // No iterator: that would be an allocation of our own.
  const all = (): void => few.forEach((each) => void once(each));
  for (let round = 0; round < 50; round += 1) all();
  let least = Number.POSITIVE_INFINITY;
  // The compiler works beside us, and on a busy machine is late: as long as it takes, within reason.
  for (let round = 0; round < rounds && least >= ALMOST_NOTHING; round += 1) {
    const before = process.memoryUsage().heapUsed;
    all();
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) least = Math.min(least, grown / few.length);
  }
  return least;
}

/** Collects what is garbage already, so that it is not collected on somebody else's time. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** A small generator with a fixed seed (mulberry32), so that every run asks the same: whole numbers below a limit. */
export function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

export const row = (what: string, ...cells: readonly string[]): void =>
  console.log(what.padEnd(44) + cells.map((cell) => cell.padStart(14)).join(""));
