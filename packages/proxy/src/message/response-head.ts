import { type Read, responseFault } from "./fault.ts";
import { type Field, readFields, tokensOf } from "./fields.ts";
import { type Framing, responseFraming } from "./framing.ts";
import { HeadScanner } from "./head-scanner.ts";

/** A response's head that has been checked. */
export interface ResponseHead {
  /** 100–599. */
  readonly status: number;
  /** May be empty. */
  readonly reason: string;
  /** 0 or 1, of HTTP/1.x. */
  readonly minor: number;
  readonly fields: readonly Field[];
  readonly nominated: readonly string[];
  readonly framing: Framing;
  /** True when the destination keeps its connection open after this response. */
  readonly keepAlive: boolean;
}

/** Largest response head, bytes. */
export const MAX_RESPONSE_HEAD_BYTES = 65_536;

const MAX_RESPONSE_FIELDS = 256;

/** A scanner for the heads of responses. */
export function responseScanner(): HeadScanner {
  return new HeadScanner({
    maxHeadBytes: MAX_RESPONSE_HEAD_BYTES,
    maxLineBytes: MAX_RESPONSE_HEAD_BYTES,
    firstLine: readStatusLine,
    tooLong: () =>
      responseFault("the response's header section is too large", "http_response_header_section_size"),
    bareLineFeed: () => responseFault("a line of the response's head does not end in CRLF"),
  });
}

/**
 * Reads a response's head from its lines.
 *
 * Faults: 502 with the error type that fits. Source: RFC 9112 §4, §5, §6.
 */
export function readResponseHead(lines: readonly string[], method: string): Read<ResponseHead> {
  const line = readStatusLine(lines[0] ?? "");
  if (!line.ok) return line;
  if (lines.length - 1 > MAX_RESPONSE_FIELDS)
    return responseFault("the response has too many header fields", "http_response_header_section_size");
  const fields = readFields(lines.slice(1));
  if (typeof fields === "string") return responseFault(`in the response ${fields}`);
  const nominated = tokensOf(fields, "connection");
  if (nominated === null) return responseFault("in the response Connection is no list of header names");
  const { status, reason, minor } = line.value;
  const framing = responseFraming(fields, { status, minor, method });
  if (!framing.ok) return framing;
  const keepAlive = minor === 1 && !nominated.includes("close") && framing.value.kind !== "until-close";
  return { ok: true, value: { status, reason, minor, fields, nominated, framing: framing.value, keepAlive } };
}

function readStatusLine(
  line: string,
): Read<{ readonly status: number; readonly reason: string; readonly minor: number }> {
  const match = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/.exec(line);
  if (match === null) return responseFault("the destination does not speak HTTP/1.1");
  return { ok: true, value: { minor: Number(match[1]), status: Number(match[2]), reason: match[3] ?? "" } };
}
