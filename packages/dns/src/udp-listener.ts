import { createSocket, type Socket } from "node:dgram";
import { parseAddress } from "@demarc/net";
import type { DnsCounters } from "./counters.ts";
import type { Filter } from "./filter.ts";
import type { Listener } from "./listener.ts";

/**
 * Answers queries on a bound UDP socket. `stop` lets answers out until nothing is pending and takes no new query.
 *
 *   maxPending  queries under way at once; one more is not answered, as if the packet had been lost
 */
export function listenUdp(
  socket: Socket,
  filter: Filter,
  counters: DnsCounters,
  maxPending: number,
): Listener {
  let isStopping = false;
  let pending = 0;
  socket.on("message", (packet, from) => {
    // Port 0 can not be answered; it is only ever sent to provoke.
    if (isStopping || from.port === 0) return;
    if (pending >= maxPending) {
      counters.dropped++;
      return;
    }
    pending++;
    counters.pending++;
    const client = parseAddress(from.address.replace(/%.*$/, ""));
    filter(packet, client.ok ? client.value : undefined, "udp", (answer) => {
      pending--;
      counters.pending--;
      if (answer !== null) socket.send(answer, from.port, from.address, ignoreSendError);
    });
  });
  return {
    stop: () => {
      isStopping = true;
    },
    pending: () => pending,
    // The socket belongs to who bound it.
    close: () => {},
  };
}

/** A socket whose sends skip the look-up of an address that is one already. */
export function openUdpSocket(host: string): Socket {
  const family = host.includes(":") ? 6 : 4;
  return createSocket({
    type: family === 6 ? "udp6" : "udp4",
    lookup: (address, _options, done) => done(null, address, family),
  });
}

// The client is gone or its network is: there is nobody to tell.
function ignoreSendError(): void {}
