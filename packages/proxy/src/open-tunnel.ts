// One CONNECT request: judged, dialled, joined; or refused on the bare socket.
import type { Socket } from "node:net";
import type { Address } from "@demarc/net";
import { type DialFailure, dial } from "./dial.ts";
import { Exchange, type ProxyParts } from "./exchange.ts";
import type { Candidate, Judge } from "./judge.ts";
import { requestError, stopFault } from "./own-answer.ts";
import type { Failure, Reply } from "./reply.ts";
import { type RawHead, readConnect } from "./request-head.ts";
import { sendRawReply } from "./send-reply.ts";
import { joinSockets } from "./tunnel.ts";

/** What one tunnel needs. */
export interface TunnelOptions {
  readonly parts: ProxyParts;
  readonly judge: Judge;
  readonly raw: RawHead;
  readonly socket: Socket;
  readonly client: Address | undefined;
  /** Bytes that came right after the request. */
  readonly early: Buffer;
  /** Told of the socket to the destination as soon as there is one. */
  readonly opened: (upstream: Socket) => void;
}

/** Opens the tunnel, or says why not. */
export function openTunnel(options: TunnelOptions): void {
  const { parts, judge, raw, socket, client } = options;
  const exchange = new Exchange(parts, raw.rawFields, raw.target);
  const refuse = (reply: Reply): void => {
    if (socket.closed) exchange.ended();
    else socket.once("close", () => exchange.ended());
    sendRawReply(socket, reply);
  };
  const target = readConnect(raw);
  if (target.kind === "fault") {
    refuse(exchange.failed(null, requestError(target.status, target.detail), "malformed"));
    return;
  }
  const stop = stopFault(raw, parts.name);
  if (stop !== null) {
    refuse(exchange.failed(null, stop, stop.status === 400 ? "malformed" : "prohibited"));
    return;
  }
  judge(target, client, (verdict) => {
    if (verdict.kind === "open")
      connectTo(options, exchange, target.host, target.port, verdict.candidates, refuse);
    else refuse(exchange.closed(verdict));
  });
}

function connectTo(
  { parts, socket, early, opened }: TunnelOptions,
  exchange: Exchange,
  name: string,
  port: number,
  candidates: readonly Candidate[],
  refuse: (reply: Reply) => void,
): void {
  const first = candidates[0] ?? null;
  const giveUp = (): void => {
    cancel();
    exchange.passed(first, "aborted");
    exchange.ended();
  };
  const hosts = candidates.map(({ host }) => host);
  const cancel = dial(
    { hosts, port, timeoutMs: parts.connectTimeoutMs, allowHalfOpen: true },
    (failure, upstream) => {
      socket.off("close", giveUp);
      if (upstream === null) {
        refuse(exchange.failed(first, unreachable(name, failure), "failed"));
        return;
      }
      opened(upstream);
      exchange.passed(candidates.find(({ host }) => host === upstream.remoteAddress) ?? first, "tunnel");
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      joinSockets(socket, upstream, early, parts.idleMs, parts.counters, () => exchange.ended());
    },
  );
  if (socket.closed) giveUp();
  else socket.once("close", giveUp);
}

function unreachable(name: string, failure: DialFailure | null): Failure {
  const error = failure?.error ?? "connection_terminated";
  const detail = `${name}: ${failure?.detail ?? "the connection failed"}`;
  return { status: error === "connection_timeout" ? 504 : 502, error, detail };
}
