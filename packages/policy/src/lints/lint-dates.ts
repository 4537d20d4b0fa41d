import type { Rule } from "../document.ts";
import type { Warn } from "./lint-context.ts";

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const FAR_DAYS = 3 * 365 + 1;

/** Ends and looks that have passed, are near, or are far: `expired`, `ends-soon`, `review-overdue`, `far-end`. */
export function lintDates(rule: Rule, at: number, warn: Warn): void {
  const end = rule.expires === undefined ? null : Date.parse(rule.expires);
  const look = rule.reviewBy === undefined ? null : Date.parse(rule.reviewBy);
  if (end !== null && end <= at)
    warn(
      "policy/expired",
      "/expires",
      `ended on ${rule.expires?.slice(0, 10)} and no longer applies`,
      "set its status, or extend it by a new order",
    );
  else if (end !== null && end - at < SOON_DAYS * DAY_MS)
    warn(
      "policy/ends-soon",
      "/expires",
      `ends on ${rule.expires?.slice(0, 10)}`,
      "renew it in time, if the law does",
    );
  if (look !== null && look <= at)
    warn(
      "policy/review-overdue",
      "/reviewBy",
      `was to be looked at again by ${rule.reviewBy?.slice(0, 10)}`,
      "look, then set the next date",
    );
  const first = Math.min(end ?? Number.POSITIVE_INFINITY, look ?? Number.POSITIVE_INFINITY);
  if (first - Math.max(at, Date.parse(rule.effective)) > FAR_DAYS * DAY_MS)
    warn(
      "policy/far-end",
      look !== null && look === first ? "/reviewBy" : "/expires",
      "neither ends nor is looked at again within three years",
      "add a `reviewBy` that comes sooner",
    );
}
