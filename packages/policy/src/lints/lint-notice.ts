import type { Rule } from "../document.ts";
import { isExternal, type Warn } from "./lint-context.ts";

/** Codes that say the wrong thing, and secrecy without an end in sight: `right-code`, `secrecy-outlives-rule`. */
export function lintNotice(rule: Rule, warn: Warn): void {
  const notice = rule.effect.notice;
  if (notice === undefined) return;
  const demanded = isExternal(rule) && rule.legalBasis.discretion !== "voluntary";
  if (notice.http === 451 && !demanded)
    warn(
      "policy/right-code",
      "/effect/notice/http",
      "says 451 without a legal demand",
      "write 403: 451 is for legal demands (RFC 7725 §3)",
    );
  if (notice.ede === 16 && !demanded)
    warn(
      "policy/right-code",
      "/effect/notice/ede",
      "says censored by an external demand (16) without one",
      "write 15 for the operator's own rule, 17 for the client's wish (RFC 8914 §4)",
    );
  if (notice.ede === 15 && demanded)
    warn(
      "policy/right-code",
      "/effect/notice/ede",
      "says blocked by the operator (15) where the law demands it",
      "write 16 (RFC 8914 §4.17)",
    );
  const end = rule.expires ?? rule.reviewBy;
  if (
    notice.secrecy !== undefined &&
    end !== undefined &&
    Date.parse(notice.secrecy.until) >= Date.parse(end)
  )
    warn(
      "policy/secrecy-outlives-rule",
      "/effect/notice/secrecy/until",
      `keeps its citation secret until ${notice.secrecy.until.slice(0, 10)}, and ends or is looked at again on ${end.slice(0, 10)}`,
      "let secrecy end while the affected can still turn to somebody",
      { expected: `before ${end}`, found: notice.secrecy.until },
    );
}
