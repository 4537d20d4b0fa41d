// The head of a request: request line, fields, framing. Read target.ts next for what it asks for.
import { type Read, requestFault } from "./fault.ts";
import { type Field, isToken, readFields, tokensOf, valuesOf } from "./fields.ts";
import { type Framing, requestFraming } from "./framing.ts";
import { HeadScanner } from "./head-scanner.ts";

/** A request's head that has been checked; the target is still text. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  /** 0 or 1, of HTTP/1.x. */
  readonly minor: number;
  readonly fields: readonly Field[];
  /** Lower-case names that `Connection` and `Proxy-Connection` list. */
  readonly nominated: readonly string[];
  readonly framing: Framing;
  /** The value of Host, or undefined when there is none (HTTP/1.0 only). */
  readonly host: string | undefined;
}

/** Longest request line, bytes. RFC 9112 §3 asks for 8000 at least. */
export const MAX_REQUEST_LINE_BYTES = 16_384;

/** Largest head with its request line, bytes. */
export const MAX_HEAD_BYTES = 32_768;

/** Most field lines. */
export const MAX_FIELDS = 128;

const MAX_METHOD_CHARS = 32;

/** A scanner for the heads of requests. */
export function requestScanner(): HeadScanner {
  return new HeadScanner({
    maxHeadBytes: MAX_HEAD_BYTES,
    maxLineBytes: MAX_REQUEST_LINE_BYTES,
    firstLine: readRequestLine,
    tooLong: (what) =>
      what === "line"
        ? requestFault(`the request line has more than ${MAX_REQUEST_LINE_BYTES} bytes`, 414)
        : requestFault(
            `the header section has more than ${MAX_HEAD_BYTES} bytes, or a line more than ${MAX_REQUEST_LINE_BYTES}`,
            431,
          ),
    bareLineFeed: () => requestFault("a line does not end in CRLF"),
  });
}

/**
 * Reads a request's head from its lines.
 *
 * Faults: 400 for anything malformed or ambiguous, 431 for too many fields, 501 for unknown transfer codings, 505 for
 * other versions, 417 for expectations other than 100-continue. Source: RFC 9112 §3, §5, §6; RFC 9110 §10.1.1.
 */
export function readRequestHead(lines: readonly string[]): Read<RequestHead> {
  const line = readRequestLine(lines[0] ?? "");
  if (!line.ok) return line;
  if (lines.length - 1 > MAX_FIELDS) return requestFault(`there are more than ${MAX_FIELDS} header fields`, 431);
  const fields = readFields(lines.slice(1));
  if (typeof fields === "string") return requestFault(fields);
  const { method, target, minor } = line.value;

  const hosts = valuesOf(fields, "host");
  if (hosts.length > 1) return requestFault("Host is there more than once");
  if (hosts.length === 0 && minor === 1) return requestFault("Host is missing");

  const connection = tokensOf(fields, "connection");
  const proxyConnection = tokensOf(fields, "proxy-connection");
  if (connection === null || proxyConnection === null)
    return requestFault("Connection is no list of header names");

  const framing = requestFraming(fields, minor);
  if (!framing.ok) return framing;
  if ((method === "CONNECT" || method === "TRACE") && framing.value.kind !== "none")
    return requestFault(`${method} has no body`);
  const expected = valuesOf(fields, "expect");
  if (minor === 1 && expected.some((value) => value.toLowerCase() !== "100-continue"))
    return requestFault("no expectation but 100-continue is known here", 417);

  const nominated = connection.length + proxyConnection.length === 0 ? NONE : [...connection, ...proxyConnection];
  return { ok: true, value: { method, target, minor, fields, nominated, framing: framing.value, host: hosts[0] } };
}

const NONE: readonly string[] = [];
const VISIBLE = /^[\x21-\x7e]+$/;

function readRequestLine(
  line: string,
): Read<{ readonly method: string; readonly target: string; readonly minor: number }> {
  const parts = line.split(" ");
  const [method, target, version] = parts;
  if (parts.length !== 3 || method === undefined || target === undefined || version === undefined) {
    return requestFault("the request line is not a method, a target and a version with one space between each");
  }
  if (!isToken(method) || method.length > MAX_METHOD_CHARS) return requestFault("the method is no token");
  if (!VISIBLE.test(target)) return requestFault("the target has a character that no URL has");
  if (!/^HTTP\/\d\.\d$/.test(version)) return requestFault("the version is not of the form HTTP/1.1");
  if (version !== "HTTP/1.1" && version !== "HTTP/1.0")
    return requestFault("only HTTP/1.1 and HTTP/1.0 are spoken here", version.startsWith("HTTP/0") ? 400 : 505);
  return { ok: true, value: { method, target, minor: version === "HTTP/1.1" ? 1 : 0 } };
}
