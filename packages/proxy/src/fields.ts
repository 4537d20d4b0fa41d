// Header fields on their way through: hop-by-hop ones stay behind, Via is added (RFC 9110 §7.6).
import type { ForwardHead } from "./request-head.ts";
import { valuesOf } from "./request-head.ts";

// RFC 9110 §7.6.1, and those that older peers send for the same purpose.
const HOP_BY_HOP = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "proxy-authorization",
  "proxy-authenticate",
  "proxy-authentication-info",
  "http2-settings",
]);

// Framing, target and loop detection rest on these: naming them in Connection does not make them vanish.
const NEVER_NOMINATED = new Set(["host", "content-length", "via"]);

/**
 * The fields of a request as they go to the origin, Host first.
 *
 *   via          this proxy's pseudonym
 *   httpVersion  of the message received
 */
export function requestFields(
  rawFields: readonly string[],
  head: ForwardHead,
  method: string,
  httpVersion: string,
  via: string,
): string[] {
  const fields = [
    "Host",
    head.authority,
    ...endToEnd(rawFields, httpVersion, via, ["host", "max-forwards", "content-length"]),
  ];
  const forwards = maxForwards(rawFields);
  if (typeof forwards === "number" && isCounted(method)) fields.push("Max-Forwards", String(forwards - 1));
  else for (const value of valuesOf(rawFields, "max-forwards")) fields.push("Max-Forwards", value);
  if (httpVersion === "1.0") removeField(fields, "expect");
  // Digits may have zeros before them, which not everybody reads as decimal.
  const length = Number(valuesOf(rawFields, "content-length")[0] ?? 0);
  if (head.body === "length") fields.push("Content-Length", String(length));
  else if (head.body === "chunked") fields.push("Transfer-Encoding", "chunked");
  else if (head.body === "none" && !BODILESS.has(method)) fields.push("Content-Length", "0");
  return fields;
}

/** The fields of a response as they go to the client; a Proxy-Status member in this proxy's name is nobody's but its own. */
export function responseFields(rawFields: readonly string[], httpVersion: string, via: string): string[] {
  const fields = endToEnd(rawFields, httpVersion, via, []);
  return valuesOf(fields, "proxy-status").some((value) => value.includes(via))
    ? removeField(fields, "proxy-status")
    : fields;
}

/** True when the message has passed here before (RFC 9110 §7.6.3). */
export function hasPassed(rawFields: readonly string[], via: string): boolean {
  return valuesOf(rawFields, "via").some((value) =>
    value.split(",").some((hop) => hop.trim().split(/\s+/)[1]?.toLowerCase() === via.toLowerCase()),
  );
}

/** The value of Max-Forwards (RFC 9110 §7.6.2): null when absent, `malformed` when it is no number. */
export function maxForwards(rawFields: readonly string[]): number | null | "malformed" {
  const values = valuesOf(rawFields, "max-forwards");
  if (values.length === 0) return null;
  const [value = ""] = values;
  return values.length === 1 && /^[0-9]{1,9}$/.test(value) ? Number(value) : "malformed";
}

/** True for the methods that Max-Forwards is about. */
export function isCounted(method: string): boolean {
  return method === "TRACE" || method === "OPTIONS";
}

// Methods for which node:http sends no body framing of its own accord.
const BODILESS = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

function endToEnd(
  rawFields: readonly string[],
  httpVersion: string,
  via: string,
  without: readonly string[],
): string[] {
  const nominated = new Set<string>();
  for (const value of [...valuesOf(rawFields, "connection"), ...valuesOf(rawFields, "proxy-connection")]) {
    for (const option of value.toLowerCase().split(",")) {
      const name = option.trim();
      if (!NEVER_NOMINATED.has(name)) nominated.add(name);
    }
  }
  const fields: string[] = [];
  for (let index = 0; index < rawFields.length; index += 2) {
    const name = rawFields[index] ?? "";
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || nominated.has(lower) || without.includes(lower)) continue;
    fields.push(name, rawFields[index + 1] ?? "");
  }
  fields.push("Via", `${httpVersion} ${via}`);
  return fields;
}

function removeField(fields: string[], name: string): string[] {
  for (let index = fields.length - 2; index >= 0; index -= 2) {
    if (fields[index]?.toLowerCase() === name) fields.splice(index, 2);
  }
  return fields;
}
