// What a person writes, read strictly: a setting that can not be read stops the start.
import { type Address, formatAddress, type Prefix, parseAddress, parsePrefix } from "@demarc/net";
import { Effect } from "effect";
import { ProxySettingsInvalid } from "./errors.ts";

/** Where the proxy listens. */
export interface ListenAddress {
  /** IP address. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

interface HostPort {
  readonly address: Address;
  readonly port: number | null;
}

const DNS_PORT = 53;

/** `127.0.0.1:3128` or `[::1]:3128`. */
export const readListen = Effect.fnUntraced(function* (
  text: string,
): Effect.fn.Return<ListenAddress, ProxySettingsInvalid> {
  const read = readHostPort(text);
  if (read?.port != null) return { host: formatAddress(read.address), port: read.port };
  const message = `\`${text}\` is no address to listen on; write \`127.0.0.1:3128\` or \`[::1]:3128\``;
  return yield* new ProxySettingsInvalid({ setting: "listen", message });
});

/** Prefixes in their canonical form: `10.0.0.0/8`, `fd00::/8`. */
export const readPrefixes = Effect.fnUntraced(function* (
  texts: readonly string[],
): Effect.fn.Return<readonly Prefix[], ProxySettingsInvalid> {
  const prefixes: Prefix[] = [];
  for (const text of texts) {
    const parsed = parsePrefix(text);
    if (!parsed.ok) {
      const { message, help } = parsed.issue;
      return yield* new ProxySettingsInvalid({
        setting: "allowPrefixes",
        message: `${message}; ${help ?? "write a prefix as in `10.0.0.0/8`"}`,
      });
    }
    prefixes.push(parsed.value);
  }
  return prefixes;
});

/** DNS servers as `node:dns` takes them; the port is 53 when none is written. */
export const readResolvers = Effect.fnUntraced(function* (
  texts: readonly string[],
): Effect.fn.Return<readonly string[], ProxySettingsInvalid> {
  const servers: string[] = [];
  for (const text of texts) {
    const read = readHostPort(text);
    if (read === null || read.port === 0) {
      const message = `\`${text}\` is no DNS server; write \`192.0.2.1\`, \`192.0.2.1:5353\` or \`[2001:db8::1]:53\``;
      return yield* new ProxySettingsInvalid({ setting: "resolvers", message });
    }
    const host = formatAddress(read.address);
    servers.push(`${read.address.length === 16 ? `[${host}]` : host}:${read.port ?? DNS_PORT}`);
  }
  return servers;
});

/** A token (RFC 9110 §5.6.2): it goes into Via and Proxy-Status as it is. */
export const readName = Effect.fnUntraced(function* (
  text: string,
): Effect.fn.Return<string, ProxySettingsInvalid> {
  if (/^[A-Za-z][A-Za-z0-9._-]{0,62}$/.test(text)) return text;
  const message = `\`${text}\` is no name for a proxy; write letters, digits, dots and hyphens, a letter first`;
  return yield* new ProxySettingsInvalid({ setting: "name", message });
});

function readHostPort(text: string): HostPort | null {
  const trimmed = text.trim();
  const match =
    /^\[([^\]]+)\](?::([0-9]{1,5}))?$/.exec(trimmed) ?? /^([^:]+)(?::([0-9]{1,5}))?$/.exec(trimmed);
  const address = parseAddress(match?.[1] ?? trimmed);
  const port = match?.[2] === undefined ? null : Number(match[2]);
  return address.ok && (port ?? 0) <= 65_535 ? { address: address.value, port } : null;
}
