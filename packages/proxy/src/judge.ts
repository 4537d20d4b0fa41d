// From a target to the addresses that may be connected to. Pure flow: policy by name, resolution, guard, policy by address.
import type { Address } from "@demarc/net";
import type { Decision, Facts, Gate } from "@demarc/runtime";
import type { AddressGuard } from "./address-guard.ts";
import type { Fault } from "./message/fault.ts";
import type { Target } from "./message/target.ts";
import type { LookupOutcome } from "./resolver.ts";

/** A decision with the facts that it was made on; `record` wants both. */
export interface Judged {
  readonly facts: Facts;
  readonly decision: Decision;
}

/** An address that the policy passes, with its own decision. */
export interface Permitted extends Judged {
  readonly address: Address;
}

/**
 * What comes of a target.
 *
 *   permitted   addresses to try in order, at least one
 *   refused     by the policy, on the name or on an address
 *   prohibited  by the guard: no address is one that this proxy connects to
 *   failed      the name does not resolve
 */
export type Judgement =
  | { readonly outcome: "permitted"; readonly addresses: readonly Permitted[] }
  | { readonly outcome: "refused"; readonly by: "name" | "address"; readonly judged: Judged }
  | { readonly outcome: "prohibited"; readonly judged: Judged; readonly why: string }
  | { readonly outcome: "failed"; readonly judged: Judged; readonly fault: Fault };

/** What judging needs. */
export interface JudgeParts {
  readonly gate: Gate;
  readonly guard: AddressGuard;
  readonly resolve: (name: string) => Promise<LookupOutcome>;
  readonly dataClasses: readonly string[] | undefined;
}

/**
 * Judges a target.
 *
 * A name is judged before it is resolved, and every address with the name again, so that exceptions by name hold and rules by
 * address apply. A route rule is about where the host is: before resolution nobody knows, so a refusal for `egress-unknown`
 * waits for the addresses; when they leave it unknown, the rule's `onFailure` holds.
 * Where the policy refuses one address and passes another, the passing one is used.
 */
export async function judge(
  parts: JudgeParts,
  target: Target,
  client: Address | undefined,
): Promise<Judgement> {
  const { gate, guard } = parts;
  const base = { port: target.port, protocol: "tcp", url: target.url, dataClasses: parts.dataClasses, client } as const;
  if (target.address !== null) {
    const facts: Facts = { ...base, address: target.address };
    const judged = { facts, decision: gate.decide(facts) };
    if (judged.decision.verdict === "refuse") return { outcome: "refused", by: "address", judged };
    const why = guard(target.address);
    if (why !== null) return { outcome: "prohibited", judged, why };
    return { outcome: "permitted", addresses: [{ ...judged, address: target.address }] };
  }

  const facts: Facts = { ...base, name: target.host };
  const byName = { facts, decision: gate.decide(facts) };
  if (byName.decision.verdict === "refuse" && byName.decision.reason !== "egress-unknown")
    return { outcome: "refused", by: "name", judged: byName };
  const found = await parts.resolve(target.host);
  if (!found.ok) return { outcome: "failed", judged: byName, fault: resolutionFault(found) };

  const addresses: Permitted[] = [];
  let refused: Judged | null = null;
  let why: string | null = null;
  for (const address of found.addresses) {
    const prohibited = guard(address);
    if (prohibited !== null) {
      why ??= prohibited;
      continue;
    }
    const facts: Facts = { ...base, name: target.host, address };
    const decision = gate.decide(facts);
    if (decision.verdict === "pass") addresses.push({ facts, decision, address });
    else refused ??= { facts, decision };
  }
  if (addresses.length > 0) return { outcome: "permitted", addresses };
  if (refused !== null) return { outcome: "refused", by: "address", judged: refused };
  // Only the guard stood in the way; a route rule that is still undecided is told as the refusal that it is.
  if (byName.decision.verdict === "refuse") return { outcome: "refused", by: "name", judged: byName };
  return { outcome: "prohibited", judged: byName, why: why ?? "the name has no address" };
}

function resolutionFault(found: Extract<LookupOutcome, { ok: false }>): Fault {
  return found.kind === "timeout"
    ? { status: 504, error: "dns_timeout", detail: found.detail }
    : { status: 502, error: "dns_error", detail: found.detail };
}
