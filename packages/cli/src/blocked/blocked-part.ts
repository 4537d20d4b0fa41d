import type { ListEntry } from "@demarc/lists";
import { type Answer, endOf, type Prober } from "./prober.ts";

/** Entries that are written together or not at all: a block, and what is excepted under it. */
export class BlockedPart {
  /** As a person would write what is blocked. */
  readonly what: string;
  readonly entries: ListEntry[] = [];
  readonly exceptions: ListEntry[] = [];
  /** Why no list can say it; the first few. */
  readonly problems: string[] = [];
  /** Ids of the rules that block. */
  readonly rules = new Set<string>();
  /** When the first of them ends. */
  until: number | null = null;

  constructor(what: string) {
    this.what = what;
  }

  /** Something that is blocked here; what lifts the block somewhere is a problem. */
  takes(answer: Answer, prober: Prober, lift: string | null): void {
    if (lift !== null) this.problem(lift);
    if (answer.rule === null) return;
    const { id, schedule } = answer.rule;
    if (schedule !== undefined) this.problem(`${id} blocks at certain hours only`);
    this.rules.add(id);
    const end = endOf(answer.rule, prober.at);
    if (end !== null) this.until = Math.min(end, this.until ?? end);
  }

  problem(why: string): void {
    if (this.problems.length < MAX_PROBLEMS && !this.problems.includes(why)) this.problems.push(why);
  }
}

// Under a broad block there may be as many as there are names; the first ones say enough.
const MAX_PROBLEMS = 3;
