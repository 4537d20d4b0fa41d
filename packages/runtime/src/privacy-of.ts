// The privacy options of a site's audit.yaml. They hold for one opening of the log: keys and openings belong to it.
import { Effect, Schedule, type Scope } from "effect";
import type { AuditConfig } from "./audit-config.ts";
import type { PolicyCell } from "./enforced-policy.ts";
import type { PrivacyOptions } from "./log-port.ts";

/** What audit.yaml says of pseudonyms and sealed fields; undefined where it says nothing. */
export function privacyOf({ clients, seal, epochDays, keepDays }: AuditConfig): PrivacyOptions | undefined {
  if ((clients === undefined || clients === "none") && (seal === undefined || seal.length === 0))
    return undefined;
  return { clients, seal, epochDays, keepDays };
}

/** Tells, once for each change, that what audit.yaml says now of pseudonyms and sealed fields holds from the next start. */
export const tellLateChange = Effect.fn("tellLateChange")(function* (
  cell: PolicyCell,
  inForce: PrivacyOptions | undefined,
): Effect.fn.Return<void, never, Scope.Scope> {
  const textOf = (options: PrivacyOptions | undefined) => JSON.stringify(options ?? null);
  let told = textOf(inForce);
  const look = Effect.suspend(() => {
    const now = textOf(privacyOf(cell.current.site.audit));
    if (now === told) return Effect.void;
    told = now;
    return now === textOf(inForce)
      ? Effect.void
      : Effect.logWarning(
          "audit.yaml: `clients`, `seal`, `epochDays` and `keepDays` change at the next start; restart to put them in force",
        );
  });
  yield* look.pipe(Effect.repeat(Schedule.spaced("1 second")), Effect.forkScoped);
});
