import { createServer, type Server } from "node:http";
import { Effect, type Scope } from "effect";
import { ListenFailed, PortTaken } from "./errors.ts";
import { HEAD_TIMEOUT_MS, IDLE_GRACE_MS, KEEP_ALIVE_MS } from "./limits.ts";
import type { ListenAddress } from "./settings.ts";

/** Limits that node:http keeps. */
export interface HttpLimits {
  readonly maxHeadBytes: number;
  readonly maxConnections: number;
  readonly idleMs: number;
}

/** A listening HTTP server with nothing attached, closed with the scope; and where it listens. */
export const bindHttp = (
  at: ListenAddress,
  limits: HttpLimits,
): Effect.Effect<
  { readonly server: Server; readonly address: ListenAddress },
  PortTaken | ListenFailed,
  Scope.Scope
> =>
  Effect.acquireRelease(
    Effect.callback<{ server: Server; address: ListenAddress }, PortTaken | ListenFailed>((resume) => {
      const server = createServer({
        maxHeaderSize: limits.maxHeadBytes,
        headersTimeout: HEAD_TIMEOUT_MS,
        // A body may take as long as it moves: silence is what ends it.
        requestTimeout: 0,
        keepAliveTimeout: KEEP_ALIVE_MS,
        connectionsCheckingInterval: 1_000,
        insecureHTTPParser: false,
        // Told by request-head.ts, with Proxy-Status.
        requireHostHeader: false,
        noDelay: true,
      });
      server.timeout = limits.idleMs + IDLE_GRACE_MS;
      server.maxConnections = limits.maxConnections;
      // node:http would drop the fields after the limit in silence, Host and framing among them. The head's size is the bound.
      server.maxHeadersCount = 0;
      server.once("error", (error) => resume(Effect.fail(bindError(at, error))));
      server.listen({ host: at.host, port: at.port, exclusive: true }, () => {
        server.removeAllListeners("error");
        server.on("error", () => {});
        const bound = server.address();
        const port = typeof bound === "object" && bound !== null ? bound.port : at.port;
        resume(Effect.succeed({ server, address: { host: at.host, port } }));
      });
    }),
    ({ server }) => Effect.sync(() => server.close()),
  );

function bindError(at: ListenAddress, cause: Error): PortTaken | ListenFailed {
  const code = "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    const message = `port ${at.port} on ${at.host} is taken by another process; stop it (\`ss -ltnp sport = :${at.port}\` shows it) or listen elsewhere`;
    return new PortTaken({ ...at, message });
  }
  const why =
    code === "EACCES"
      ? "ports below 1024 need a privilege; listen on a higher one"
      : code === "EADDRNOTAVAIL"
        ? "the address is not one of this machine's"
        : cause.message;
  const where = `${at.host.includes(":") ? `[${at.host}]` : at.host}:${at.port}`;
  return new ListenFailed({ ...at, message: `can not listen on ${where}: ${why}`, cause });
}
