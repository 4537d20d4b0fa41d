// From a name to its addresses. Plain callbacks: no promise per request.
import { lookup, Resolver } from "node:dns";
import { type Address, parseAddress } from "@demarc/net";
import { RESOLVE_TIMEOUT_MS } from "./limits.ts";

/** A name's addresses in the order to try them, or why there are none (the words of RFC 9209 §2.3). */
export type ResolveOutcome =
  | { readonly ok: true; readonly addresses: readonly Address[] }
  | { readonly ok: false; readonly error: "dns_error" | "dns_timeout"; readonly detail: string };

/** Asks for the addresses of a canonical name; `done` is called exactly once. */
export type Resolve = (name: string, done: (outcome: ResolveOutcome) => void) => void;

/** The system's resolver: hosts file, resolv.conf and whatever else the system is set up with. */
export function systemResolver(timeoutMs: number = RESOLVE_TIMEOUT_MS): Resolve {
  return withDeadline(timeoutMs, (name, done) => {
    lookup(name, { all: true, order: "verbatim" }, (error, found) => {
      if (error !== null) done(failed(error));
      else done(succeeded(found.map(({ address }) => address)));
    });
  });
}

/** DNS servers of the operator's choice, `address:port` each; A and AAAA are asked at once, IPv4 is tried first. */
export function serversResolver(servers: readonly string[], timeoutMs: number = RESOLVE_TIMEOUT_MS): Resolve {
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 4), tries: 2 });
  resolver.setServers(servers);
  return withDeadline(timeoutMs, (name, done) => {
    const found: { 4: readonly string[] | null; 6: readonly string[] | null } = { 4: null, 6: null };
    let firstError: Error | null = null;
    const settle = (family: 4 | 6, error: Error | null, addresses: readonly string[] | undefined): void => {
      firstError ??= error;
      found[family] = addresses ?? [];
      if (found[4] === null || found[6] === null) return;
      const all = [...found[4], ...found[6]];
      done(all.length === 0 && firstError !== null ? failed(firstError) : succeeded(all));
    };
    resolver.resolve4(name, (error, addresses) => settle(4, error, addresses));
    resolver.resolve6(name, (error, addresses) => settle(6, error, addresses));
  });
}

/** The first outcome, or `dns_timeout` when none comes in time; what comes later is not heard. */
function withDeadline(timeoutMs: number, ask: Resolve): Resolve {
  return (name, done) => {
    let isDone = false;
    const end = (outcome: ResolveOutcome): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      done(outcome);
    };
    const timer = setTimeout(
      () => end({ ok: false, error: "dns_timeout", detail: `no DNS answer in ${timeoutMs} ms` }),
      timeoutMs,
    );
    ask(name, end);
  };
}

function succeeded(texts: readonly string[]): ResolveOutcome {
  const addresses: Address[] = [];
  for (const text of texts) {
    // A zone names an interface of this machine; without it the address is judged as what it is.
    const parsed = parseAddress(text.replace(/%.*$/, ""));
    if (parsed.ok) addresses.push(parsed.value);
  }
  return addresses.length > 0
    ? { ok: true, addresses }
    : { ok: false, error: "dns_error", detail: "the name has no address" };
}

function failed(error: Error): ResolveOutcome {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.message;
  if (code === "ETIMEOUT" || code === "EAI_AGAIN") {
    return { ok: false, error: "dns_timeout", detail: "the DNS servers did not answer in time" };
  }
  const isMissing = code === "ENOTFOUND" || code === "ENODATA";
  return {
    ok: false,
    error: "dns_error",
    detail: isMissing ? "the name has no address" : `the DNS look-up failed (${code})`,
  };
}
