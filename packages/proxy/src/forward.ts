// A plain HTTP request on its way to the origin and its response on its way back. Bodies are streamed with backpressure.
import {
  type ClientRequest,
  type IncomingMessage,
  type InformationEvent,
  request,
  type ServerResponse,
} from "node:http";
import type { Exchange, ProxyParts } from "./exchange.ts";
import { requestFields, responseFields } from "./fields.ts";
import type { Candidate } from "./judge.ts";
import { MAX_RESPONSE_HEAD_BYTES } from "./limits.ts";
import type { Failure, Reply } from "./reply.ts";
import { type ForwardHead, valuesOf } from "./request-head.ts";
import { readRest } from "./send-reply.ts";
import { DialError, type PinnedRequest, UpstreamAgent } from "./upstream-agent.ts";

/** What one forwarding needs. */
export interface ForwardOptions {
  readonly parts: ProxyParts;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: ForwardHead;
  readonly exchange: Exchange;
  /** Judged for this request, at least one. */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** Connections that this client may use again. */
  readonly agent: UpstreamAgent;
  readonly sendReply: (reply: Reply) => void;
}

// Requests that may be sent again when a kept connection turns out to be dead (RFC 9110 §9.2.2), and have nothing to send twice.
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

const ONE_REQUEST_EACH = new UpstreamAgent({ keepAlive: false });

/** Forwards the request; the response is complete, or cut off, when the exchange ends. */
export function forward(options: ForwardOptions): void {
  const { parts, incoming, response, head, exchange, candidates, sendReply } = options;
  const { name, counters } = parts;
  const method = incoming.method ?? "GET";
  const isRepeatable = REPEATABLE.has(method) && head.body === "none";
  const fields = requestFields(incoming.rawHeaders, head, method, incoming.httpVersion, name);
  let current: ClientRequest | null = null;
  let isContinued = incoming.headers.expect === undefined;
  let isAnswered = false;
  let isOver = false;
  let isUntilClose = false;

  const giveUp = (failure: Failure): void => {
    if (isOver) return;
    isOver = true;
    current?.destroy();
    sendReply(exchange.failed(candidates[0], failure, "failed"));
  };

  const send = (agent: UpstreamAgent): void => {
    const pinned: PinnedRequest = {
      method,
      path: head.path,
      // node:http adds Connection beside these; Host is among them.
      headers: fields,
      setHost: false,
      host: head.host,
      port: head.port,
      agent,
      maxHeaderSize: MAX_RESPONSE_HEAD_BYTES,
      timeout: parts.idleMs,
      pinned: candidates.map(({ host }) => host),
      pinnedPort: head.port,
      connectTimeoutMs: parts.connectTimeoutMs,
    };
    const outgoing = request(pinned);
    current = outgoing;
    outgoing.maxHeadersCount = 0;
    outgoing.on("continue", () => {
      if (isContinued || response.headersSent) return;
      isContinued = true;
      response.writeContinue();
    });
    outgoing.on("information", (information) => {
      if (incoming.httpVersion !== "1.0" && !response.headersSent) passOn(information, response, name);
    });
    outgoing.on("timeout", () => {
      const detail = `${head.host} sent nothing for ${parts.idleMs} ms`;
      if (response.headersSent) cut();
      else giveUp({ status: 504, error: "http_response_timeout", detail });
    });
    outgoing.on("error", (error) => {
      // An origin that has said all it wanted may well close on the rest of the upload.
      if (isOver || isAnswered || outgoing !== current) return;
      if (response.headersSent) cut();
      else if (outgoing.reusedSocket && isRepeatable) send(ONE_REQUEST_EACH);
      else giveUp(failureOf(error, head.host));
    });
    // Upgrade stayed behind: nobody asked for this.
    outgoing.on("upgrade", (_upstream, socket) => {
      socket.destroy();
      giveUp({
        status: 502,
        error: "http_upgrade_failed",
        detail: `${head.host} switched protocols without being asked`,
      });
    });
    outgoing.on("response", (upstream) => relay(upstream, outgoing));
    if (head.body === "none") outgoing.end();
    else {
      incoming.on("data", (chunk: Buffer) => {
        counters.bytesToOrigins += chunk.length;
      });
      incoming.pipe(outgoing);
    }
  };

  const relay = (upstream: IncomingMessage, outgoing: ClientRequest): void => {
    upstream.on("error", () => cut());
    if (isOver || response.headersSent) {
      outgoing.destroy();
      return;
    }
    const codings = valuesOf(upstream.rawHeaders, "transfer-encoding");
    if (codings.length > 1 || (codings[0] ?? "chunked").toLowerCase() !== "chunked") {
      const detail = `${head.host} answered with a Transfer-Encoding other than chunked`;
      giveUp({ status: 502, error: "http_protocol_error", detail });
      return;
    }
    // Whether the client will still send its body, nobody knows: the next request could not be told from it.
    if (!isContinued) response.shouldKeepAlive = false;
    try {
      const headers = responseFields(upstream.rawHeaders, upstream.httpVersion, name);
      isUntilClose = incoming.httpVersion === "1.0" && valuesOf(headers, "content-length").length === 0;
      response.writeHead(upstream.statusCode ?? 0, upstream.statusMessage, headers);
    } catch {
      giveUp({
        status: 502,
        error: "http_protocol_error",
        detail: `${head.host} answered with a malformed head`,
      });
      return;
    }
    const host = outgoing.socket?.remoteAddress ?? "";
    exchange.passed(candidates.find((candidate) => candidate.host === host) ?? candidates[0], "forwarded");
    upstream.on("data", (chunk: Buffer) => {
      counters.bytesToClients += chunk.length;
    });
    upstream.on("end", () => {
      isAnswered = true;
      if (incoming.complete) return;
      incoming.unpipe(outgoing);
      outgoing.destroy();
      if (isContinued) readRest(incoming);
    });
    upstream.pipe(response);
  };

  // A body that breaks off has to break off at the client too: the status was sent long ago.
  const cut = (): void => {
    if (isOver) return;
    isOver = true;
    current?.destroy();
    // Where the end of the connection is the end of the body, an orderly end would make a part look whole.
    if (isUntilClose) response.socket?.resetAndDestroy();
    response.destroy();
  };

  incoming.on("error", () => cut());
  response.on("close", () => {
    if (!response.writableFinished) exchange.passed(candidates[0], "aborted");
    if (isOver) return;
    isOver = true;
    if (!response.writableFinished) current?.destroy();
  });
  send(isRepeatable ? options.agent : ONE_REQUEST_EACH);
}

// RFC 9110 §15.2: a proxy passes 1xx responses on. 100 is told apart above, 101 is refused, more there are not in use.
function passOn(information: InformationEvent, response: ServerResponse, name: string): void {
  if (information.statusCode === 102) response.writeProcessing();
  if (information.statusCode !== 103) return;
  const hints: Record<string, string | string[]> = {};
  const fields = responseFields(information.rawHeaders, information.httpVersion, name);
  for (let index = 0; index < fields.length; index += 2) {
    const field = (fields[index] ?? "").toLowerCase();
    hints[field] = [...(hints[field] ?? []), fields[index + 1] ?? ""];
  }
  try {
    response.writeEarlyHints(hints);
  } catch {
    // A hint that node:http finds malformed; the response proper will come.
  }
}

function failureOf(error: Error, host: string): Failure {
  if (error instanceof DialError) {
    const { failure } = error;
    const status = failure.error === "connection_timeout" ? 504 : 502;
    return { status, error: failure.error, detail: `${host}: ${failure.detail}` };
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "HPE_HEADER_OVERFLOW") {
    const detail = `${host} answered with a head of more than ${MAX_RESPONSE_HEAD_BYTES} bytes`;
    return { status: 502, error: "http_response_header_section_size", detail };
  }
  if (code.startsWith("HPE_")) {
    return {
      status: 502,
      error: "http_protocol_error",
      detail: `${host} answered with what is no HTTP response`,
    };
  }
  return {
    status: 502,
    error: "http_response_incomplete",
    detail: `${host} closed the connection without an answer`,
  };
}
