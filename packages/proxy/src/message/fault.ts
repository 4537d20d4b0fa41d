/** Error types of RFC 9209 §2.3 that this proxy reports in `Proxy-Status`. */
export type ProxyError =
  | "dns_timeout"
  | "dns_error"
  | "destination_ip_prohibited"
  | "destination_ip_unroutable"
  | "connection_refused"
  | "connection_terminated"
  | "connection_timeout"
  | "connection_limit_reached"
  | "http_request_error"
  | "http_request_denied"
  | "http_response_incomplete"
  | "http_response_header_section_size"
  | "http_response_transfer_coding"
  | "http_response_timeout"
  | "http_protocol_error"
  | "proxy_internal_error"
  | "proxy_loop_detected";

/**
 * Why a message can not be carried, with the answer for the client.
 *
 *   status   400–599, what the client gets while no part of a response was sent
 *   error    for `Proxy-Status`
 *   detail   one sentence for a person, no final period, no client address
 */
export interface Fault {
  readonly status: number;
  readonly error: ProxyError;
  readonly detail: string;
}

/** Either a value or the fault that prevented it. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** A fault of the client's request. */
export function requestFault(
  detail: string,
  status = 400,
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { status, error: "http_request_error", detail } };
}

/** A fault of the destination's response; the client gets 502. */
export function responseFault(
  detail: string,
  error: ProxyError = "http_protocol_error",
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { status: 502, error, detail } };
}

/** A fault on its way up through the callers that await bytes; it never leaves the package. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.detail);
    this.fault = fault;
  }
}

/** The value, or throws the fault. */
export function orThrow<T>(read: Read<T>): T {
  if (read.ok) return read.value;
  throw new FaultError(read.fault);
}
