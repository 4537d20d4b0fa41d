import type { RuleRecord, Status } from "./types.ts";

/**
 * Where a rule stands at an instant: the last state of its history that began by then; before the first, in force;
 * without a history, its status.
 *
 * Input: `at` in milliseconds since 1970-01-01T00:00:00Z. Whether the rule has begun or ended is not asked.
 */
export function statusAt(rule: Pick<RuleRecord, "status" | "history">, at: number): Status {
  if (rule.history === undefined) return rule.status;
  let status: Status = "in-force";
  for (const { state, from } of rule.history) {
    if (Date.parse(from) > at) break;
    status = state;
  }
  return status;
}
