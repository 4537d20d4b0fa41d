// Every bound of the proxy, in one place. Times are milliseconds, sizes bytes.

/** Largest request head; a longer one gets 431. */
export const MAX_HEAD_BYTES = 16_384;

/** Most header fields of a request; more get 431. */
export const MAX_FIELDS = 128;

/** Largest response head that an origin may send. */
export const MAX_RESPONSE_HEAD_BYTES = 65_536;

/** Client connections at once, tunnels among them; one more is closed at once. */
export const MAX_CONNECTIONS = 1_000;

/** Requests under way on one connection; a client that pipelines more is cut off. */
export const MAX_PIPELINED = 16;

/** Addresses of one name that are judged and tried, in the resolver's order. */
export const MAX_ADDRESSES = 8;

/** Time for a request head to arrive. */
export const HEAD_TIMEOUT_MS = 15_000;

/** Wait for a name's addresses. */
export const RESOLVE_TIMEOUT_MS = 8_000;

/** Wait for one address to accept a connection. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** Silence after which an exchange or a tunnel ends. */
export const IDLE_MS = 60_000;

/** How much longer the client's side waits, so that the origin's silence is told as 504 before the client is cut off. */
export const IDLE_GRACE_MS = 5_000;

/** Silence after which an unused connection of a client is closed. */
export const KEEP_ALIVE_MS = 15_000;

/** Rest of a refused request's body that is read and dropped, so that the client gets to read the refusal. */
export const LINGER_BYTES = 1_048_576;
export const LINGER_MS = 2_000;

/** Longest wait for what is under way when the proxy stops. */
export const DRAIN_MS = 3_000;
