// A decision as the log holds it: what was decided about which destination, by which rule of which image, on what law.
// The client is not in here, and nothing from which it could be told.
import type { DecisionEntry } from "@demarc/audit";
import type { Decision, Place, PolicyImage } from "@demarc/matcher";
import { type Address, formatAddress } from "@demarc/net";
import type { Facts } from "./gate.ts";
import { ENGINE } from "./version.ts";

/** What `record` keeps of a decision until it is written. */
export interface PendingDecision {
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
  /** Set that the deciding image holds; taken from the image that decided. */
  readonly set: PolicyImage["set"];
  readonly response: string;
}

/** Takes from the facts what may be kept. */
export function pendingDecision(
  facts: Facts,
  decided: Pick<PendingDecision, "at" | "places" | "dataClasses" | "set">,
  decision: Decision,
  ref: string,
  response: string,
): PendingDecision {
  const { name, address, port, protocol, url } = facts;
  return { ref, ...decided, name, address, port, protocol, url, decision, response };
}

/** The entry of a decision. */
export function decisionEntry(pending: PendingDecision, enforcer: string): DecisionEntry {
  const { decision, set } = pending;
  const { rule } = decision;
  return {
    v: 1,
    type: "decision",
    id: pending.ref,
    time: new Date(pending.at).toISOString(),
    enforcer,
    places: pending.places.map(({ connector, territory, confidence }) => ({
      connector,
      territory,
      confidence,
    })),
    policy: {
      set: set.id,
      version: set.version,
      digest: set.digest,
      image: decision.image,
      ...(rule === null
        ? {}
        : { rulePolicy: { id: rule.policy.id, version: rule.policy.version, digest: rule.policy.digest } }),
    },
    engine: ENGINE,
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
  };
}
