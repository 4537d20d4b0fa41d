export { createCounters, type ProxyCounters } from "./counters.ts";
export { ListenFailed, PortTaken, ProxySettingsInvalid } from "./errors.ts";
export { type Resolve, type ResolveOutcome, serversResolver, systemResolver } from "./resolver.ts";
export { ProxyServer, type ProxyServerError, type ProxyServerOptions } from "./server.ts";
export type { ListenAddress } from "./settings.ts";
