// One connection to the first of some judged addresses that accepts it. Nothing is resolved here: the addresses are the pin.
import { connect, type Socket } from "node:net";

/** Why no address accepted a connection (the words of RFC 9209 §2.3). */
export interface DialFailure {
  readonly error:
    | "connection_refused"
    | "connection_timeout"
    | "destination_ip_unroutable"
    | "connection_terminated";
  readonly detail: string;
}

/** What to connect to. */
export interface DialOptions {
  /** Canonical texts of addresses, at least one. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** For each address, ms. */
  readonly timeoutMs: number;
  /** True for a tunnel, whose ends close one after the other. */
  readonly allowHalfOpen: boolean;
}

/**
 * Tries addresses in order, one at a time. `done` is called exactly once, unless the returned function is called first, which
 * gives up without a word. The socket has an error listener already.
 */
export function dial(
  { hosts, port, timeoutMs, allowHalfOpen }: DialOptions,
  done: (failure: DialFailure | null, socket: Socket | null) => void,
): () => void {
  let isOver = false;
  let current: Socket | null = null;
  let pendingTimer: NodeJS.Timeout | undefined;
  let worst: DialFailure = { error: "connection_terminated", detail: "there is no address to connect to" };
  const attempt = (index: number): void => {
    const host = hosts[index];
    if (host === undefined) {
      isOver = true;
      done(worst, null);
      return;
    }
    const socket = connect({ host, port, noDelay: true, allowHalfOpen, autoSelectFamily: false });
    current = socket;
    let isSettled = false;
    const fail = (failure: DialFailure): void => {
      if (isSettled || isOver) return;
      isSettled = true;
      clearTimeout(timer);
      // A timeout tells more than a refusal that came after it.
      if (index === 0 || worst.error !== "connection_timeout") worst = failure;
      socket.destroy();
      attempt(index + 1);
    };
    const timer = setTimeout(
      () => fail({ error: "connection_timeout", detail: `no connection to port ${port} in ${timeoutMs} ms` }),
      timeoutMs,
    );
    socket.on("error", (error) => fail(failureOf(error, port)));
    socket.once("close", () => fail({ error: "connection_terminated", detail: "the connection was closed" }));
    socket.once("connect", () => {
      if (isSettled || isOver) return;
      isSettled = true;
      isOver = true;
      clearTimeout(timer);
      done(null, socket);
    });
    pendingTimer = timer;
  };
  attempt(0);
  return () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(pendingTimer);
    current?.destroy();
  };
}

function failureOf(error: Error, port: number): DialFailure {
  const code = "code" in error && typeof error.code === "string" ? error.code : "unknown";
  switch (code) {
    case "ECONNREFUSED":
      return { error: "connection_refused", detail: `port ${port} refused the connection` };
    case "ETIMEDOUT":
      return { error: "connection_timeout", detail: `no connection to port ${port} in time` };
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return { error: "destination_ip_unroutable", detail: `there is no route to it (${code})` };
    default:
      return { error: "connection_terminated", detail: `the connection failed (${code})` };
  }
}
