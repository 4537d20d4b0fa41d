import { type Address, formatAddress, parseAddress } from "./address.ts";
import { failure, quoted } from "./internal/failure.ts";
import { parseName } from "./name.ts";
import type { Result } from "./result.ts";
import { parseUrl } from "./url.ts";

/** What a person means by a name, an address or a URL, as the facts of a request. */
export interface Target {
  /** The canonical text of what was given. */
  readonly text: string;
  readonly name?: string;
  readonly address?: Address;
  readonly port?: number;
  readonly url?: string;
}

/**
 * Reads what a person types to ask about: `piracy.example`, `192.0.2.7`, `2001:db8::1`, `http://a.example:8080/x`.
 * A URL gives its host, its port and itself; an https URL gives no `url`, since nobody on the way sees more than its name.
 *
 * Errors: those of `parseUrl` for text with `://`, else those of `parseName`; an address in a spelling other than the
 * canonical one is refused as a name.
 */
export function parseTarget(text: string): Result<Target> {
  if (typeof text !== "string") return failure("target", "a name, an address or a URL is expected");
  if (text.includes("://")) {
    const url = parseUrl(text);
    if (!url.ok) return url;
    const { host, address, port, scheme, href } = url.value;
    const place = address === null ? { name: host } : { address };
    return { ok: true, value: { text: href, ...place, port, ...(scheme === "http" ? { url: href } : {}) } };
  }
  const address = parseAddress(text);
  if (address.ok) return { ok: true, value: { text: formatAddress(address.value), address: address.value } };
  if (text.includes(":") || text.includes("/")) {
    return failure(
      "target",
      `${quoted(text)} is no name, address or URL`,
      "write a name, an address, or a URL with http:// or https://",
    );
  }
  const name = parseName(text);
  return name.ok ? { ok: true, value: { text: name.value, name: name.value } } : name;
}
