// The life of a DNS server: settings to sockets, sockets to filter, and an orderly end. Queries never pass through here.
import { readFile } from "node:fs/promises";
import { formatAddress } from "@demarc/net";
import type { Gate } from "@demarc/runtime";
import { Context, Effect, Layer, type Scope } from "effect";
import type { BlockedAnswer } from "./answer.ts";
import { bindTcp, bindUdp, type ListenAddress } from "./bind.ts";
import { createCounters, type DnsCounters } from "./counters.ts";
import { DnsSettingsInvalid, type ListenFailed, type PortTaken } from "./errors.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { createFilter } from "./filter.ts";
import type { Listener } from "./listener.ts";
import { listenTcp } from "./tcp-listener.ts";
import { listenUdp } from "./udp-listener.ts";
import { parseUpstream, type Upstream, upstreamsOf } from "./upstream.ts";

/** What a DNS server is made of. Only `gate` is needed. */
export interface DnsServerOptions {
  readonly gate: Gate;
  /** `address:port`; default `127.0.0.1:8053`. Port 0 lets the system choose. */
  readonly listen?: string | undefined;
  /** Addresses to forward to, each with a port if it is not 53; default: those of /etc/resolv.conf. */
  readonly upstreams?: readonly string[] | undefined;
  /** How a refusal looks; default `nxdomain`. */
  readonly blockedAnswer?: BlockedAnswer | undefined;
  /** Largest UDP answer, 512–65535 bytes; default 1232. */
  readonly maxUdpBytes?: number | undefined;
  /** Wait for one attempt at an upstream, ms; default 1500. */
  readonly upstreamTimeoutMs?: number | undefined;
  /** Queries under way at once; default 2000. */
  readonly maxPending?: number | undefined;
  /** TCP connections at once; default 256. */
  readonly maxConnections?: number | undefined;
  /** Silence after which a TCP connection is closed, ms; default 10000. */
  readonly idleMs?: number | undefined;
  /** Longest wait for queries under way when the server stops, ms; default 3000. */
  readonly drainMs?: number | undefined;
}

/** Everything that can keep a server from starting. */
export type DnsServerError = PortTaken | ListenFailed | DnsSettingsInvalid;

/** A running DNS server. It stops with the layer's scope: no new query is taken, those under way are answered. */
export class DnsServer extends Context.Service<
  DnsServer,
  {
    /** Where it listens, UDP and TCP alike. */
    readonly address: ListenAddress;
    readonly upstreams: readonly Upstream[];
    /** A copy of the counters as they stand. */
    readonly counters: Effect.Effect<Readonly<DnsCounters>>;
  }
>()("@demarc/dns/DnsServer") {
  static readonly layer = (options: DnsServerOptions): Layer.Layer<DnsServer, DnsServerError> =>
    Layer.effect(DnsServer, start(options));
}

const start = Effect.fnUntraced(function* (
  options: DnsServerOptions,
): Effect.fn.Return<DnsServer["Service"], DnsServerError, Scope.Scope> {
  const upstreams = yield* openUpstreams(options.upstreams);
  const at = yield* openListen(options.listen ?? "127.0.0.1:8053");
  const counters = createCounters();
  // Finalizers run in reverse: drain (below), then the sockets, then the exchange.
  const exchange = yield* Effect.acquireRelease(
    Effect.sync(() =>
      createExchange({ upstreams, timeoutMs: options.upstreamTimeoutMs, maxPending: options.maxPending }),
    ),
    (exchange) => Effect.sync(() => exchange.close()),
  );
  const udp = yield* bindUdp(at);
  const address: ListenAddress = { host: at.host, port: udp.address().port };
  const tcp = yield* bindTcp(address);
  const filter = createFilter({
    gate: options.gate,
    ask: exchange.ask,
    counters,
    now: Date.now,
    blockedAnswer: options.blockedAnswer,
    maxUdpBytes: options.maxUdpBytes,
  });
  const listeners = [
    listenUdp(udp, filter, counters, options.maxPending ?? 2_000),
    listenTcp(tcp, filter, counters, {
      maxConnections: options.maxConnections ?? 256,
      maxPipelined: 64,
      idleMs: options.idleMs ?? 10_000,
    }),
  ];
  yield* Effect.addFinalizer(() => drain(listeners, exchange, options.drainMs ?? 3_000));
  return { address, upstreams, counters: Effect.sync(() => ({ ...counters })) };
});

/** Waits until every query that was taken is answered, or the time is up. */
const drain = Effect.fnUntraced(function* (
  listeners: readonly Listener[],
  exchange: Exchange,
  drainMs: number,
): Effect.fn.Return<void> {
  for (const listener of listeners) listener.stop();
  for (let waited = 0; waited < drainMs && isBusy(listeners); waited += 10) yield* Effect.sleep(10);
  exchange.close();
  // One turn of the loop for the last answers to leave.
  yield* Effect.sleep(1);
  for (const listener of listeners) listener.close();
});

function isBusy(listeners: readonly Listener[]): boolean {
  return listeners.some((listener) => listener.pending() > 0);
}

const openUpstreams = Effect.fnUntraced(function* (
  texts: readonly string[] | undefined,
): Effect.fn.Return<readonly Upstream[], DnsSettingsInvalid> {
  if (texts === undefined || texts.length === 0) {
    const conf = yield* Effect.promise(() => readFile("/etc/resolv.conf", "utf8").catch(() => ""));
    const found = upstreamsOf(conf);
    if (found.length > 0) return found;
    return yield* new DnsSettingsInvalid({
      setting: "upstreams",
      message: "no upstream is set and /etc/resolv.conf names none; set one, for example `192.0.2.1`",
    });
  }
  const upstreams: Upstream[] = [];
  for (const text of texts) {
    const parsed = parseUpstream(text);
    if (!parsed.ok) {
      const { message, help } = parsed.issue;
      return yield* new DnsSettingsInvalid({ setting: "upstreams", message: `${message}; ${help ?? ""}` });
    }
    upstreams.push(parsed.value);
  }
  return upstreams;
});

const openListen = Effect.fnUntraced(function* (
  text: string,
): Effect.fn.Return<ListenAddress, DnsSettingsInvalid> {
  const isAnyPort = text.endsWith(":0");
  const parsed = parseUpstream(isAnyPort ? text.replace(/:0$/, ":1") : text);
  if (parsed.ok) {
    const { address, port } = parsed.value;
    return { host: formatAddress(address), port: isAnyPort ? 0 : port };
  }
  const message = `\`${text}\` is no address to listen on; write \`127.0.0.1:8053\` or \`[::1]:8053\``;
  return yield* new DnsSettingsInvalid({ setting: "listen", message });
});
