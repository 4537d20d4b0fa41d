// Nanoseconds of processor time per question, of several that answer the same ones in turn: what else the machine does adds
// to all alike, and other processes do not count.

/** Who is asked. `share` of the questions only, for who is slow. */
export interface Contender {
  readonly name: string;
  readonly ask: (query: string) => boolean;
  readonly share?: number;
}

/** What was measured of one. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly best: number;
  /** Questions answered with yes. */
  readonly yes: number;
}

// So many questions are made at once: they are still near when they are asked, as is what was just read from a socket.
const BATCH = 2048;

/**
 * Asks every contender the questions in `text`, one a line, in `rounds` rounds that take turns. The strings are fresh in
 * every round, as those of a network are: nothing about them is known yet. Only the asking is measured, not the making.
 */
export function compare(contenders: readonly Contender[], text: string, rounds = 5): readonly Measured[] {
  const bytes = Buffer.from(text, "latin1");
  const count = text.split("\n").length;
  const times = contenders.map((): number[] => []);
  const yes = contenders.map(() => 0);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, { ask, share = 1 }] of contenders.entries()) {
      const asked = Math.ceil(count * share);
      let found = 0;
      let spent = 0;
      let at = 0;
      for (let left = asked; left > 0; left -= BATCH) {
        const batch = freshLines(bytes, at, Math.min(BATCH, left));
        at = batch.end;
        const start = microseconds();
        for (const query of batch.lines) if (ask(query)) found += 1;
        spent += microseconds() - start;
      }
      times[index]?.push((spent * 1000) / asked);
      yes[index] = found / asked;
    }
  return contenders.map(({ name }, index) => {
    const sorted = (times[index] ?? []).toSorted((a, b) => a - b);
    return { name, median: sorted[sorted.length >> 1] ?? 0, best: sorted[0] ?? 0, yes: yes[index] ?? 0 };
  });
}

/** Processor time of this process; that of a thread alone is told in steps of milliseconds. */
export function microseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

// Each text a copy of its bytes, not a view of a longer text.
function freshLines(
  bytes: Buffer,
  start: number,
  count: number,
): { readonly lines: readonly string[]; readonly end: number } {
  const lines: string[] = [];
  let at = start;
  while (lines.length < count) {
    const end = bytes.indexOf(0x0a, at);
    lines.push(bytes.toString("latin1", at, end < 0 ? bytes.length : end));
    at = end < 0 ? bytes.length : end + 1;
  }
  return { lines, end: at };
}

/** A line of a table: what, and cells to the right of it. */
export function row(what: string, ...cells: readonly string[]): void {
  console.log(what.padEnd(42) + cells.map((cell) => cell.padStart(13)).join(""));
}

/** A figure beside its target: `200 ns (within 220)`. */
export function beside(value: number, target: number, unit: string): string {
  return `${format(value)} ${unit} (${value <= target ? "within" : "over"} ${format(target)})`;
}

export function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
