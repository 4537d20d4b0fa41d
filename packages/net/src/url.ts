// Canonical http and https URLs, and URL prefixes that match at path segments.
import { type Address, formatAddress, parseAddress } from "./address.ts";
import { failure, quoted } from "./internal/failure.ts";
import { hostUrl } from "./internal/globals.ts";
import { parseName } from "./name.ts";
import type { Result } from "./result.ts";

/**
 * A URL in its one canonical form.
 *
 * Shape:
 *   host     canonical name, or the canonical text of an address without brackets
 *   address  the host as bytes when it is an address, else null
 *   port     1–65535, the scheme's default when none is written
 *   path     path and query: dot segments resolved, at least `/`
 *   href     scheme://host[:port]path; the port only when it is not the default; IPv6 hosts in brackets
 */
export interface RequestUrl {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly address: Address | null;
  readonly port: number;
  readonly path: string;
  readonly href: string;
}

/** A URL up to which other URLs must be equal; `href` is its canonical form. */
export type UrlPrefix = RequestUrl;

/** Longest URL that is read, in characters. RFC 9110 §4.1 asks for 8000 octets at least. */
export const MAX_URL_CHARS = 16_384;

/**
 * Reads an http or https URL into its canonical form. A fragment is dropped, since it never reaches the network.
 *
 * Errors: `net/url-too-long`, `net/url-scheme`, `net/url-userinfo`, `net/url-character` (spaces, control characters,
 * backslashes), `net/url-host` (also every numeric spelling of an address but the canonical one), `net/url-port`, and
 * those of `parseName` for the host.
 *
 * Source: RFC 3986 §3 and §6, RFC 9110 §4.2; path rules of WHATWG URL. Percent-encoded unreserved characters are
 * decoded, the hexadecimal digits of the others are upper-cased (RFC 3986 §6.2.2), and a percent sign that starts no
 * escape is `%25`, so that reading twice changes nothing.
 */
export function parseUrl(text: string): Result<RequestUrl> {
  if (typeof text !== "string" || text === "")
    return failure("url-scheme", "a URL is expected and nothing was found");
  if (text.length > MAX_URL_CHARS)
    return failure("url-too-long", `a URL has ${MAX_URL_CHARS} characters at most, not ${text.length}`);
  const bad = /[\s\\\p{Cc}]/u.exec(text);
  if (bad)
    return failure(
      "url-character",
      `${quoted(text)} has a character that no URL has`,
      "percent-encode it",
      bad.index,
    );
  const match = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(text);
  if (match === null) {
    return failure(
      "url-scheme",
      `${quoted(text)} does not start with http:// or https://`,
      "write the whole URL, scheme first",
    );
  }
  const scheme = (match[1] ?? "").toLowerCase() === "https" ? "https" : "http";
  const authority = match[2] ?? "";
  if (authority.includes("@"))
    return failure(
      "url-userinfo",
      `${quoted(text)} has a user name or password`,
      "remove it: it names a person, not a place",
    );
  const host = parseHost(authority);
  if (!host.ok) return host;
  const port = parsePort(host.value.portText, scheme);
  if (!port.ok) return port;
  const path = canonicalPath(match[3] ?? "");
  if (path === null) return failure("url-character", `${quoted(text)} has a path that is no valid URL path`);
  const shownHost = host.value.address?.length === 16 ? `[${host.value.host}]` : host.value.host;
  const shownPort = port.value === DEFAULT_PORTS[scheme] ? "" : `:${port.value}`;
  return {
    ok: true,
    value: {
      scheme,
      host: host.value.host,
      address: host.value.address,
      port: port.value,
      path,
      href: `${scheme}://${shownHost}${shownPort}${path}`,
    },
  };
}

/**
 * Reads a URL prefix: a URL without a query (`net/url-prefix-query` otherwise).
 *
 * `http://a.example/x` matches `/x`, `/x/...` and `/x?...`, and not `/xy`; one that ends in `/` matches everything below.
 */
export function parseUrlPrefix(text: string): Result<UrlPrefix> {
  const url = parseUrl(text);
  if (url.ok && url.value.path.includes("?")) {
    return failure(
      "url-prefix-query",
      `${quoted(text)} has a query; a prefix ends in its path`,
      "match the exact URL, or remove the query",
    );
  }
  return url;
}

/**
 * True when the canonical URL `href` is at or below the canonical prefix. Cost: one comparison, allocates nothing.
 */
export function urlMatchesPrefix(prefixHref: string, href: string): boolean {
  if (!href.startsWith(prefixHref)) return false;
  if (href.length === prefixHref.length || prefixHref.endsWith("/")) return true;
  const next = href.charCodeAt(prefixHref.length);
  return next === 0x2f || next === 0x3f;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

function parseHost(authority: string): Result<{ host: string; address: Address | null; portText: string }> {
  if (authority.startsWith("[")) {
    const close = authority.indexOf("]");
    const address = parseAddress(authority.slice(1, close < 0 ? undefined : close));
    if (close < 0 || !address.ok || !authority.slice(1, close).includes(":")) {
      return failure(
        "url-host",
        `${quoted(authority)} is no IPv6 address in brackets`,
        "write it as in [2001:db8::1]",
      );
    }
    const rest = authority.slice(close + 1);
    if (rest !== "" && !rest.startsWith(":"))
      return failure("url-host", `${quoted(authority)} has text after its brackets`);
    return {
      ok: true,
      value: { host: formatAddress(address.value), address: address.value, portText: rest.slice(1) },
    };
  }
  const colon = authority.indexOf(":");
  const text = colon < 0 ? authority : authority.slice(0, colon);
  const portText = colon < 0 ? "" : authority.slice(colon + 1);
  const address = parseAddress(text);
  if (address.ok)
    return { ok: true, value: { host: formatAddress(address.value), address: address.value, portText } };
  const name = parseName(text);
  if (name.ok) return { ok: true, value: { host: name.value, address: null, portText } };
  return name.issue.code === "net/name-numeric"
    ? failure(
        "url-host",
        `${quoted(text)} is neither a name nor an address in canonical form`,
        "write an IPv4 address as four decimal numbers",
      )
    : name;
}

function parsePort(text: string, scheme: "http" | "https"): Result<number> {
  if (text === "") return { ok: true, value: DEFAULT_PORTS[scheme] };
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535
    ? { ok: true, value: port }
    : failure("url-port", `${quoted(text)} is no port`, "write a number from 1 to 65535");
}

// The host's URL parser resolves dot segments and encodes what must be; escapes are then brought to one spelling.
function canonicalPath(rest: string): string | null {
  const escaped = rest.replaceAll(/%(?![0-9a-f]{2})/gi, "%25");
  const parsed = hostUrl(`http://h.invalid${escaped.startsWith("/") ? "" : "/"}${escaped}`);
  if (parsed === null || parsed.hostname !== "h.invalid" || parsed.port !== "") return null;
  return `${parsed.pathname}${parsed.search}`.replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
    const code = Number.parseInt(escape.slice(1), 16);
    return isUnreserved(code) ? String.fromCharCode(code) : escape.toUpperCase();
  });
}

// A dot is safe to decode here: the parser has taken `%2e` segments for the dot segments that they are.
function isUnreserved(code: number): boolean {
  return /[A-Za-z0-9\-._~]/.test(String.fromCharCode(code));
}
