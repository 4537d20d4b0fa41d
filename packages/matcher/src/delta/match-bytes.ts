// Which runs of the new bytes the old ones have, wherever they are.

const WINDOW = 16;
// Shorter runs than this cost more as a step than as bytes.
const LEAST_RUN = 8;

/** Takes what was found, from the front of the new bytes to their end. */
export interface MatchSink {
  readonly copy: (from: number, length: number) => void;
  readonly fresh: (bytes: Uint8Array) => void;
}

/** Splits `now` into runs that `before` has and bytes that it has not. Time and memory: linear in both. */
export function matchBytes(before: Uint8Array, now: Uint8Array, sink: MatchSink): void {
  const index = new WindowIndex(before);
  // Where in `before` the text goes on, should nothing have changed.
  let expected = 0;
  let freshFrom = 0;
  let at = 0;
  const flush = (to: number): void => {
    if (to > freshFrom) sink.fresh(now.subarray(freshFrom, to));
  };
  const take = (from: number, start: number): void => {
    const length = runLength(before, from, now, start);
    flush(start);
    sink.copy(from, length);
    at = start + length;
    freshFrom = at;
    expected = from + length;
  };
  while (at < now.length) {
    // Most changes replace bytes or put some in, so what follows is looked for close by first.
    if (runLength(before, expected, now, at, LEAST_RUN) >= LEAST_RUN) take(expected, at);
    else {
      const skipped = expected + (at - freshFrom);
      if (at > freshFrom && runLength(before, skipped, now, at, LEAST_RUN) >= LEAST_RUN) take(skipped, at);
      else {
        const found = index.find(now, at);
        if (found < 0) at += 1;
        else {
          let back = 0;
          while (at - back > freshFrom && found > back && before[found - back - 1] === now[at - back - 1])
            back += 1;
          take(found - back, at - back);
        }
      }
    }
  }
  flush(now.length);
}

/** How many bytes are the same from two places on; no more than `most`. */
export function runLength(
  a: Uint8Array,
  fromA: number,
  b: Uint8Array,
  fromB: number,
  most: number = Number.POSITIVE_INFINITY,
): number {
  const length = Math.min(a.length - fromA, b.length - fromB, most);
  let run = 0;
  while (run < length && a[fromA + run] === b[fromB + run]) run += 1;
  return run;
}

// Windows of the old bytes at every multiple of their size, by hash; the last one with a hash is kept.
class WindowIndex {
  readonly #bytes: Uint8Array;
  readonly #places: Int32Array;
  readonly #shift: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const bits = Math.max(4, Math.ceil(Math.log2(bytes.length / WINDOW + 1)) + 1);
    this.#shift = 32 - bits;
    this.#places = new Int32Array(2 ** bits).fill(-1);
    for (let at = 0; at + WINDOW <= bytes.length; at += WINDOW) this.#places[this.#hash(bytes, at)] = at;
  }

  find(text: Uint8Array, at: number): number {
    if (at + WINDOW > text.length) return -1;
    const place = this.#places[this.#hash(text, at)] as number;
    return place >= 0 && runLength(this.#bytes, place, text, at, WINDOW) === WINDOW ? place : -1;
  }

  #hash(bytes: Uint8Array, at: number): number {
    let hash = 0;
    for (let index = 0; index < WINDOW; index += 1)
      hash = Math.imul(hash ^ (bytes[at + index] as number), 0x9e37_79b1) + (hash >>> 15);
    return Math.imul(hash, 0x85eb_ca6b) >>> this.#shift;
  }
}
