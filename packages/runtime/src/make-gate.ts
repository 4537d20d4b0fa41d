// The gate: facts to a decision, and the decision to the record queue. Plain and synchronous; see gate.ts for the contract.
import { type Decision, decide as decideRequest, type Place } from "@demarc/matcher";
import type { AllowedNames } from "./allowed-names.ts";
import type { DecisionCounts } from "./decision-counts.ts";
import { pendingDecision } from "./decision-entry.ts";
import type { PolicyCell } from "./enforced-policy.ts";
import type { Facts, Gate } from "./gate.ts";
import type { RecordQueue } from "./record-queue.ts";

/** What the gate is made of. `now` gives milliseconds since 1970. */
export interface GateParts {
  readonly cell: PolicyCell;
  readonly counts: DecisionCounts;
  readonly queue: RecordQueue;
  readonly now: () => number;
  readonly serial: Serial;
  /** True where the log keeps pseudonyms of clients; false unless given. */
  readonly keepsClient?: boolean | undefined;
  /** Where the operator lists names that passed; nowhere unless given. */
  readonly allowed?: Pick<AllowedNames, "add"> | undefined;
}

/**
 * Numbers of the listed decisions of one run. `run` begins every reference and is new at each start, so references of two
 * runs never meet; `last` is the last number given out.
 */
export interface Serial {
  readonly run: string;
  last: number;
}

interface Decided {
  readonly at: number;
  readonly places: readonly Place[];
  readonly dataClasses: readonly string[] | undefined;
  /** Of the image that decided; another one may be in force when the decision is recorded. */
  readonly object: string;
  readonly data: string;
}

/** Makes the gate. */
export function makeGate({
  cell,
  counts,
  queue,
  now,
  serial,
  keepsClient = false,
  allowed,
}: GateParts): Gate {
  // What a decision that will be listed was decided on, kept by its facts until it is recorded.
  const decided = new WeakMap<Facts, Decided>();

  const inputsOf = (facts: Facts, at: number): Decided => {
    const { resolver, object, data } = cell.current;
    const places = resolver.placesOf(facts.client ?? null, facts.address ?? null, at);
    const labels = facts.client === undefined ? NONE : resolver.dataClassesOf(facts.client);
    const dataClasses = labels.length === 0 ? facts.dataClasses : [...(facts.dataClasses ?? NONE), ...labels];
    return { at, places, dataClasses, object, data };
  };

  const decide = (facts: Facts): Decision => {
    const inputs = inputsOf(facts, now());
    const { name, address, port, protocol, url } = facts;
    const decision = decideRequest(cell.current.image, {
      at: inputs.at,
      name,
      address,
      port,
      protocol,
      url,
      dataClasses: inputs.dataClasses,
      places: inputs.places,
    });
    if (isListed(decision)) decided.set(facts, inputs);
    return decision;
  };

  const record = (facts: Facts, decision: Decision, response: string): string | null => {
    const at = now();
    const isPassed = decision.verdict === "pass";
    counts.add(at, isPassed, decision.rule?.id ?? null, decision.observed);
    if (isPassed) allowed?.add(facts.name, at);
    if (!isListed(decision)) return null;
    serial.last += 1;
    const seq = serial.last;
    const ref = `${serial.run}-${seq}`;
    const inputs = decided.get(facts) ?? inputsOf(facts, at);
    const pending = pendingDecision(
      facts,
      inputs,
      decision,
      { run: serial.run, seq, ref },
      response,
      keepsClient,
    );
    queue.offer({ kind: "decision", pending }, at);
    return ref;
  };

  return { decide, record, operator: () => cell.current.image.set.operator };
}

// Refusals are listed, what a rule was asked to report, and a conflict of laws that nothing decided. Other traffic that passes is counted only: its names are nobody's business.
function isListed(decision: Decision): boolean {
  return (
    decision.verdict === "refuse" || decision.observed.length > 0 || decision.conflict?.resolved === false
  );
}

const NONE: readonly string[] = [];
