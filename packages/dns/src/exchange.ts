// Asking upstreams: one fresh socket (so a fresh random port) and a fresh random id per attempt, answers checked against
// the question, the next upstream after silence or an error, TCP after truncation. Plain callbacks; server.ts owns it.
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { formatAddress } from "@demarc/net";
import { decodeMessage } from "./codec/decode.ts";
import type { ExtendedError } from "./codec/ede-option.ts";
import { encodeMessage } from "./codec/encode.ts";
import type { Message } from "./codec/message.ts";
import { FrameReader, frame } from "./frame.ts";
import type { Upstream } from "./upstream.ts";

/** An upstream's answer, or the Extended DNS Error that says why there is none. */
export type AskOutcome =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly error: ExtendedError };

/** Asks the question of `query` upstream; `done` is called exactly once. */
export type Ask = (query: Message, done: (outcome: AskOutcome) => void) => void;

/** Upstreams under one roof. */
export interface Exchange {
  readonly ask: Ask;
  /** Ends what is under way; every `done` still outstanding is called with an error. */
  readonly close: () => void;
}

/** Limits of an exchange. */
export interface ExchangeOptions {
  /** At least one. */
  readonly upstreams: readonly Upstream[];
  /** Wait for one attempt, ms; default 1500. */
  readonly timeoutMs?: number | undefined;
  /** Questions under way at once; default 2000. */
  readonly maxPending?: number | undefined;
}

const EDE_NO_REACHABLE_AUTHORITY = 22;
const EDE_NETWORK_ERROR = 23;
const OWN_UDP_BYTES = 1_232;
const MAX_ATTEMPTS = 4;

type Attempt =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly why: string };

/** Opens nothing until the first question. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { upstreams, timeoutMs = 1_500, maxPending = 2_000 } = options;
  const cancels = new Set<() => void>();
  let isClosed = false;
  let preferred = 0;

  const ask: Ask = (query, done) => {
    if (isClosed || cancels.size >= maxPending) {
      const extraText = isClosed ? "the server is stopping" : "too many queries under way";
      done({ ok: false, error: { infoCode: EDE_NETWORK_ERROR, extraText } });
      return;
    }
    const failures: string[] = [];
    let isTimeout = false;
    let attempts = Math.min(MAX_ATTEMPTS, Math.max(2, upstreams.length));
    const first = preferred;
    const next = (index: number): void => {
      const upstream = upstreams[index % upstreams.length];
      if (upstream === undefined || attempts-- === 0 || isClosed) {
        const infoCode = isTimeout ? EDE_NO_REACHABLE_AUTHORITY : EDE_NETWORK_ERROR;
        done({
          ok: false,
          error: { infoCode, extraText: `no upstream answered: ${[...new Set(failures)].join("; ")}` },
        });
        return;
      }
      const finished = (result: Attempt): void => {
        if (result.ok) {
          preferred = index % upstreams.length;
          done(result);
          return;
        }
        failures.push(`${upstream.text} ${result.why}`);
        if (result.why === "timed out") isTimeout = true;
        next(index + 1);
      };
      attemptUdp(query, upstream, (result) => {
        if (result.ok && result.message.truncated) attemptTcp(query, upstream, finished);
        else finished(result);
      });
    };
    next(first);
  };

  /** Runs `start` with a deadline; whatever ends it first (answer, error, deadline, close) is the only one to be heard. */
  function attempt(
    start: (end: (result: Attempt) => void) => () => void,
    done: (result: Attempt) => void,
  ): void {
    let isDone = false;
    let release: (() => void) | null = null;
    const end = (result: Attempt): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      cancels.delete(cancel);
      release?.();
      done(result);
    };
    const cancel = (): void => end({ ok: false, why: "was cancelled" });
    const timer = setTimeout(() => end({ ok: false, why: "timed out" }), timeoutMs);
    cancels.add(cancel);
    release = start(end);
    if (isDone) release();
  }

  function attemptUdp(query: Message, upstream: Upstream, done: (result: Attempt) => void): void {
    attempt((end) => {
      const { id, bytes } = questionFor(query);
      const socket = createSocket(upstream.address.length === 4 ? "udp4" : "udp6");
      socket.on("error", (error) => end({ ok: false, why: wordFor(error) }));
      socket.on("message", (packet) => {
        const message = answerFrom(packet, id, query);
        if (message !== null) end({ ok: true, message });
      });
      // A connected socket hears this upstream alone, and learns at once when nobody listens there.
      socket.connect(upstream.port, formatAddress(upstream.address), () => socket.send(bytes));
      return () => socket.close();
    }, done);
  }

  function attemptTcp(query: Message, upstream: Upstream, done: (result: Attempt) => void): void {
    attempt((end) => {
      const { id, bytes } = questionFor(query);
      const socket = connect({ port: upstream.port, host: formatAddress(upstream.address) });
      const reader = new FrameReader();
      socket.on("error", (error) => end({ ok: false, why: wordFor(error) }));
      socket.on("close", () => end({ ok: false, why: "closed the connection" }));
      socket.on("data", (chunk) => {
        for (const packet of reader.read(chunk)) {
          const message = answerFrom(packet, id, query);
          if (message !== null) end({ ok: true, message });
        }
      });
      socket.write(frame(bytes));
      return () => socket.destroy();
    }, done);
  }

  return {
    ask,
    close: () => {
      isClosed = true;
      for (const cancel of cancels) cancel();
    },
  };
}

/** Our own question: the client's name in its case, its wishes (RD, AD, CD, DO), none of its options. */
function questionFor(query: Message): { readonly id: number; readonly bytes: Uint8Array } {
  const id = randomInt(0x1_0000);
  const encoded = encodeMessage({
    ...query,
    id,
    truncated: false,
    answers: [],
    authorities: [],
    additionals: [],
    edns: { udpSize: OWN_UDP_BYTES, version: 0, dnssecOk: query.edns?.dnssecOk === true, options: [] },
  });
  return { id, bytes: encoded.ok ? encoded.value : new Uint8Array() };
}

/** The answer in `packet` when it is one to this question (RFC 5452 §9.1), else null. */
function answerFrom(packet: Uint8Array, id: number, query: Message): Message | null {
  const decoded = decodeMessage(packet);
  if (!decoded.ok) return null;
  const message = decoded.value;
  const asked = query.questions[0];
  const echoed = message.questions[0];
  if (!message.response || message.opcode !== 0 || message.id !== id || asked === undefined) return null;
  if (echoed === undefined || message.questions.length !== 1) return null;
  const isSame =
    echoed.type === asked.type &&
    echoed.class === asked.class &&
    echoed.name.toLowerCase() === asked.name.toLowerCase();
  return isSame ? message : null;
}

function wordFor(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED"
    ? "refused the connection"
    : `failed (${typeof code === "string" ? code : error.message})`;
}
