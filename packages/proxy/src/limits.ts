/** What bounds a proxy. Times in milliseconds. */
export interface ProxyLimits {
  /** Client connections at once; more get 503 and are closed. */
  readonly maxConnections: number;
  /** Silence between two requests of a connection, and before the first. */
  readonly keepAliveMs: number;
  /** From a head's first byte to its last. */
  readonly headMs: number;
  /** One name's resolution. */
  readonly resolveMs: number;
  /** One attempt to connect to one address. */
  readonly connectMs: number;
  /** All attempts of one request. */
  readonly connectTotalMs: number;
  /** From the request's last byte to the response's first, and between two pieces of either body. */
  readonly silenceMs: number;
  /** A tunnel without a byte in either direction. */
  readonly tunnelIdleMs: number;
  /** From the start of a stop to the end of what is still under way. */
  readonly drainMs: number;
}

/** The limits unless others are given. */
export const DEFAULT_LIMITS: ProxyLimits = {
  maxConnections: 1_024,
  keepAliveMs: 60_000,
  headMs: 15_000,
  resolveMs: 5_000,
  connectMs: 4_000,
  connectTotalMs: 12_000,
  silenceMs: 120_000,
  tunnelIdleMs: 600_000,
  drainMs: 5_000,
};

/** How long a connection is read on after its last answer, so that the answer arrives. */
export const LINGER_MS = 1_000;

/** Interim responses (1xx) of one request that are carried. */
export const MAX_INTERIM = 16;
