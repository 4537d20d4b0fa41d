// What a request asks for, in one canonical form. Everything after this file works on that form only.
import { type Address, parseUrl } from "@demarc/net";
import { type Read, requestFault } from "./fault.ts";
import type { RequestHead } from "./request-head.ts";

/** Where a request wants to go. */
export interface Target {
  readonly kind: "http" | "tunnel";
  /** Canonical name, or canonical text of an address without brackets. */
  readonly host: string;
  /** The host as bytes when it is an address, else null. */
  readonly address: Address | null;
  /** 1–65535. */
  readonly port: number;
  /** Canonical URL; plain HTTP only. */
  readonly url: string | undefined;
  /** Path and query exactly as the client wrote them (RFC 9112 §3.2.2), `*` for a bare OPTIONS; empty for a tunnel. */
  readonly path: string;
  /** Canonical host and port: the value of Host that is sent on. */
  readonly authority: string;
}

/** A request for the proxy itself: `OPTIONS *`. */
export type SelfTarget = "self";

/**
 * Reads the target of a request and holds its Host against it.
 *
 * Faults, all 400: a form that belongs to no proxy (a path alone), schemes other than http, user names, fragments, ports
 * and hosts that are not canonical, a Host that names another place.
 * Source: RFC 9112 §3.2, RFC 9110 §4.2.4 (user names), §7.2 (Host).
 */
export function readTarget(head: RequestHead): Read<Target | SelfTarget> {
  if (head.method === "CONNECT") return readTunnel(head);
  if (head.target === "*") {
    return head.method === "OPTIONS"
      ? { ok: true, value: "self" }
      : requestFault("the target `*` belongs to OPTIONS only");
  }
  return readAbsolute(head);
}

function readTunnel(head: RequestHead): Read<Target> {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^\s:@/?#[\]\\%]+):([1-9]\d{0,4})$/.exec(head.target);
  if (match === null) return requestFault("the target of CONNECT is not a host and a port, as in a.example:443");
  const port = Number(match[2]);
  const url = parseUrl(`http://${match[1]}/`);
  if (!url.ok) return requestFault(url.issue.message);
  if (port > 65_535) return requestFault("the port is not from 1 to 65535");
  const { host, address } = url.value;
  const target: Target = {
    kind: "tunnel",
    host,
    address,
    port,
    url: undefined,
    path: "",
    authority: `${bracketed(host)}:${port}`,
  };
  return namesSamePlace(head, target, match[0]) ? { ok: true, value: target } : HOST_DIFFERS;
}

function readAbsolute(head: RequestHead): Read<Target> {
  const { target: text } = head;
  if (text.startsWith("/")) {
    return requestFault("this is a proxy: the target must be a whole URL, as in GET http://a.example/ HTTP/1.1");
  }
  const match = /^http:\/\/([^/?#]*)([^#]*)$/i.exec(text);
  if (match === null) {
    if (text.includes("#")) return requestFault("the target has a fragment");
    return /^https:/i.test(text)
      ? requestFault("an https URL is reached through CONNECT")
      : requestFault("the target is no http URL");
  }
  const url = parseUrl(text);
  if (!url.ok) return requestFault(url.issue.message);
  const { host, address, port, href } = url.value;
  const rest = match[2] ?? "";
  const isBare = rest === "";
  const target: Target = {
    kind: "http",
    host,
    address,
    port,
    url: href,
    path: isBare ? (head.method === "OPTIONS" ? "*" : "/") : rest.startsWith("?") ? `/${rest}` : rest,
    authority: port === 80 ? bracketed(host) : `${bracketed(host)}:${port}`,
  };
  return namesSamePlace(head, target, match[1] ?? "") ? { ok: true, value: target } : HOST_DIFFERS;
}

const HOST_DIFFERS: Read<never> = requestFault("Host names another place than the target");

// Some clients leave the port out of a tunnel's Host; a port that is written must be the target's.
function namesSamePlace(head: RequestHead, target: Target, written: string): boolean {
  const { host } = head;
  if (host === undefined) return true;
  if (host.toLowerCase() === written.toLowerCase()) return true;
  if (/[/?#\\@%\s]/.test(host)) return false;
  const url = parseUrl(`http://${host}/`);
  if (!url.ok || url.value.host !== target.host) return false;
  const hasPort = /:\d+$/.test(host.replace(/^\[[^\]]*\]/, ""));
  return hasPort ? url.value.port === target.port : target.kind === "tunnel" || target.port === 80;
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
