// Requests that end at this proxy whatever their destination: loops, and TRACE or OPTIONS whose last hop it is.
import { hasPassed, isCounted, maxForwards } from "./fields.ts";
import type { Failure, Reply } from "./reply.ts";
import type { RawHead } from "./request-head.ts";

// What TRACE must not echo (RFC 9110 §9.3.8).
const SECRET = new Set(["authorization", "cookie", "proxy-authorization"]);

/** Why a well-formed request stops here, or null. */
export function stopFault({ method, rawFields }: RawHead, via: string): Failure | null {
  if (hasPassed(rawFields, via)) {
    return { status: 508, error: "proxy_loop_detected", detail: "the request has passed this proxy before" };
  }
  return isCounted(method) && maxForwards(rawFields) === "malformed"
    ? requestError(400, "Max-Forwards is one number")
    : null;
}

/** The answer to `OPTIONS *`, and to a TRACE or OPTIONS that may go no further (RFC 9110 §7.6.2); null for any other. */
export function finalAnswer({ method, target, httpVersion, rawFields }: RawHead): Reply | null {
  const isForProxy = method === "OPTIONS" && target === "*";
  if (!isForProxy && (!isCounted(method) || maxForwards(rawFields) !== 0)) return null;
  const fields = ["Cache-Control", "no-store"];
  if (method === "OPTIONS") {
    return {
      status: 200,
      phrase: "OK",
      fields: [...fields, "Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH, TRACE, CONNECT"],
      body: "",
    };
  }
  const lines = [`${method} ${target} HTTP/${httpVersion}`];
  for (let index = 0; index < rawFields.length; index += 2) {
    const name = rawFields[index] ?? "";
    if (!SECRET.has(name.toLowerCase())) lines.push(`${name}: ${rawFields[index + 1] ?? ""}`);
  }
  return {
    status: 200,
    phrase: "OK",
    fields: [...fields, "Content-Type", "message/http"],
    body: `${lines.join("\r\n")}\r\n\r\n`,
  };
}

/** A request that no proxy can forward. */
export function requestError(status: number, detail: string): Failure {
  return { status, error: "http_request_error", detail };
}

/** What a parser error of node:http is in HTTP's terms. */
export function parseFailure(error: Error): Failure {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "HPE_HEADER_OVERFLOW") return requestError(431, "the request head is too long");
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return requestError(413, "the chunk extensions are too long");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return requestError(408, "the request did not arrive in time");
  return requestError(400, `this is no valid HTTP/1.1 request (${code === "" ? "unreadable" : code})`);
}
