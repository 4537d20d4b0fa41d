// Answers that the filter makes itself. Everything here is plain data in, bytes out.
import { type Disclosure, EXTRA_TEXT_BYTES, extraText, structuredError } from "@demarc/disclosure";
import { type ExtendedError, encodeExtendedError } from "./codec/ede-option.ts";
import { encodeMessage } from "./codec/encode.ts";
import {
  type EdnsOption,
  type Header,
  type Message,
  OPTION,
  RCODE,
  type ResourceRecord,
  TYPE,
} from "./codec/message.ts";

/** How a refusal looks: the name does not exist, it has no such record, or the query is refused. */
export type BlockedAnswer = "nxdomain" | "nodata" | "refused";

/** Seconds that a refusal may be cached: a lifted order takes effect within half a minute. */
export const BLOCKED_TTL_SECONDS = 30;

/** What this server advertises and the most it sends over UDP (RFC 9715 §3.1 asks for no more than fits unfragmented). */
export const DEFAULT_UDP_BYTES = 1_232;

/** The word for the record of a refusal. */
export const RESPONSE_WORD: Readonly<Record<BlockedAnswer, string>> = {
  nxdomain: "NXDOMAIN",
  nodata: "NODATA",
  refused: "REFUSED",
};

/** Most bytes that the sender of `query` takes over UDP. Source: RFC 1035 §4.2.1, RFC 6891 §6.2.5. */
export function udpLimit(query: Message, cap: number): number {
  return query.edns === null ? 512 : Math.min(Math.max(512, query.edns.udpSize), Math.max(512, cap));
}

/** An answer to `query` without records: same question, same case, RA set, never AD. OPT only where the query had one. */
export function emptyAnswer(query: Message, rcode: number, errors: readonly ExtendedError[] = []): Message {
  return {
    ...query,
    response: true,
    authoritative: false,
    truncated: false,
    recursionAvailable: true,
    authenticData: false,
    rcode,
    answers: [],
    authorities: [],
    additionals: [],
    edns: query.edns && {
      udpSize: DEFAULT_UDP_BYTES,
      version: 0,
      dnssecOk: query.edns.dnssecOk,
      options: errors.map(encodeExtendedError),
    },
  };
}

/** The answer to a message of which no question could be read: a header, and OPT where the message had one (RFC 6891 §6.1.1). */
export function headerAnswer(header: Header, rcode: number, hasEdns = false): Uint8Array {
  const bytes = new Uint8Array(hasEdns ? 23 : 12);
  bytes[0] = header.id >> 8;
  bytes[1] = header.id;
  bytes[2] = 0x80 | (header.opcode << 3) | (header.recursionDesired ? 1 : 0);
  bytes[3] = 0x80 | rcode;
  if (hasEdns) {
    bytes[11] = 1;
    bytes[14] = TYPE.OPT;
    bytes[15] = DEFAULT_UDP_BYTES >> 8;
    bytes[16] = DEFAULT_UDP_BYTES & 0xff;
  }
  return bytes;
}

/**
 * The refusal of `query` in at most `limit` bytes.
 *
 * The negative answer carries an SOA so that it is cached for 30 s and no longer (RFC 2308 §5). With OPT in the query an
 * Extended DNS Error says why; with option 26, as a JSON object (data in the option is ignored).
 */
export function refusal(
  query: Message,
  kind: BlockedAnswer,
  disclosure: Disclosure,
  limit: number,
): Uint8Array | null {
  const rcode = kind === "nxdomain" ? RCODE.NXDOMAIN : kind === "refused" ? RCODE.REFUSED : RCODE.NOERROR;
  const name = query.questions[0]?.name ?? ".";
  const bare: Message = {
    ...emptyAnswer(query, rcode),
    authorities: kind === "refused" ? [] : [soaAt(name)],
  };
  const first = encodeMessage(bare, limit);
  if (!first.ok) return null;
  if (bare.edns === null || disclosure.ede === null) return first.value;
  const room = limit - first.value.length - OPTION_HEAD_BYTES;
  if (room < 0) return first.value;
  const isStructured = query.edns?.options.some(({ code }) => code === OPTION.STRUCTURED_ERROR) === true;
  const text = isStructured
    ? (structuredError(disclosure, Math.min(room, MAX_STRUCTURED_BYTES)) ?? "")
    : extraText(disclosure, Math.min(room, EXTRA_TEXT_BYTES));
  return withOption(first.value, encodeExtendedError({ infoCode: disclosure.ede, extraText: text }));
}

/** Adds an option to a message that ends in an OPT without options: cheaper than writing the message again. */
function withOption(message: Uint8Array, option: EdnsOption): Uint8Array {
  const end = message.length;
  const bytes = new Uint8Array(end + 4 + option.data.length);
  bytes.set(message);
  bytes.set(option.data, end + 4);
  for (const [offset, value] of [
    [end - 2, 4 + option.data.length],
    [end, option.code],
    [end + 2, option.data.length],
  ] as const) {
    bytes[offset] = value >> 8;
    bytes[offset + 1] = value;
  }
  return bytes;
}

/** Option code, option length, info-code. */
const OPTION_HEAD_BYTES = 6;
const MAX_STRUCTURED_BYTES = 4_096;

/** Answer to a query for ANY: one HINFO, as RFC 8482 §4.2 allows. */
export function anyAnswer(query: Message): Message {
  const name = query.questions[0]?.name ?? ".";
  const text = new TextEncoder().encode("RFC8482");
  const data = Uint8Array.from([text.length, ...text, 0]);
  return {
    ...emptyAnswer(query, RCODE.NOERROR),
    answers: [{ name, type: TYPE.HINFO, class: 1, ttl: 3_600, data }],
  };
}

// MNAME `blocked.invalid`, RNAME `nobody.invalid`; serial 1, refresh, retry, expire of no use to anybody, minimum 30.
const SOA_DATA = Uint8Array.from([
  7,
  ...new TextEncoder().encode("blocked"),
  7,
  ...new TextEncoder().encode("invalid"),
  0,
  6,
  ...new TextEncoder().encode("nobody"),
  7,
  ...new TextEncoder().encode("invalid"),
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  14,
  16,
  0,
  0,
  2,
  88,
  0,
  1,
  81,
  128,
  0,
  0,
  0,
  BLOCKED_TTL_SECONDS,
]);

function soaAt(name: string): ResourceRecord {
  return { name, type: TYPE.SOA, class: 1, ttl: BLOCKED_TTL_SECONDS, data: SOA_DATA };
}
