import { type Address, formatAddress, parseAddress, type Result } from "@demarc/net";

/** A resolver to forward to. */
export interface Upstream {
  readonly address: Address;
  /** 1–65535. */
  readonly port: number;
  /** As people write it: `192.0.2.1` or `192.0.2.1:5353`, `[2001:db8::1]:5353`. */
  readonly text: string;
}

const DNS_PORT = 53;

/** One resolver: an address, with a port after a colon (IPv6 in brackets then). */
export function parseUpstream(text: string): Result<Upstream> {
  const trimmed = text.trim();
  const match = /^\[([^\]]+)\](?::([0-9]{1,5}))?$/.exec(trimmed) ?? /^([^:]+):([0-9]{1,5})$/.exec(trimmed);
  const address = parseAddress(match?.[1] ?? trimmed);
  const port = match?.[2] === undefined ? DNS_PORT : Number(match[2]);
  if (!address.ok || port < 1 || port > 65_535) {
    return {
      ok: false,
      issue: {
        code: "dns/upstream-malformed",
        message: `\`${trimmed.slice(0, 80)}\` is not an upstream`,
        help: "write an IP address, with a port if it is not 53: `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:5353`",
      },
    };
  }
  const host = formatAddress(address.value);
  const bracketed = address.value.length === 4 ? host : `[${host}]`;
  return {
    ok: true,
    value: { address: address.value, port, text: port === DNS_PORT ? host : `${bracketed}:${port}` },
  };
}

/** The resolvers that a resolv.conf names, in order; lines that can not be read are passed over (resolv.conf(5)). */
export function upstreamsOf(resolvConf: string): readonly Upstream[] {
  const upstreams: Upstream[] = [];
  for (const line of resolvConf.split("\n")) {
    const match = /^\s*nameserver\s+(\S+)/.exec(line);
    const address = match?.[1]?.replace(/%.*$/, "");
    const parsed =
      address === undefined ? null : parseUpstream(address.includes(":") ? `[${address}]` : address);
    if (parsed?.ok === true) upstreams.push(parsed.value);
  }
  return upstreams;
}
