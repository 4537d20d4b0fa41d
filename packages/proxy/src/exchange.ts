// One client request from its head to its one outcome: judged, answered or passed on, counted once, recorded once.
import { disclose, httpStatus } from "@demarc/disclosure";
import type { Gate } from "@demarc/runtime";
import type { ProxyCounters } from "./counters.ts";
import type { Decided, Verdict } from "./judge.ts";
import { type Failure, failureReply, type Reply, refusalReply } from "./reply.ts";
import { valuesOf } from "./request-head.ts";

/** What the proxy's parts share. */
export interface ProxyParts {
  readonly gate: Gate;
  readonly counters: ProxyCounters;
  /** Name in Via and Proxy-Status. */
  readonly name: string;
  /** Milliseconds since 1970; only notices with a secrecy order look at it. */
  readonly now: () => number;
  readonly connectTimeoutMs: number;
  readonly idleMs: number;
}

/** What the record says of a request that got no reply of the proxy's own. */
export type Passed = "forwarded" | "tunnel" | "aborted";

/** The books of one request. Only its first outcome counts and is recorded. */
export class Exchange {
  readonly #parts: ProxyParts;
  readonly #accept: string | undefined;
  readonly #language: string | undefined;
  readonly #subject: string;
  #isSettled = false;
  #isEnded = false;

  constructor(parts: ProxyParts, rawFields: readonly string[], subject: string) {
    this.#parts = parts;
    this.#subject = subject;
    this.#accept = listOf(rawFields, "accept");
    this.#language = listOf(rawFields, "accept-language");
    parts.counters.requests++;
    parts.counters.pending++;
  }

  /** The request was passed on, or its client went away. */
  passed(decided: Decided | null, word: Passed): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { counters, gate } = this.#parts;
    counters[word === "tunnel" ? "tunnels" : word]++;
    if (decided !== null) gate.record(decided.facts, decided.decision, word);
  }

  /** The reply to a request that the judge did not open. */
  closed(verdict: Exclude<Verdict, { readonly kind: "open" }>): Reply {
    return verdict.kind === "refused"
      ? this.#refused(verdict, verdict.error)
      : this.failed(verdict, verdict.failure, verdict.kind);
  }

  /** The reply to a request that can not be served. */
  failed(decided: Decided | null, failure: Failure, kind: "malformed" | "failed" | "prohibited"): Reply {
    const { counters, gate, name } = this.#parts;
    if (!this.#isSettled) {
      this.#isSettled = true;
      counters[kind]++;
      if (decided !== null) gate.record(decided.facts, decided.decision, String(failure.status));
    }
    return failureReply(failure, name, this.#accept);
  }

  /** Nothing more happens to this request. */
  ended(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#parts.counters.pending--;
  }

  #refused({ facts, decision }: Decided, error: "http_request_denied" | "destination_ip_prohibited"): Reply {
    const { counters, gate, name, now } = this.#parts;
    const notice = disclose(decision, {
      operator: gate.operator(),
      ref: null,
      language: this.#language,
      subject: this.#subject,
      at: now(),
    });
    let reference: string | null = null;
    if (!this.#isSettled) {
      this.#isSettled = true;
      counters.refused++;
      reference = gate.record(facts, decision, String(httpStatus(notice)));
    }
    return refusalReply({ ...notice, reference }, name, error, this.#accept);
  }
}

function listOf(rawFields: readonly string[], name: string): string | undefined {
  const values = valuesOf(rawFields, name);
  return values.length === 0 ? undefined : values.join(",");
}
