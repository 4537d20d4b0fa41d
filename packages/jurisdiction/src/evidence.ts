// The one contract of all evidence: what is said, what kind of saying it is, who says it, of which day, about which prefix.
import { type Address, formatPrefix, type Result } from "@demarc/net";

/**
 * What kind of saying a finding is. Only `location`, `geofeed`, `network-map`, `client-subnet` and `trusted-header` say where
 * something is; the others never count as a location.
 *
 *   declaration     someone says so
 *   network-map     the operator's own map of its networks
 *   client-subnet   the network that a resolver told (EDNS client subnet), located
 *   location        a database's location
 *   geofeed         the holder of the network publishes it (RFC 8805)
 *   trusted-header  a proxy that the operator trusts put it into the request
 *   registration    where the network is registered (RIR, or a database's registered country)
 *   representation  whose users the network serves: an embassy, a base (a database's represented country)
 *   name            the country-code top-level domain of a name: whose registry's law
 *   list            a list that the address is on: of relays, of anonymisers, of a cloud's egress
 */
export type EvidenceKind =
  | "declaration"
  | "network-map"
  | "client-subnet"
  | "location"
  | "geofeed"
  | "trusted-header"
  | "registration"
  | "representation"
  | "name"
  | "list";

/**
 * Something that makes a candidate less certain, or the law there less clear. Those marked * halve the confidence, each.
 *
 *   stale*              the data that says so is of another time than the one asked about: too old, or of long after
 *   anycast*            the address is in many places at once
 *   anonymiser*         the address is that of a proxy, VPN or Tor exit, not of the subject
 *   relay*              the address is that of a privacy relay: of the subject's region at best
 *   satellite*          a satellite network: its ground station is located
 *   mobile-coarse*      a mobile network: its gateway is located
 *   hosting*            an address of a data centre: a machine's, seldom a person's
 *   operator-declined*  the holder of the network asks not to locate it (RFC 8805 §2.1.1.2)
 *   subnet-coarse*      the client subnet told is wider than the network that was located
 *   ambiguous-code      the code stands for places under different law; no place comes of it
 *   disputed            states disagree about the territory; the view taken is in the resolution
 *   embedded            the IPv4 address that an IPv6 address carries (NAT64, 6to4, Teredo) was located
 *   registration-only   only the network's registration is known: no location
 */
export type Caveat =
  | "stale"
  | "anycast"
  | "anonymiser"
  | "relay"
  | "satellite"
  | "mobile-coarse"
  | "hosting"
  | "operator-declined"
  | "subnet-coarse"
  | "ambiguous-code"
  | "disputed"
  | "embedded"
  | "registration-only";

/** Caveats that do not lower confidence: they say something about the law, not about the evidence. */
const NEUTRAL: ReadonlySet<Caveat> = new Set<Caveat>([
  "ambiguous-code",
  "disputed",
  "embedded",
  "registration-only",
]);

/** Whether a caveat halves the confidence of what it is about. */
export function isDoubt(caveat: Caveat): boolean {
  return !NEUTRAL.has(caveat);
}

/** What one source says about one address. */
export interface Finding {
  readonly kind: EvidenceKind;
  /** A territory; null where it says no place (a list, a refusal to be located). */
  readonly territory: string | null;
  /** The ISO 3166-2 code that the source gives within the territory, or null. */
  readonly region: string | null;
  readonly caveats: readonly Caveat[];
  /** The prefix that matched: `192.0.2.0/24`. */
  readonly prefix: string;
}

/** Everything that one source says about one address, and for how long a prefix of it that holds. */
export interface SourceAnswer {
  readonly findings: readonly Finding[];
  /** Bits: every address that shares so many with the one asked for gets the same findings. */
  readonly length: number;
}

/** A source of evidence about addresses. `find` is asked for global addresses only, unmapped. */
export interface AddressSource {
  /** As evidence names it. */
  readonly name: string;
  /** Who made the data. Sources of one vendor are one source: they do not agree with each other. The name unless said. */
  readonly vendor: string;
  /** The day the data is of, `2026-11-01`, or `unknown`. */
  readonly dataDate: string;
  /** The same in milliseconds UTC, or null; what the age is counted from. */
  readonly dataAt: number | null;
  /** Errors: those of the source, `mmdb/corrupt` for one; `<format>/v6-in-v4` where it knows IPv4 only and is asked about IPv6. */
  readonly find: (address: Address) => Result<SourceAnswer>;
}

/** The day of an instant in UTC, without the host's clock or locale; `unknown` outside of what a date can be. */
export function dateText(at: number | null): string {
  return at !== null && Number.isFinite(at) && Math.abs(at) <= MAX_DATE_MS
    ? new Date(at).toISOString().slice(0, 10)
    : "unknown";
}

/** Milliseconds UTC of a day that exists (`2026-11-01`, or an instant), or null. */
export function dateAt(date: string | undefined): number | null {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : at;
}

/** The first bits of an address as a prefix. */
export function prefixText(address: Address, length: number): string {
  return formatPrefix({ address: masked(address, length), length });
}

/** An address with all bits after the first `length` cleared. */
export function masked(address: Address, length: number): Address {
  const result = new Uint8Array(address.length);
  const whole = length >> 3;
  for (let index = 0; index < whole; index += 1) result[index] = address[index] as number;
  if (whole < result.length) result[whole] = (address[whole] as number) & (0xff00 >> (length & 7));
  return result;
}

const MAX_DATE_MS = 8.64e15;
