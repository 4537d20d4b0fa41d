// Everything that the proxy says in its own name: refusals of the policy set, and failures. Every reply has Proxy-Status,
// so that nobody takes it for the origin's (RFC 9209).
import { STATUS_CODES } from "node:http";
import {
  BLOCKED_PAGE_CSP,
  blockedPage,
  type Disclosure,
  httpStatus,
  linkBlockedBy,
  PROBLEM_MEDIA_TYPE,
  problemDetails,
  proxyStatus,
} from "@demarc/disclosure";
import { prefersHtml } from "./accept.ts";

/** A response of the proxy's own, ready to be written. `fields` are names and values in turn. */
export interface Reply {
  readonly status: number;
  /** Says it all by itself: some clients show nothing else of a refused CONNECT. */
  readonly phrase: string;
  readonly fields: readonly string[];
  readonly body: string;
}

/** Why the proxy failed, in the words of RFC 9209 §2.3. */
export interface Failure {
  readonly status: number;
  readonly error: string;
  readonly detail: string;
}

const STATUS_PHRASES: Readonly<Record<number, string>> = { ...STATUS_CODES, 508: "Loop Detected" };

/**
 * The notice of a refusal: 451 or 403 with who, on what law, until when, and how to appeal.
 *
 *   error  `destination_ip_prohibited` when the address decided
 */
export function refusalReply(
  disclosure: Disclosure,
  proxy: string,
  error: "http_request_denied" | "destination_ip_prohibited",
  accept: string | undefined,
): Reply {
  const isHtml = prefersHtml(accept);
  const status = httpStatus(disclosure);
  const link = linkBlockedBy(disclosure);
  return {
    status,
    phrase: STATUS_PHRASES[status] ?? "Forbidden",
    fields: [
      ...(link === null ? [] : ["Link", link]),
      "Proxy-Status",
      proxyStatus(disclosure, { proxy, error }),
      "Content-Language",
      disclosure.language,
      ...(isHtml ? ["Content-Security-Policy", BLOCKED_PAGE_CSP] : []),
      ...ownFields(isHtml ? "text/html; charset=utf-8" : PROBLEM_MEDIA_TYPE),
    ],
    body: isHtml ? blockedPage(disclosure) : JSON.stringify(problemDetails(disclosure)),
  };
}

/** A failure in clear words: problem details, or plain text for people. */
export function failureReply(failure: Failure, proxy: string, accept: string | undefined): Reply {
  const { status, error, detail } = failure;
  const phrase = STATUS_PHRASES[status] ?? "Error";
  const isText = prefersHtml(accept);
  return {
    status,
    phrase,
    fields: [
      "Proxy-Status",
      `"${proxy}"; error=${error}; details="${quotable(detail)}"`,
      ...ownFields(isText ? "text/plain; charset=utf-8" : PROBLEM_MEDIA_TYPE),
    ],
    body: isText
      ? `${status} ${phrase}\n\n${detail}\n\nThis is an answer of the proxy, not of the site.\n`
      : JSON.stringify({ type: "about:blank", title: phrase, status, detail }),
  };
}

/** The bytes of a reply for a bare socket; the connection ends after it. */
export function replyText({ status, phrase, fields, body }: Reply): string {
  const lines = [`HTTP/1.1 ${status} ${phrase}`];
  for (let index = 0; index < fields.length; index += 2) lines.push(`${fields[index]}: ${fields[index + 1]}`);
  lines.push(`Date: ${new Date().toUTCString()}`);
  lines.push(`Content-Length: ${Buffer.byteLength(body)}`, "Connection: close");
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

// No cache may answer in the proxy's place after a rule has ended, and no browser may guess another type.
function ownFields(contentType: string): readonly string[] {
  return [
    "Content-Type",
    contentType,
    "Cache-Control",
    "no-store",
    "Vary",
    "Accept, Accept-Language",
    "X-Content-Type-Options",
    "nosniff",
  ];
}

// A structured-field string holds printable ASCII only (RFC 8941 §3.3.3).
function quotable(text: string): string {
  return text
    .slice(0, 600)
    .replace(/[^\x20-\x7e]/gu, "?")
    .replace(/[\\"]/g, "\\$&");
}
