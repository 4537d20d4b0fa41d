// How long the memory of this machine takes, as an engine of JavaScript sees it.
import { microseconds } from "./compare.ts";

const LINE_WORDS = 16;
const READS = 1_000_000;

/**
 * Nanoseconds of one read in so many bytes, where each read says where the next one is: all lines of 64 bytes in one cycle, in an
 * order that no machine foresees. The best of five rounds.
 */
export function readNanoseconds(bytes: number): number {
  const lines = Math.floor(bytes / 64);
  const order = Uint32Array.from({ length: lines }, (_, line) => line);
  let seed = 1;
  for (let line = lines - 1; line > 0; line -= 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * line);
    [order[line], order[other]] = [order[other] ?? 0, order[line] ?? 0];
  }
  const memory = new Uint32Array(lines * LINE_WORDS);
  for (let line = 0; line < lines; line += 1)
    memory[(order[line] ?? 0) * LINE_WORDS] = (order[(line + 1) % lines] ?? 0) * LINE_WORDS;
  let at = 0;
  const rounds = Array.from({ length: 5 }, () => {
    const start = microseconds();
    for (let read = 0; read < READS; read += 1) at = memory[at] ?? 0;
    return ((microseconds() - start) * 1000) / READS;
  });
  if (at >= memory.length) throw new Error("a read went astray");
  return Math.min(...rounds);
}
