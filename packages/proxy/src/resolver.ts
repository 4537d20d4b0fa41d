// Names to addresses. A plain callback, so that a request needs no fiber; the service chooses who is asked.
import { lookup as systemLookup, Resolver as NodeResolver } from "node:dns";
import { isIP } from "node:net";
import { type Address, parseAddress } from "@demarc/net";
import { Context, Effect, Layer } from "effect";
import { ProxySettingsInvalid } from "./errors.ts";

/** What a name resolves to. `detail` is one sentence for a person. */
export type LookupOutcome =
  | { readonly ok: true; readonly addresses: readonly Address[] }
  | { readonly ok: false; readonly kind: "not-found" | "timeout" | "failed"; readonly detail: string };

/** Resolves a canonical name; calls `done` exactly once, with at least one address or a reason. */
export type Lookup = (name: string, done: (outcome: LookupOutcome) => void) => void;

/** Who is asked for the addresses of a name. Every address is judged before anything connects to it. */
export class Resolver extends Context.Service<Resolver, { readonly lookup: Lookup }>()(
  "@demarc/proxy/Resolver",
) {
  /** The system's resolver (hosts file, nsswitch), in the system's order of addresses. */
  static readonly system: Layer.Layer<Resolver> = Layer.succeed(Resolver, { lookup: lookupBySystem });

  /**
   * DNS servers, asked directly: `192.0.2.1`, `192.0.2.1:5353` or `[2001:db8::1]:53`. IPv4 addresses are tried before IPv6 ones.
   * An empty list is the system's resolver.
   */
  static readonly servers = (servers: readonly string[]): Layer.Layer<Resolver, ProxySettingsInvalid> =>
    servers.length === 0 ? Resolver.system : Layer.effect(Resolver, Effect.map(openServers(servers), byServers));
}

const QUERY_TIMEOUT_MS = 1_500;
const QUERY_TRIES = 2;

function lookupBySystem(name: string, done: (outcome: LookupOutcome) => void): void {
  systemLookup(name, { all: true, order: "verbatim" }, (error, found) => {
    if (error === null) done(outcomeOf(found.map(({ address }) => address)));
    else done(failureOf(name, error));
  });
}

const openServers = (servers: readonly string[]): Effect.Effect<NodeResolver, ProxySettingsInvalid> =>
  Effect.try({
    try: () => {
      const resolver = new NodeResolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
      resolver.setServers(servers);
      return resolver;
    },
    catch: () =>
      new ProxySettingsInvalid({
        setting: "resolvers",
        message: `\`${servers.join(",")}\` is no list of resolvers; write addresses separated by commas, as in 192.0.2.1,[2001:db8::1]:53`,
      }),
  });

function byServers(resolver: NodeResolver): { readonly lookup: Lookup } {
  return {
    lookup: (name, done) => {
      const found: [readonly string[], readonly string[]] = [[], []];
      let failed: NodeJS.ErrnoException | null = null;
      let waiting = 2;
      const settle = (index: 0 | 1) => (error: NodeJS.ErrnoException | null, addresses: readonly string[]) => {
        if (error !== null) {
          // That a name has no address of one family is no failure; of two failures the more serious one is told.
          if (failed === null || isAbsence(failed)) failed = error;
        } else found[index] = addresses;
        waiting -= 1;
        if (waiting > 0) return;
        const all = found.flat();
        done(all.length > 0 || failed === null ? outcomeOf(all) : failureOf(name, failed));
      };
      resolver.resolve4(name, settle(0));
      resolver.resolve6(name, settle(1));
    },
  };
}

function outcomeOf(texts: readonly string[]): LookupOutcome {
  const addresses: Address[] = [];
  for (const text of texts) {
    // A zone (fe80::1%eth0) means something on this machine only; such an address is link-local and refused anyhow.
    const parsed = isIP(text) === 0 ? null : parseAddress(text.replace(/%.*$/, ""));
    if (parsed?.ok === true) addresses.push(parsed.value);
  }
  if (addresses.length > 0) return { ok: true, addresses };
  return { ok: false, kind: "not-found", detail: "the name has no address" };
}

function failureOf(name: string, error: NodeJS.ErrnoException): LookupOutcome {
  const { code } = error;
  if (isAbsence(error)) return { ok: false, kind: "not-found", detail: `the name ${name} has no address` };
  if (code === "ETIMEOUT" || code === "EAI_AGAIN" || code === "ETIMEDOUT")
    return { ok: false, kind: "timeout", detail: `no resolver answered for ${name} in time` };
  return { ok: false, kind: "failed", detail: `the name ${name} could not be resolved (${code ?? "error"})` };
}

function isAbsence({ code }: NodeJS.ErrnoException): boolean {
  return code === "ENOTFOUND" || code === "ENODATA" || code === "EAI_NODATA";
}
