import type { Socket } from "node:dgram";
import { createServer, type Server } from "node:net";
import { Effect, type Scope } from "effect";
import { ListenFailed, PortTaken } from "./errors.ts";
import { openUdpSocket } from "./udp-listener.ts";

/** Where a server listens. */
export interface ListenAddress {
  /** IP address. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

type BindError = PortTaken | ListenFailed;

/** A bound UDP socket, closed with the scope. */
export const bindUdp = (at: ListenAddress): Effect.Effect<Socket, BindError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.callback<Socket, BindError>((resume) => {
      const socket = openUdpSocket(at.host);
      socket.once("error", (error) => {
        socket.close();
        resume(Effect.fail(bindError("udp", at, error)));
      });
      socket.bind({ address: at.host, port: at.port, exclusive: true }, () => {
        socket.removeAllListeners("error");
        // An ICMP answer to one client's address is no reason to stop serving the others.
        socket.on("error", () => {});
        resume(Effect.succeed(socket));
      });
    }),
    (socket) => Effect.sync(() => socket.close()),
  );

/** A listening TCP server, closed with the scope. */
export const bindTcp = (at: ListenAddress): Effect.Effect<Server, BindError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.callback<Server, BindError>((resume) => {
      const server = createServer();
      server.once("error", (error) => resume(Effect.fail(bindError("tcp", at, error))));
      server.listen({ host: at.host, port: at.port, exclusive: true }, () => {
        server.removeAllListeners("error");
        server.on("error", () => {});
        resume(Effect.succeed(server));
      });
    }),
    (server) => Effect.sync(() => server.close()),
  );

function bindError(transport: "udp" | "tcp", at: ListenAddress, cause: Error): BindError {
  const code = "code" in cause ? cause.code : undefined;
  const where = `${at.host.includes(":") ? `[${at.host}]` : at.host}:${at.port}`;
  if (code === "EADDRINUSE") {
    const message = `${transport} port ${at.port} on ${at.host} is taken by another process; stop it (\`ss -lpn sport = :${at.port}\` shows it) or listen elsewhere`;
    return new PortTaken({ transport, ...at, message });
  }
  const why =
    code === "EACCES"
      ? "ports below 1024 need a privilege; listen on a higher one"
      : code === "EADDRNOTAVAIL"
        ? "the address is not one of this machine's"
        : cause.message;
  return new ListenFailed({
    transport,
    ...at,
    message: `can not listen on ${transport} ${where}: ${why}`,
    cause,
  });
}
