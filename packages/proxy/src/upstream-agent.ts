// Connections to origins, kept between the requests of one client connection. They are never shared among clients: an origin that
// logs a connection in (NTLM, Negotiate) would take one client for another.
import { Agent, type AgentOptions, type ClientRequestArgs } from "node:http";
import type { Duplex } from "node:stream";
import { type DialFailure, dial } from "./dial.ts";

const MAX_IDLE_SOCKETS = 4;

/** The addresses that a request may be sent to: every one of them was judged for this very request. */
export interface PinnedRequest extends ClientRequestArgs {
  readonly pinned: readonly string[];
  readonly pinnedPort: number;
  readonly connectTimeoutMs: number;
}

/** A dial's failure as the error of a request. */
export class DialError extends Error {
  readonly failure: DialFailure;

  constructor(failure: DialFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** An agent that connects to pinned addresses, and reuses a connection only for a request with the same ones. */
export class UpstreamAgent extends Agent {
  constructor(options: AgentOptions) {
    super({ ...options, maxFreeSockets: MAX_IDLE_SOCKETS });
  }

  override getName(options?: ClientRequestArgs): string {
    return options !== undefined && isPinned(options)
      ? `${options.pinned.toSorted().join("|")} ${options.pinnedPort}`
      : "";
  }

  override createConnection(
    options: ClientRequestArgs,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    if (!isPinned(options) || done === undefined) throw new TypeError("a pinned request is expected");
    const { pinned, pinnedPort: port, connectTimeoutMs: timeoutMs } = options;
    dial({ hosts: pinned, port, timeoutMs, allowHalfOpen: false }, (failure, socket) => {
      // node:http looks at the stream only when there is no error.
      if (failure !== null) (done as (error: Error) => void)(new DialError(failure));
      else if (socket !== null) done(null, socket);
    });
    return undefined;
  }
}

function isPinned(options: ClientRequestArgs): options is PinnedRequest {
  return "pinned" in options;
}
