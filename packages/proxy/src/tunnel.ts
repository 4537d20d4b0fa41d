// A CONNECT tunnel: two sockets and what flows between them, untouched and unread.
import type { Socket } from "node:net";
import type { ProxyCounters } from "./counters.ts";

/**
 * Joins two half-open sockets: each end's FIN goes to the other, an error ends both, silence in both directions for `idleMs` ends
 * both. `closed` is called exactly once, when both are gone.
 *
 *   head  bytes that the client sent right after its request
 */
export function joinSockets(
  client: Socket,
  upstream: Socket,
  head: Buffer,
  idleMs: number,
  counters: ProxyCounters,
  closed: () => void,
): void {
  let open = [client, upstream].filter((socket) => !socket.closed).length;
  const end = (): void => {
    client.destroy();
    upstream.destroy();
  };
  const gone = (hadError: boolean): void => {
    open--;
    if (hadError) end();
    if (open > 0) return;
    counters.openTunnels--;
    closed();
  };
  counters.openTunnels++;
  client.setNoDelay(true);
  // Whatever moves, moves through both sockets: one timer is enough.
  client.setTimeout(idleMs, end);
  for (const socket of [client, upstream]) {
    socket.on("error", end);
    socket.on("close", gone);
  }
  client.on("data", (chunk: Buffer) => {
    counters.bytesToOrigins += chunk.length;
  });
  upstream.on("data", (chunk: Buffer) => {
    counters.bytesToClients += chunk.length;
  });
  if (head.length > 0) {
    counters.bytesToOrigins += head.length;
    upstream.write(head);
  }
  client.pipe(upstream);
  upstream.pipe(client);
  // One of them may have gone while the other was being opened.
  if (client.destroyed || upstream.destroyed) end();
}
