// Where a body ends. Anything that two parties could read in two ways is a fault: that is how requests are smuggled.
import { type Fault, type Read, requestFault, responseFault } from "./fault.ts";
import { type Field, valuesOf } from "./fields.ts";

/** How a body is delimited; `length` in bytes. */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

export const NO_BODY: Framing = { kind: "none" };

/** Largest Content-Length, bytes: what a JavaScript number counts exactly. */
export const MAX_CONTENT_LENGTH: number = Number.MAX_SAFE_INTEGER;

/**
 * Framing of a request. Allowed are nothing, one Content-Length of digits, or exactly `Transfer-Encoding: chunked` in
 * HTTP/1.1; never both.
 *
 * Faults: 400; 501 for a transfer coding other than chunked. Source: RFC 9112 §6.1, §6.3.
 */
export function requestFraming(fields: readonly Field[], minor: number): Read<Framing> {
  const codings = valuesOf(fields, "transfer-encoding");
  const lengths = valuesOf(fields, "content-length");
  if (codings.length > 0) {
    if (minor === 0) return requestFault("HTTP/1.0 has no Transfer-Encoding");
    if (lengths.length > 0) return requestFault("Transfer-Encoding and Content-Length are both present");
    if (isChunked(codings)) return { ok: true, value: { kind: "chunked" } };
    const isList = codings.length === 1 && /^[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*$/.test(codings[0] ?? "");
    return isList && !/chunked|identity/i.test((codings[0] ?? "").replace(/,[ \t]*chunked$/i, ""))
      ? requestFault("no transfer coding but chunked is known here", 501)
      : requestFault("Transfer-Encoding must be exactly `chunked`");
  }
  if (lengths.length === 0) return { ok: true, value: NO_BODY };
  const length = readLength(lengths);
  if (length === null) return requestFault("Content-Length must be one decimal number");
  return { ok: true, value: length === 0 ? NO_BODY : { kind: "length", length } };
}

/**
 * Framing of a response. Repeated equal Content-Lengths are one. Source: RFC 9112 §6.3.
 *
 * Faults: 502, `http_response_transfer_coding` or `http_protocol_error`.
 */
export function responseFraming(
  fields: readonly Field[],
  response: { readonly status: number; readonly minor: number; readonly method: string },
): Read<Framing> {
  const { status, minor, method } = response;
  const codings = valuesOf(fields, "transfer-encoding");
  const lengths = valuesOf(fields, "content-length");
  const length = lengths.length === 0 ? null : readLength([...new Set(lengths)]);
  if (lengths.length > 0 && length === null) return responseFault("the response has a faulty Content-Length");
  if (codings.length > 0 && lengths.length > 0)
    return responseFault("the response has both Transfer-Encoding and Content-Length");
  if (method === "HEAD" || status < 200 || status === 204 || status === 304)
    return { ok: true, value: NO_BODY };
  if (codings.length > 0) {
    return isChunked(codings) && minor > 0
      ? { ok: true, value: { kind: "chunked" } }
      : responseFault("the response has a transfer coding other than chunked", "http_response_transfer_coding");
  }
  if (length === null) return { ok: true, value: { kind: "until-close" } };
  return { ok: true, value: length === 0 ? NO_BODY : { kind: "length", length } };
}

/** The fault of a body that ends before its framing says so. */
export function cutShort(side: "request" | "response"): Fault {
  return side === "request"
    ? { status: 400, error: "http_request_error", detail: "the request's body ended too early" }
    : { status: 502, error: "http_response_incomplete", detail: "the response ended too early" };
}

function isChunked(codings: readonly string[]): boolean {
  return codings.length === 1 && codings[0]?.toLowerCase() === "chunked";
}

function readLength(lengths: readonly string[]): number | null {
  const [text] = lengths;
  if (lengths.length !== 1 || text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const length = Number(text);
  return length <= MAX_CONTENT_LENGTH ? length : null;
}
