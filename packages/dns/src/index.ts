export { BLOCKED_TTL_SECONDS, type BlockedAnswer, DEFAULT_UDP_BYTES } from "./answer.ts";
export type { ListenAddress } from "./bind.ts";
export { createCounters, type DnsCounters } from "./counters.ts";
export { DnsSettingsInvalid, ListenFailed, PortTaken } from "./errors.ts";
export {
  type Ask,
  type AskOutcome,
  createExchange,
  type Exchange,
  type ExchangeOptions,
} from "./exchange.ts";
export { createFilter, type Filter, type FilterOptions } from "./filter.ts";
export { DnsServer, type DnsServerError, type DnsServerOptions } from "./server.ts";
export { parseUpstream, type Upstream, upstreamsOf } from "./upstream.ts";
