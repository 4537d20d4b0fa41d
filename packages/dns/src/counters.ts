/** What a server has seen since it started; plain numbers that only grow, but for the two in flight. */
export interface DnsCounters {
  queries: number;
  /** Answered from an upstream. */
  forwarded: number;
  /** Answered with a refusal and its notice. */
  refused: number;
  /** No upstream answered: SERVFAIL. */
  failed: number;
  /** FORMERR or NOTIMP. */
  malformed: number;
  /** Not answered at all: runts and responses. */
  ignored: number;
  /** Not answered because too many queries were under way. */
  dropped: number;
  pending: number;
  connections: number;
}

/** All zero. */
export function createCounters(): DnsCounters {
  return {
    queries: 0,
    forwarded: 0,
    refused: 0,
    failed: 0,
    malformed: 0,
    ignored: 0,
    dropped: 0,
    pending: 0,
    connections: 0,
  };
}
