import type { Decision, OperatorRecord } from "@demarc/matcher";
import type { Address } from "@demarc/net";

/**
 * What an enforcement point knows of one packet, connection or HTTP request, before jurisdictions are resolved.
 * `client` is evidence for the subject's location only: it is never stored, logged or put in a decision.
 */
export interface Facts {
  /** Canonical name (`@demarc/net` parseName). */
  readonly name?: string | undefined;
  /** Destination address after resolution, or an address in an answer. */
  readonly address?: Address | undefined;
  readonly port?: number | undefined;
  readonly protocol?: "tcp" | "udp" | undefined;
  /** Canonical URL, plain HTTP only. */
  readonly url?: string | undefined;
  readonly dataClasses?: readonly string[] | undefined;
  /** The peer that sent the query or opened the connection. */
  readonly client?: Address | undefined;
}

/**
 * The one crossing between packets and policy: a plain synchronous object, no Effect per packet.
 *
 * `decide` never throws and never blocks. `record` must be called once per client request with the decision that
 * determined the response: it counts it, and lists it in the audit log when anything but a plain allow happened
 * (a rule decided other than allow, a rule observed, or laws conflict and the policy set does not decide). It only offers to a queue.
 */
export interface Gate {
  readonly decide: (facts: Facts) => Decision;
  /**
   * `response` says what was sent, in the protocol's words: `NXDOMAIN`, `451`, `403`, `forwarded`.
   * Returns the public reference of the record (quoted in notices, found again by `demarc audit show`),
   * or null when the decision is only counted.
   */
  readonly record: (facts: Facts, decision: Decision, response: string) => string | null;
  readonly operator: () => OperatorRecord;
}
