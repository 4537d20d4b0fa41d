/** What a proxy has seen since it started; plain numbers that only grow, but for the three in flight. */
export interface ProxyCounters {
  requests: number;
  /** Answered by an origin, tunnels not among them. */
  forwarded: number;
  tunnels: number;
  /** Refused by the policy set. */
  refused: number;
  /** Refused because the address is not a global one, or this proxy's own. */
  prohibited: number;
  /** Ended by the proxy: no address, no connection, no answer. */
  failed: number;
  /** 4xx for what no proxy can forward. */
  malformed: number;
  /** Given up by the client before an answer began. */
  aborted: number;
  /** Connections closed because there were too many. */
  dropped: number;
  bytesToOrigins: number;
  bytesToClients: number;
  pending: number;
  connections: number;
  openTunnels: number;
}

/** All zero. */
export function createCounters(): ProxyCounters {
  return {
    requests: 0,
    forwarded: 0,
    tunnels: 0,
    refused: 0,
    prohibited: 0,
    failed: 0,
    malformed: 0,
    aborted: 0,
    dropped: 0,
    bytesToOrigins: 0,
    bytesToClients: 0,
    pending: 0,
    connections: 0,
    openTunnels: 0,
  };
}
