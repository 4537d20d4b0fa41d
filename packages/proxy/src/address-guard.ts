// Which addresses this proxy connects to at all, whatever the policy says: those of the public internet, and what the
// operator allows by prefix. A proxy that reaches inside lends its position in the network to everybody who can use it.
import { networkInterfaces } from "node:os";
import {
  type Address,
  addressKind,
  formatAddress,
  type Prefix,
  parseAddress,
  parsePrefix,
  prefixContains,
  type Result,
} from "@demarc/net";

/** Why an address is not connected to, as one sentence; or null when it may be. */
export type AddressGuard = (address: Address) => string | null;

/** Public by registry, and yet a service that only the machine itself should reach. */
const HOST_SERVICES: readonly Prefix[] = [{ address: Uint8Array.of(168, 63, 129, 16), length: 32 }];

/**
 * Allows addresses of kind `global`, and any address in one of `allowed`.
 *
 * An allowed prefix counts for the address itself, not for one that is embedded in it (NAT64, 6to4, Teredo).
 */
export function createAddressGuard(allowed: readonly Prefix[]): AddressGuard {
  return (address) => {
    if (allowed.some((prefix) => prefixContains(prefix, address))) return null;
    const kind = addressKind(address);
    const isHostService = HOST_SERVICES.some((prefix) => prefixContains(prefix, address));
    if (kind === "global" && !isHostService) return null;
    const what = isHostService ? "a service of the machine's host" : KIND_WORDS[kind];
    return `the destination ${formatAddress(address)} is ${what}, which this proxy does not connect to`;
  };
}

/** Reads prefixes such as `127.0.0.0/8`; the first fault wins. */
export function readAllowedPrefixes(texts: readonly string[]): Result<readonly Prefix[]> {
  const prefixes: Prefix[] = [];
  for (const text of texts) {
    const parsed = parsePrefix(text);
    if (!parsed.ok) return parsed;
    prefixes.push(parsed.value);
  }
  return { ok: true, value: prefixes };
}

/** True when connecting there would reach the proxy's own listener. */
export function isOwnListener(
  listener: { readonly address: Address; readonly port: number },
  address: Address,
  port: number,
): boolean {
  if (port !== listener.port) return false;
  if (isEqual(listener.address, address)) return true;
  const isAny = listener.address.every((byte) => byte === 0);
  return isAny && (addressKind(address) === "loopback" || ownAddresses().some((own) => isEqual(own, address)));
}

const KIND_WORDS = {
  global: "a public address",
  unspecified: "the unspecified address",
  loopback: "a loopback address",
  private: "a private address",
  shared: "an address shared by a provider's customers",
  "link-local": "a link-local address",
  multicast: "a multicast address",
  broadcast: "the broadcast address",
  documentation: "a documentation address",
  benchmarking: "an address for benchmarks",
  reserved: "a reserved address",
} as const;

function ownAddresses(): readonly Address[] {
  const addresses: Address[] = [];
  for (const list of Object.values(networkInterfaces())) {
    for (const { address } of list ?? []) {
      const parsed = parseAddress(address.replace(/%.*$/, ""));
      if (parsed.ok) addresses.push(parsed.value);
    }
  }
  return addresses;
}

function isEqual(a: Address, b: Address): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
