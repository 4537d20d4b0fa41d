// The life of a proxy: settings to a listening server, and an orderly end. Requests never pass through here.
import { randomBytes } from "node:crypto";
import { networkInterfaces } from "node:os";
import { addressKind, formatAddress, parseAddress } from "@demarc/net";
import type { Gate } from "@demarc/runtime";
import { Context, Effect, Layer, type Scope } from "effect";
import { bindHttp } from "./bind.ts";
import { createCounters, type ProxyCounters } from "./counters.ts";
import type { ListenFailed, PortTaken, ProxySettingsInvalid } from "./errors.ts";
import type { ProxyParts } from "./exchange.ts";
import { createJudge, type JudgeOptions } from "./judge.ts";
import { CONNECT_TIMEOUT_MS, DRAIN_MS, IDLE_MS, MAX_CONNECTIONS, MAX_HEAD_BYTES } from "./limits.ts";
import { type ProxyListener, serveClients } from "./listener.ts";
import { type Resolve, serversResolver, systemResolver } from "./resolver.ts";
import { type ListenAddress, readListen, readName, readPrefixes, readResolvers } from "./settings.ts";

/** What a proxy is made of. Only `gate` is needed. */
export interface ProxyServerOptions {
  readonly gate: Gate;
  /** `address:port`; default `127.0.0.1:3128`. Port 0 lets the system choose. */
  readonly listen?: string | undefined;
  /** DNS servers, each with a port if it is not 53; default: the system's resolver. */
  readonly resolvers?: readonly string[] | undefined;
  /** How names become addresses; wins over `resolvers`. */
  readonly resolve?: Resolve | undefined;
  /** Prefixes that may be connected to although they are no global addresses; default none. */
  readonly allowPrefixes?: readonly string[] | undefined;
  /** Name in Via and Proxy-Status; default `demarc-` and eight random digits, new at each start. */
  readonly name?: string | undefined;
  /** Largest request head, bytes; default 16384. */
  readonly maxHeadBytes?: number | undefined;
  /** Client connections at once; default 1000. */
  readonly maxConnections?: number | undefined;
  /** Wait for one address to accept a connection, ms; default 5000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Silence after which an exchange or a tunnel ends, ms; default 60000. */
  readonly idleMs?: number | undefined;
  /** Longest wait for what is under way when the proxy stops, ms; default 3000. */
  readonly drainMs?: number | undefined;
}

/** Everything that can keep a proxy from starting. */
export type ProxyServerError = PortTaken | ListenFailed | ProxySettingsInvalid;

/** A running proxy. It stops with the layer's scope: nothing new is taken, what is under way may end in `drainMs`. */
export class ProxyServer extends Context.Service<
  ProxyServer,
  {
    readonly address: ListenAddress;
    /** Name in Via and Proxy-Status. */
    readonly name: string;
    /** A copy of the counters as they stand. */
    readonly counters: Effect.Effect<Readonly<ProxyCounters>>;
  }
>()("@demarc/proxy/ProxyServer") {
  static readonly layer = (options: ProxyServerOptions): Layer.Layer<ProxyServer, ProxyServerError> =>
    Layer.effect(ProxyServer, start(options));
}

const start = Effect.fnUntraced(function* (
  options: ProxyServerOptions,
): Effect.fn.Return<ProxyServer["Service"], ProxyServerError, Scope.Scope> {
  const at = yield* readListen(options.listen ?? "127.0.0.1:3128");
  const allowPrefixes = yield* readPrefixes(options.allowPrefixes ?? []);
  const servers = yield* readResolvers(options.resolvers ?? []);
  const name = yield* readName(options.name ?? `demarc-${randomBytes(4).toString("hex")}`);
  const idleMs = options.idleMs ?? IDLE_MS;
  const maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  const { server, address } = yield* bindHttp(at, {
    maxHeadBytes: options.maxHeadBytes ?? MAX_HEAD_BYTES,
    maxConnections,
    idleMs,
  });
  const counters = createCounters();
  const parts: ProxyParts = {
    gate: options.gate,
    counters,
    name,
    now: Date.now,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    idleMs,
  };
  const resolve = options.resolve ?? (servers.length > 0 ? serversResolver(servers) : systemResolver());
  const judge = createJudge({ gate: options.gate, resolve, allowPrefixes, isOwn: ownAddress(address) });
  const listener = serveClients(server, parts, judge);
  yield* Effect.addFinalizer(() => drain(listener, counters, options.drainMs ?? DRAIN_MS));
  return { address, name, counters: Effect.sync(() => ({ ...counters })) };
});

/** Waits until everything under way has ended, or the time is up. */
const drain = Effect.fnUntraced(function* (
  listener: ProxyListener,
  counters: ProxyCounters,
  drainMs: number,
): Effect.fn.Return<void> {
  listener.stop();
  for (let waited = 0; waited < drainMs && counters.pending > 0; waited += 10) yield* Effect.sleep(10);
  // One turn of the loop for the last replies to leave.
  yield* Effect.sleep(1);
  listener.close();
});

/** A connection to one of these would come back here. */
function ownAddress({ host, port }: ListenAddress): JudgeOptions["isOwn"] {
  const own = new Set([host]);
  const parsed = parseAddress(host);
  const isEverywhere = parsed.ok && addressKind(parsed.value) === "unspecified";
  if (isEverywhere) {
    for (const list of Object.values(networkInterfaces()))
      for (const { address } of list ?? []) own.add(address);
  }
  return (address, toPort) => {
    if (toPort !== port) return false;
    const kind = addressKind(address);
    // The unspecified address leads to this machine; so does any loopback one when the listener is everywhere.
    if (kind === "unspecified" || (isEverywhere && kind === "loopback")) return true;
    return own.has(formatAddress(address));
  };
}
