// Counters of one enforcement point: totals, per rule, and per minute of the last hour. Plain numbers, no names.

/** Decisions of one minute. */
export interface MinuteCounts {
  /** Milliseconds since 1970, start of the minute. */
  readonly minute: number;
  passed: number;
  refused: number;
  readonly rules: Map<string, number>;
}

/** Minutes that are kept. */
export const SERIES_MINUTES = 60;

const MINUTE_MS = 60_000;

/** Counts decisions as they are made. */
export class DecisionCounts {
  passed = 0;
  refused = 0;
  readonly byRule: Map<string, number> = new Map();
  /** Oldest first; minutes without a decision are absent. */
  readonly series: MinuteCounts[] = [];

  /** `rules` are the deciding rule and those that observed. */
  add(
    at: number,
    passed: boolean,
    deciding: string | null,
    observed: readonly { readonly id: string }[],
  ): void {
    const minute = this.#minute(at);
    if (passed) {
      this.passed += 1;
      minute.passed += 1;
    } else {
      this.refused += 1;
      minute.refused += 1;
    }
    if (deciding !== null) this.#addRule(minute, deciding);
    for (const { id } of observed) this.#addRule(minute, id);
  }

  #addRule(minute: MinuteCounts, id: string): void {
    this.byRule.set(id, (this.byRule.get(id) ?? 0) + 1);
    minute.rules.set(id, (minute.rules.get(id) ?? 0) + 1);
  }

  #minute(at: number): MinuteCounts {
    const start = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const last = this.series.at(-1);
    if (last !== undefined && last.minute >= start) return last;
    const fresh: MinuteCounts = { minute: start, passed: 0, refused: 0, rules: new Map() };
    this.series.push(fresh);
    while ((this.series[0]?.minute ?? start) <= start - SERIES_MINUTES * MINUTE_MS) this.series.shift();
    return fresh;
  }
}
