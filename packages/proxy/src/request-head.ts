// What a proxy may forward, told from what node:http lets through. node:http refuses bad names, obs-fold, CL with TE and bad chunks
// already; here is the rest (RFC 9112 §3.2, §6; RFC 9110 §7.2, §9.3.6).
import { type Address, parseUrl } from "@demarc/net";
import { MAX_FIELDS } from "./limits.ts";

/** A request head as node:http parsed it. */
export interface RawHead {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  /** Names and values in turn, as received. */
  readonly rawFields: readonly string[];
}

/** Where a request wants to go, in canonical form. */
export interface Destination {
  /** Canonical name, or the canonical text of an address. */
  readonly host: string;
  readonly address: Address | null;
  readonly port: number;
  /** `host[:port]` for the Host field; IPv6 in brackets, the port unless it is 80. */
  readonly authority: string;
}

/** A request that can be forwarded. */
export interface ForwardHead extends Destination {
  readonly kind: "forward";
  /** Canonical URL: what is judged. */
  readonly url: string;
  /** Path and query as the client wrote them (RFC 9110 §7.7: a proxy does not rewrite them). */
  readonly path: string;
  readonly body: "none" | "length" | "chunked";
}

/** A tunnel that can be opened. */
export interface ConnectHead extends Destination {
  readonly kind: "connect";
}

/** Why a request is not forwarded. `status` is 400 unless another one says it better. */
export interface HeadFault {
  readonly kind: "fault";
  readonly status: 400 | 431 | 505;
  readonly detail: string;
}

/** Reads a request other than CONNECT. */
export function readForward(head: RawHead): ForwardHead | HeadFault {
  const wrong = versionFault(head) ?? fieldsFault(head) ?? targetCharacterFault(head.target);
  if (wrong !== null) return wrong;
  const body = readBody(head);
  if (typeof body !== "string") return body;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(head.target)) {
    return fault("this is a proxy: it expects a whole URL as the request target (absolute-form)");
  }
  if (!/^http:\/\//i.test(head.target)) {
    return fault("this proxy forwards http:// URLs only; https goes through CONNECT");
  }
  if (head.target.includes("#")) return fault("a request target has no fragment");
  const url = parseUrl(head.target);
  if (!url.ok) return fault(url.issue.message);
  const { host, address, port, href } = url.value;
  const destination = { host, address, port, authority: authorityOf(host, address, port, 80) };
  const unlike = hostFault(head, destination, "exact");
  if (unlike !== null) return unlike;
  if (head.method === "TRACE" && body !== "none") return fault("TRACE has no content");
  const rest = head.target.replace(/^http:\/\/[^/?]*/i, "");
  // OPTIONS without a path is about the whole server (RFC 9112 §3.2.4).
  const isBare = rest === "" && head.method === "OPTIONS";
  const path = isBare ? "*" : rest.startsWith("/") ? rest : `/${rest}`;
  return { kind: "forward", ...destination, url: href, path, body };
}

/** Reads a CONNECT request. */
export function readConnect(head: RawHead): ConnectHead | HeadFault {
  const wrong = versionFault(head) ?? fieldsFault(head) ?? targetCharacterFault(head.target);
  if (wrong !== null) return wrong;
  const body = readBody(head);
  if (typeof body !== "string") return body;
  if (body === "chunked" || valuesOf(head.rawFields, "content-length").some((length) => Number(length) > 0)) {
    return fault("CONNECT has no content");
  }
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:@/?#[\]]+):([1-9][0-9]{0,4})$/.exec(head.target);
  if (match === null) return fault("the target of CONNECT is host:port, as in `a.example:443`");
  const url = parseUrl(`http://${match[1]}:${match[2]}/`);
  if (!url.ok) return fault(url.issue.message);
  const { host, address, port } = url.value;
  const destination = { host, address, port, authority: authorityOf(host, address, port, 0) };
  return hostFault(head, destination, "port may lack") ?? { kind: "connect", ...destination };
}

/** The values of every field of that name (lower-case), in order. */
export function valuesOf(rawFields: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index < rawFields.length; index += 2) {
    if (rawFields[index]?.toLowerCase() === name) values.push(rawFields[index + 1] ?? "");
  }
  return values;
}

function fault(detail: string, status: HeadFault["status"] = 400): HeadFault {
  return { kind: "fault", status, detail };
}

function versionFault({ httpVersion }: RawHead): HeadFault | null {
  if (httpVersion === "1.1" || httpVersion === "1.0") return null;
  return httpVersion === "0.9"
    ? fault("the request line has no HTTP version")
    : fault("this proxy speaks HTTP/1.1 and HTTP/1.0", 505);
}

function fieldsFault({ rawFields }: RawHead): HeadFault | null {
  if (rawFields.length > 2 * MAX_FIELDS)
    return fault(`a request has ${MAX_FIELDS} header fields at most`, 431);
  const options = [...valuesOf(rawFields, "connection"), ...valuesOf(rawFields, "proxy-connection")];
  return options.every((value) => TOKENS.test(value)) ? null : fault("Connection is no list of field names");
}

// A list of tokens, empty members allowed (RFC 9110 §5.6.1).
const TOKENS = /^[ \t,]*(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:[ \t]*,[ \t,]*|$))*$/;

// Bytes over 0x7e reach here as Latin-1 characters: nobody can say which name or path they stand for.
function targetCharacterFault(target: string): HeadFault | null {
  return /^[\x21-\x7e]+$/.test(target)
    ? null
    : fault("the request target has a character that must be percent-encoded");
}

function readBody(head: RawHead): ForwardHead["body"] | HeadFault {
  const codings = valuesOf(head.rawFields, "transfer-encoding");
  const lengths = valuesOf(head.rawFields, "content-length");
  if (codings.length > 0) {
    if (head.httpVersion === "1.0") return fault("HTTP/1.0 has no Transfer-Encoding");
    if (codings.length > 1 || codings[0]?.toLowerCase() !== "chunked") {
      return fault("the one Transfer-Encoding that is forwarded is `chunked`, once");
    }
    if (lengths.length > 0) return fault("a request has Content-Length or Transfer-Encoding, not both");
    return "chunked";
  }
  if (lengths.length === 0) return "none";
  const [length = ""] = lengths;
  if (lengths.length > 1) return fault("a request has one Content-Length");
  return /^[0-9]{1,15}$/.test(length) ? "length" : fault("Content-Length is no number that a body can have");
}

function hostFault(head: RawHead, to: Destination, strictness: "exact" | "port may lack"): HeadFault | null {
  const hosts = valuesOf(head.rawFields, "host");
  if (hosts.length === 0) {
    return head.httpVersion === "1.0" ? null : fault("an HTTP/1.1 request has a Host field");
  }
  if (hosts.length > 1) return fault("a request has one Host field");
  const [host = ""] = hosts;
  const parsed = /[/?#]/.test(host) ? null : parseUrl(`http://${host}/`);
  if (parsed === null || !parsed.ok) return fault("the Host field is no host");
  // Some clients leave the port out of CONNECT's Host: that names the same host, so it misleads nobody.
  const hasPort = /:[0-9]+$/.test(host);
  const isSamePort = parsed.value.port === to.port || (strictness === "port may lack" && !hasPort);
  return parsed.value.host === to.host && isSamePort
    ? null
    : fault("the Host field names another host than the request target");
}

function authorityOf(host: string, address: Address | null, port: number, defaultPort: number): string {
  const shown = address?.length === 16 ? `[${host}]` : host;
  return port === defaultPort ? shown : `${shown}:${port}`;
}
