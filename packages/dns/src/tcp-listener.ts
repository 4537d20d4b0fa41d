import type { Server, Socket } from "node:net";
import { parseAddress } from "@demarc/net";
import type { DnsCounters } from "./counters.ts";
import type { Filter } from "./filter.ts";
import { FrameReader, frame } from "./frame.ts";
import type { Listener } from "./listener.ts";

/** Limits of a TCP listener. */
export interface TcpLimits {
  /** Connections at once; one more is closed at once. */
  readonly maxConnections: number;
  /** Queries under way on one connection; reading pauses there (RFC 7766 §6.2.1 pipelining). */
  readonly maxPipelined: number;
  /** Silence after which a connection is closed, ms (RFC 7766 §6.2.3). */
  readonly idleMs: number;
}

/** Answers length-framed queries on a listening server, in the order in which answers become known. */
export function listenTcp(
  server: Server,
  filter: Filter,
  counters: DnsCounters,
  limits: TcpLimits,
): Listener {
  const sockets = new Set<Socket>();
  let pending = 0;
  let isStopping = false;
  server.on("connection", (socket) => {
    if (isStopping || sockets.size >= limits.maxConnections) {
      counters.dropped++;
      socket.destroy();
      return;
    }
    sockets.add(socket);
    counters.connections++;
    const client = parseAddress((socket.remoteAddress ?? "").replace(/%.*$/, ""));
    const address = client.ok ? client.value : undefined;
    const reader = new FrameReader();
    let open = 0;
    const settled = (answer: Uint8Array | null): void => {
      pending--;
      open--;
      counters.pending--;
      if (socket.destroyed) return;
      // A sender of what gets no answer over UDP has lost the framing, or means no good.
      if (answer === null) socket.destroy();
      else if (!socket.write(frame(answer))) socket.pause();
      if (open < limits.maxPipelined && !socket.writableNeedDrain) socket.resume();
    };
    socket.setNoDelay(true);
    socket.setTimeout(limits.idleMs, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("drain", () => socket.resume());
    socket.on("close", () => {
      sockets.delete(socket);
      counters.connections--;
    });
    socket.on("data", (chunk) => {
      for (const packet of reader.read(chunk)) {
        if (isStopping || socket.destroyed) return;
        pending++;
        open++;
        counters.pending++;
        filter(packet, address, "tcp", settled);
      }
      if (open >= limits.maxPipelined) socket.pause();
    });
  });
  return {
    stop: () => {
      isStopping = true;
      server.close();
    },
    pending: () => pending,
    close: () => {
      for (const socket of sockets) socket.destroySoon();
    },
  };
}
