// A decision as the log holds it: what was decided about which destination, by which rule of which image, on what law.
// The client is not in here, and nothing from which it could be told.
import type { DecisionEntry } from "@demarc/audit";
import type { ConflictOfLaws, Connector, Decision, Place } from "@demarc/matcher";
import { type Address, formatAddress } from "@demarc/net";
import type { Activation } from "./activation.ts";
import type { Facts } from "./gate.ts";
import type { RuleFacts } from "./rule-facts.ts";

/**
 * What `record` keeps of a decision until it is written: flat, so that it can go to another thread. Rules are their
 * positions in the image; what is said of them comes from the image's activation.
 */
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
  readonly effect: Decision["effect"];
  readonly verdict: Decision["verdict"];
  readonly reason: Decision["reason"];
  /** Position of the deciding rule, or -1; positions of the rules that observed. */
  readonly rule: number;
  readonly observed: readonly number[];
  /** The conflict of laws that it was made in, with positions of the rules. */
  readonly conflict?: PendingConflict | undefined;
  /** SHA-256 of the bytes of the image that decided, and of the manifest of the data that was resolved with. */
  readonly object: string;
  readonly data: string;
  readonly response: string;
  /** Only where pseudonyms were asked for; the log's thread replaces it before anything is encoded. */
  readonly client?: Address | undefined;
}

interface PendingConflict {
  readonly strategy: ConflictOfLaws["strategy"];
  readonly resolved: boolean;
  readonly laws: readonly { readonly connector: Connector; readonly rule: number }[];
}

/** A conflict as it can go to another thread. */
export function pendingConflict(conflict: ConflictOfLaws | undefined): PendingConflict | undefined {
  if (conflict === undefined) return undefined;
  const laws = conflict.laws.map(({ connector, rule }) => ({ connector, rule: rule.index }));
  return { strategy: conflict.strategy, resolved: conflict.resolved, laws };
}

/** Takes from the facts what may be kept. */
export function pendingDecision(
  facts: Facts,
  decided: Pick<PendingDecision, "at" | "places" | "dataClasses" | "object" | "data">,
  decision: Decision,
  serial: Pick<PendingDecision, "run" | "seq" | "ref">,
  response: string,
  keepsClient: boolean,
): PendingDecision {
  return {
    ...(keepsClient ? { client: facts.client } : {}),
    run: serial.run,
    seq: serial.seq,
    ref: serial.ref,
    at: decided.at,
    places: decided.places,
    dataClasses: decided.dataClasses,
    name: facts.name,
    address: facts.address,
    port: facts.port,
    protocol: facts.protocol,
    url: facts.url,
    effect: decision.effect,
    verdict: decision.verdict,
    reason: decision.reason,
    rule: decision.rule === null ? -1 : decision.rule.index,
    observed: decision.observed.length === 0 ? NONE : decision.observed.map((rule) => rule.index),
    ...(decision.conflict === undefined ? {} : { conflict: pendingConflict(decision.conflict) }),
    object: decided.object,
    data: decided.data,
    response,
  };
}

const NONE: readonly number[] = [];

/** The entry of a decision. `index` is that of the entry that announced the image, null where it is unknown. */
export function decisionEntry(
  pending: PendingDecision,
  enforcer: string,
  activation: Pick<Activation, "policy" | "rules" | "engine">,
  index: number | null,
): DecisionEntry {
  const ruleAt = (position: number): RuleFacts => {
    const rule = activation.rules[position];
    if (rule === undefined) throw new RangeError(`the image has no rule ${position}`);
    return rule;
  };
  const rule = pending.rule < 0 ? null : ruleAt(pending.rule);
  const observed = pending.observed.map(ruleAt);
  const { name, port, protocol, url, dataClasses, address } = pending;
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
      ...activation.policy,
      activation: index,
      ...(rule === null ? {} : { rulePolicy: rule.policy }),
    },
    engine: activation.engine,
    input: {
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address: formatAddress(address) }),
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
      ...(url === undefined ? {} : { url }),
      ...(dataClasses === undefined || dataClasses.length === 0 ? {} : { dataClasses }),
    },
    decision: {
      effect: pending.effect,
      verdict: pending.verdict,
      reason: pending.reason,
      rule: rule?.id ?? null,
      layer: rule?.layer ?? null,
      observed: observed.map(({ id }) => id),
      ground: (rule ?? observed[0])?.ground ?? "other",
      ...(pending.conflict === undefined
        ? {}
        : {
            conflict: {
              strategy: pending.conflict.strategy,
              outcome: pending.conflict.resolved ? ("resolved" as const) : ("unresolved" as const),
              laws: pending.conflict.laws.map((law) => ({
                connector: law.connector,
                rule: ruleAt(law.rule).id,
              })),
            },
          }),
    },
    law: rule?.law ?? null,
    response: pending.response,
    mode: pending.verdict === "refuse" ? "enforced" : "observed",
  };
}
