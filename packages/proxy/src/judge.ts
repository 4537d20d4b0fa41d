// Where a request may go: by name first, by address after resolution. What comes out is the very addresses to connect to.
import { type Address, addressKind, formatAddress, type Prefix, prefixContains } from "@demarc/net";
import type { Decision, Facts, Gate } from "@demarc/runtime";
import { MAX_ADDRESSES } from "./limits.ts";
import type { Failure } from "./reply.ts";
import type { ConnectHead, ForwardHead } from "./request-head.ts";
import type { Resolve } from "./resolver.ts";

/** A decision with the facts it was made on; the same object goes to `gate.record`. */
export interface Decided {
  readonly facts: Facts;
  readonly decision: Decision;
}

/** An address that may be connected to. */
export interface Candidate extends Decided {
  /** Canonical text. */
  readonly host: string;
}

/** What became of a request's destination. */
export type Verdict =
  | { readonly kind: "open"; readonly candidates: readonly Candidate[] }
  | (Decided & {
      readonly kind: "refused";
      readonly error: "http_request_denied" | "destination_ip_prohibited";
    })
  | (Decided & { readonly kind: "prohibited" | "failed"; readonly failure: Failure });

/** What a judge is made of. */
export interface JudgeOptions {
  readonly gate: Gate;
  readonly resolve: Resolve;
  /** Prefixes that may be connected to although they are no global addresses. */
  readonly allowPrefixes: readonly Prefix[];
  /** True for what would lead back to this proxy. */
  readonly isOwn: (address: Address, port: number) => boolean;
}

/** Judges a destination; `done` is called exactly once, now or later. */
export type Judge = (
  head: ForwardHead | ConnectHead,
  client: Address | undefined,
  done: (verdict: Verdict) => void,
) => void;

const LOOP: Failure = {
  status: 508,
  error: "proxy_loop_detected",
  detail: "the request leads back to this proxy",
};

/** Makes the judge. */
export function createJudge({ gate, resolve, allowPrefixes, isOwn }: JudgeOptions): Judge {
  const judgeAddresses = (
    first: Decided,
    addresses: readonly Address[],
    decideOn: (address: Address) => Decided,
  ): Verdict => {
    const candidates: Candidate[] = [];
    let refused: Decided | null = null;
    let prohibited: Failure | null = null;
    for (const address of addresses.slice(0, MAX_ADDRESSES)) {
      const { port = 0 } = first.facts;
      const fault = isOwn(address, port) ? LOOP : kindFault(address, allowPrefixes);
      if (fault !== null) {
        prohibited ??= fault;
        continue;
      }
      const decided = decideOn(address);
      if (decided.decision.verdict === "refuse") refused ??= decided;
      else candidates.push({ ...decided, host: formatAddress(address) });
    }
    if (candidates.length > 0) return { kind: "open", candidates };
    // What the policy set says has a law and an appeal: it is told before what is this proxy's own caution.
    if (refused !== null) return { kind: "refused", ...refused, error: "destination_ip_prohibited" };
    return { kind: "prohibited", ...first, failure: prohibited ?? NO_ADDRESS };
  };

  return (head, client, done) => {
    const { host, address, port } = head;
    const base: Facts = {
      ...(address === null ? { name: host } : { address }),
      ...(head.kind === "forward" ? { url: head.url } : {}),
      port,
      protocol: "tcp",
      client,
    };
    const first: Decided = { facts: base, decision: gate.decide(base) };
    const { verdict, reason } = first.decision;
    if (address !== null) {
      if (verdict === "refuse") done({ kind: "refused", ...first, error: "http_request_denied" });
      else done(judgeAddresses(first, [address], () => first));
      return;
    }
    // An egress rule asks where the host is, and a name alone does not tell.
    if (verdict === "refuse" && reason !== "egress-unknown") {
      done({ kind: "refused", ...first, error: "http_request_denied" });
      return;
    }
    resolve(host, (outcome) => {
      if (!outcome.ok) {
        const status = outcome.error === "dns_timeout" ? 504 : 502;
        const failure = { status, error: outcome.error, detail: `${host}: ${outcome.detail}` };
        done({ kind: "failed", ...first, failure });
        return;
      }
      done(
        judgeAddresses(first, outcome.addresses, (resolved) => {
          const facts: Facts = { ...base, address: resolved };
          return { facts, decision: gate.decide(facts) };
        }),
      );
    });
  };
}

const NO_ADDRESS: Failure = { status: 502, error: "dns_error", detail: "the name has no address" };

// Global by registry, and yet served by the machine's own host to nobody but the machine (a cloud's metadata and keys).
const HOST_SERVICES: readonly Prefix[] = [{ address: Uint8Array.of(168, 63, 129, 16), length: 32 }];

// The address itself is not told: what a private name leads to is the operator's business.
function kindFault(address: Address, allowed: readonly Prefix[]): Failure | null {
  if (allowed.some((prefix) => prefixContains(prefix, address))) return null;
  const isHostService = HOST_SERVICES.some((prefix) => prefixContains(prefix, address));
  const kind = isHostService ? "host service" : addressKind(address);
  if (kind === "global") return null;
  return {
    status: 403,
    error: "destination_ip_prohibited",
    detail: `the destination is a ${kind} address; this proxy connects to global ones, and to prefixes that its operator allows`,
  };
}
