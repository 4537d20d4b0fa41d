// What a proxy in front says about where a client is. Anyone can send a header: it counts from configured peers only.
import {
  type Address,
  type Issue,
  type Prefix,
  prefixContains,
  type Result,
  unmapAddress,
} from "@demarc/net";
import type { Caveat } from "./evidence.ts";
import { isTerritory } from "./territory.ts";

/** Which header is believed, and from whom. */
export interface HeaderTrust {
  /** As evidence names it: who sets the header, at which hop. */
  readonly source: string;
  /** The name of the header with the country. */
  readonly country: string;
  /** The name of the header with the subdivision, without the country (`CA`, not `US-CA`), where there is one. */
  readonly region?: string | undefined;
  /** Addresses of the proxies that set it and drop what clients send. No others are believed. */
  readonly peers: readonly Prefix[];
}

/** What a trusted header says. A finding of the subject's location. */
export interface HeaderFinding {
  readonly kind: "trusted-header";
  readonly source: string;
  /** Null where the proxy says that it does not know. */
  readonly territory: string | null;
  readonly region: string | null;
  readonly caveats: readonly Caveat[];
}

/** Names of the headers of well-known proxies. Fastly has none of its own: name the one that your configuration sets. */
export const WELL_KNOWN_HEADERS: Readonly<
  Record<"cloudflare" | "cloudfront" | "vercel", Pick<HeaderTrust, "source" | "country" | "region">>
> = {
  cloudflare: { source: "Cloudflare", country: "cf-ipcountry" },
  cloudfront: {
    source: "CloudFront",
    country: "cloudfront-viewer-country",
    region: "cloudfront-viewer-country-region",
  },
  vercel: { source: "Vercel", country: "x-vercel-ip-country", region: "x-vercel-ip-country-region" },
};

/**
 * Reads what a proxy says about a request. `headers` has lower-case names. Null where the header is not there. `XX` and an empty
 * value say that the proxy does not know; `T1` that the client comes through Tor: an anonymiser, and no place.
 *
 * Errors: `header/untrusted-peer` (the header is there and came from someone else: do not believe it), `header/repeated` (two
 * values: someone added one), `header/territory` (no country).
 */
export function readTrustedHeader(
  trust: HeaderTrust,
  peer: Address,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Result<HeaderFinding | null> {
  const value = valueOf(headers, trust.country);
  if (value === undefined) return { ok: true, value: null };
  const from = unmapAddress(peer);
  if (!trust.peers.some((prefix) => prefixContains(prefix, from)))
    return failure(
      "untrusted-peer",
      `\`${trust.country}\` came from an address that is no configured peer`,
      `let only the proxies of ${trust.source} reach this port, and name their prefixes`,
    );
  if (value === null || value.includes(","))
    return failure(
      "repeated",
      `\`${trust.country}\` is there more than once`,
      "let the proxy drop what clients send",
    );
  const code = value.trim().toUpperCase();
  const finding = { kind: "trusted-header", source: trust.source, region: null } as const;
  if (code === "" || code === "XX") return { ok: true, value: { ...finding, territory: null, caveats: [] } };
  if (code === "T1") return { ok: true, value: { ...finding, territory: null, caveats: ["anonymiser"] } };
  if (!/^[A-Z]{2}$/.test(code) || !isTerritory(code))
    return failure("territory", `\`${value.slice(0, 40)}\` in \`${trust.country}\` is no country`);
  const part = trust.region === undefined ? undefined : valueOf(headers, trust.region);
  const region = typeof part === "string" ? `${code}-${part.trim().toUpperCase()}` : "";
  return {
    ok: true,
    value: { ...finding, territory: code, region: isTerritory(region) ? region : null, caveats: [] },
  };
}

// Undefined where it is not there, null where it is there more than once.
function valueOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | null | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined || typeof value === "string") return value;
  return value.length === 1 ? (value[0] ?? null) : value.length === 0 ? undefined : null;
}

function failure(
  code: string,
  message: string,
  help?: string,
): { readonly ok: false; readonly issue: Issue } {
  return { ok: false, issue: { code: `header/${code}`, message, help } };
}
