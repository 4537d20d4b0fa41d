// A decision as the log holds it: what was decided about which destination, by which rule of which image, on what law.
// The client is not in here, and nothing from which it could be told.
import type { DecisionEntry, Ground, PolicySetReference } from "@demarc/audit";
import type { Decision, Place, RuleRecord } from "@demarc/matcher";
import { type Address, formatAddress } from "@demarc/net";
import { loadedEngine } from "./engine.ts";
import type { Facts } from "./gate.ts";

/** What `record` keeps of a decision until it is written. */
export interface PendingDecision {
  readonly run: string;
  /** Number within the run, from 1. */
  readonly seq: number;
  readonly ref: string;
  /** Milliseconds since 1970: the instant that was decided on. */
  readonly at: number;
  readonly places: readonly Place[];
  readonly dataClasses: readonly string[] | undefined;
  readonly name: string | undefined;
  readonly address: Address | undefined;
  readonly port: number | undefined;
  readonly protocol: "tcp" | "udp" | undefined;
  readonly url: string | undefined;
  readonly decision: Decision;
  /** The set and image that decided, and the data that was resolved with; taken from the objects that did. */
  readonly policy: PolicySetReference;
  readonly data: string;
  readonly response: string;
}

/** Takes from the facts what may be kept. */
export function pendingDecision(
  facts: Facts,
  decided: Pick<PendingDecision, "at" | "places" | "dataClasses" | "policy" | "data">,
  decision: Decision,
  serial: Pick<PendingDecision, "run" | "seq" | "ref">,
  response: string,
): PendingDecision {
  const { name, address, port, protocol, url } = facts;
  return { ...serial, ...decided, name, address, port, protocol, url, decision, response };
}

/** The entry of a decision. `activation` is the index of the entry that announced the image, null where it is unknown. */
export function decisionEntry(
  pending: PendingDecision,
  enforcer: string,
  activation: number | null,
): DecisionEntry {
  const { decision } = pending;
  const { rule } = decision;
  return {
    v: 1,
    type: "decision",
    id: pending.ref,
    run: pending.run,
    seq: pending.seq,
    time: new Date(pending.at).toISOString(),
    enforcer,
    places: pending.places.map(({ connector, territory, confidence }) => ({
      connector,
      territory,
      confidence,
    })),
    data: pending.data,
    policy: {
      ...pending.policy,
      image: decision.image,
      activation,
      ...(rule === null
        ? {}
        : { rulePolicy: { id: rule.policy.id, version: rule.policy.version, digest: rule.policy.digest } }),
    },
    engine: loadedEngine().reference,
    input: {
      ...(pending.name === undefined ? {} : { name: pending.name }),
      ...(pending.address === undefined ? {} : { address: formatAddress(pending.address) }),
      ...(pending.port === undefined ? {} : { port: pending.port }),
      ...(pending.protocol === undefined ? {} : { protocol: pending.protocol }),
      ...(pending.url === undefined ? {} : { url: pending.url }),
      ...(pending.dataClasses === undefined || pending.dataClasses.length === 0
        ? {}
        : { dataClasses: pending.dataClasses }),
    },
    decision: {
      effect: decision.effect,
      verdict: decision.verdict,
      reason: decision.reason,
      rule: rule?.id ?? null,
      layer: rule?.layer ?? null,
      observed: decision.observed.map((each) => each.id),
      ground: groundOf(rule ?? decision.observed[0] ?? null),
    },
    law:
      rule === null
        ? null
        : {
            kind: rule.legalBasis.kind,
            authority: rule.legalBasis.authority,
            citations: rule.legalBasis.citations,
          },
    response: pending.response,
    mode: decision.verdict === "refuse" ? "enforced" : "observed",
  };
}

// RFC 8932 section 5.3.2 asks for the reason in these four words.
function groundOf(rule: RuleRecord | null): Ground {
  if (rule === null) return "other";
  const { kind, discretion } = rule.legalBasis;
  if (discretion === "mandatory") return "legal-mandatory";
  if (kind === "operator-policy" || kind === "contract" || kind === "consent")
    return rule.category.startsWith("security") ? "security" : "other";
  return "legal-voluntary";
}
