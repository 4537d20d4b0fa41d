// The client's side: requests of node:http to exchanges, and what node:http could not parse to a clear refusal.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { type Address, parseAddress } from "@demarc/net";
import { Exchange, type ProxyParts } from "./exchange.ts";
import { forward } from "./forward.ts";
import type { Judge } from "./judge.ts";
import { MAX_PIPELINED } from "./limits.ts";
import { openTunnel } from "./open-tunnel.ts";
import { finalAnswer, parseFailure, requestError, stopFault } from "./own-answer.ts";
import { failureReply, type Reply } from "./reply.ts";
import { type RawHead, readForward } from "./request-head.ts";
import { sendRawReply, sendReply } from "./send-reply.ts";
import { UpstreamAgent } from "./upstream-agent.ts";

/** A listener's life after it was opened. */
export interface ProxyListener {
  /** Takes no new connection, and no further request on those there are. */
  readonly stop: () => void;
  /** Ends whatever is left. */
  readonly close: () => void;
}

interface Client {
  readonly address: Address | undefined;
  readonly agent: UpstreamAgent;
  /** Responses not yet complete, in order. */
  readonly active: Set<ServerResponse>;
  isEnding: boolean;
}

/** Serves the clients of a listening server. */
export function serveClients(server: Server, parts: ProxyParts, judge: Judge): ProxyListener {
  const { counters, name } = parts;
  const clients = new Map<Socket, Client>();
  const upstreams = new Set<Socket>();
  let isStopping = false;

  const opened = (upstream: Socket): void => {
    upstreams.add(upstream);
    upstream.once("close", () => upstreams.delete(upstream));
  };

  server.on("connection", (socket) => {
    const parsed = parseAddress((socket.remoteAddress ?? "").replace(/%.*$/, ""));
    const address = parsed.ok ? parsed.value : undefined;
    const agent = new UpstreamAgent({ keepAlive: true });
    clients.set(socket, { address, agent, active: new Set(), isEnding: false });
    counters.connections++;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      clients.delete(socket);
      agent.destroy();
      counters.connections--;
    });
  });
  server.on("drop", () => {
    counters.dropped++;
  });

  const onRequest = (incoming: IncomingMessage, response: ServerResponse): void => {
    const client = clients.get(incoming.socket);
    if (client === undefined || client.active.size >= MAX_PIPELINED) {
      incoming.socket.destroy();
      return;
    }
    if (isStopping) response.shouldKeepAlive = false;
    const raw = rawHead(incoming);
    const exchange = new Exchange(parts, raw.rawFields, raw.target);
    client.active.add(response);
    incoming.on("error", () => {});
    response.on("error", () => response.destroy());
    response.on("close", () => {
      client.active.delete(response);
      exchange.ended();
    });
    const reply = (reply: Reply): void => sendReply(incoming, response, reply);
    const isForProxy = raw.method === "OPTIONS" && raw.target === "*" && raw.httpVersion === "1.1";
    const own = isForProxy ? finalAnswer(raw) : null;
    if (own !== null) {
      exchange.passed(null, "forwarded");
      reply(own);
      return;
    }
    const head = readForward(raw);
    if (head.kind === "fault") {
      reply(exchange.failed(null, requestError(head.status, head.detail), "malformed"));
      return;
    }
    const stop = stopFault(raw, name);
    if (stop !== null) {
      reply(exchange.failed(null, stop, stop.status === 400 ? "malformed" : "prohibited"));
      return;
    }
    const answer = finalAnswer(raw);
    if (answer !== null) {
      exchange.passed(null, "forwarded");
      reply(answer);
      return;
    }
    judge(head, client.address, (verdict) => {
      if (verdict.kind !== "open") {
        if (response.destroyed) exchange.passed(verdict, "aborted");
        else reply(exchange.closed(verdict));
        return;
      }
      const [first, ...rest] = verdict.candidates;
      if (first === undefined) return;
      const { agent } = client;
      const candidates = [first, ...rest] as const;
      if (response.destroyed) exchange.passed(first, "aborted");
      else forward({ parts, incoming, response, head, exchange, candidates, agent, sendReply: reply });
    });
  };
  server.on("request", onRequest);
  // The origin is asked whether it wants the body; forward.ts passes its 100 on.
  server.on("checkContinue", onRequest);
  server.on("checkExpectation", (incoming: IncomingMessage, response: ServerResponse) => {
    counters.malformed++;
    const failure = requestError(417, "the one expectation there is, is 100-continue");
    sendReply(incoming, response, failureReply(failure, name, undefined));
  });

  server.on("connect", (incoming, duplex, early) => {
    if (!(duplex instanceof Socket)) return;
    const client = clients.get(duplex);
    // A response that is still being written would end up inside the tunnel.
    if (client === undefined || client.active.size > 0) {
      duplex.destroy();
      return;
    }
    const raw = rawHead(incoming);
    openTunnel({ parts, judge, raw, socket: duplex, client: client.address, early, opened });
  });

  server.on("clientError", (error, duplex) => {
    if (!(duplex instanceof Socket)) return;
    const client = clients.get(duplex);
    if (client?.isEnding === true) return;
    const active = [...(client?.active ?? [])];
    // A reply now would be read as the answer to an earlier request, or as part of it.
    const isAnothers = active.some((response) => response.headersSent || response.req.complete);
    if (client === undefined || isAnothers || active.length > 1 || !duplex.writable || isReset(error)) {
      duplex.destroy();
      return;
    }
    client.isEnding = true;
    counters.malformed++;
    sendRawReply(duplex, failureReply(parseFailure(error), name, undefined));
  });

  return {
    stop: () => {
      isStopping = true;
      server.close();
      server.closeIdleConnections();
    },
    close: () => {
      for (const socket of clients.keys()) socket.destroy();
      for (const socket of upstreams) socket.destroy();
    },
  };
}

function rawHead({ method = "", url = "", httpVersion, rawHeaders }: IncomingMessage): RawHead {
  return { method, target: url, httpVersion, rawFields: rawHeaders };
}

function isReset(error: Error): boolean {
  return "code" in error && error.code === "ECONNRESET";
}
