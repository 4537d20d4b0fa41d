import type { Result } from "@demarc/net";
import { ByteWriter } from "./byte-writer.ts";
import { type DnsIssue, failure } from "./issue.ts";
import { type Edns, type Message, type ResourceRecord, TYPE } from "./message.ts";
import { readName } from "./name.ts";
import { isCompressible, layoutOf } from "./rdata-layout.ts";

const MAX_MESSAGE_BYTES = 65_535;

/**
 * The message as bytes, at most `maxBytes` of them.
 *
 * When it does not fit, whole RRsets are left out from the end: with TC set where answer or authority lost one, without
 * where only additional records did (RFC 2181 §9). The question and OPT always stay; when they alone do not fit, the
 * OPT's options go too, and then the message is refused.
 *
 * Errors: `dns/name-syntax` for a name that can not be written, `dns/message-too-long`.
 */
export function encodeMessage(
  message: Message,
  maxBytes: number = MAX_MESSAGE_BYTES,
): Result<Uint8Array, DnsIssue> {
  const limit = Math.min(maxBytes, MAX_MESSAGE_BYTES);
  const writer = new ByteWriter();
  writer.u16(message.id);
  writer.u16(flagsOf(message, message.truncated));
  writer.u16(message.questions.length);
  writer.u32(0);
  writer.u16(0);
  for (const question of message.questions) {
    const fault = writer.name(question.name, true);
    if (fault >= 0) return nameFailure(fault);
    writer.u16(question.type);
    writer.u16(question.class);
  }
  let edns = message.edns;
  if (edns !== null && writer.length + optBytes(edns) > limit) edns = { ...edns, options: [] };
  const room = limit - (edns === null ? 0 : optBytes(edns));
  if (writer.length > room) {
    return failure("dns/message-too-long", `question and OPT alone do not fit into ${limit} bytes`);
  }
  let isFull = false;
  for (const [section, records] of [message.answers, message.authorities, message.additionals].entries()) {
    const written = isFull ? { ok: true as const, value: 0 } : writeSection(writer, records, room);
    if (!written.ok) return written;
    if (written.value < records.length) {
      isFull = true;
      if (section < 2) writer.setU16(2, flagsOf(message, true));
    }
    writer.setU16(6 + section * 2, section === 2 && edns !== null ? written.value + 1 : written.value);
  }
  if (edns !== null) writeOpt(writer, edns, message.rcode);
  return { ok: true, value: writer.finish() };
}

/** Writes whole RRsets until one does not fit; gives the number of records written. */
function writeSection(
  writer: ByteWriter,
  records: readonly ResourceRecord[],
  room: number,
): Result<number, DnsIssue> {
  let mark = writer.length;
  let whole = 0;
  for (const [index, record] of records.entries()) {
    const previous = records[index - 1];
    if (previous === undefined || previous.type !== record.type || !isSameName(previous.name, record.name)) {
      mark = writer.length;
      whole = index;
    }
    const written = writeRecord(writer, record);
    if (!written.ok) return written;
    if (writer.length > room) {
      writer.cut(mark);
      return { ok: true, value: whole };
    }
  }
  return { ok: true, value: records.length };
}

function nameFailure(offset: number): { readonly ok: false; readonly issue: DnsIssue } {
  return failure(
    "dns/name-syntax",
    "a name has labels of 1 to 63 bytes, 255 bytes at most, escapes up to `\\255`",
    offset,
  );
}

function isSameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

function writeRecord(writer: ByteWriter, record: ResourceRecord): Result<null, DnsIssue> {
  const fault = writer.name(record.name, true);
  if (fault >= 0) return nameFailure(fault);
  writer.u16(record.type);
  writer.u16(record.class);
  writer.u32(record.ttl);
  const lengthOffset = writer.length;
  writer.u16(0);
  const layout = isCompressible(record.type) ? layoutOf(record.type) : undefined;
  let at = 0;
  for (const field of record.data.length === 0 ? [] : (layout ?? [])) {
    if (field !== "name") {
      writer.bytes(record.data.subarray(at, at + field));
      at += field;
      continue;
    }
    const name = readName(record.data, at);
    if (!name.ok) return name;
    writer.name(name.value.name, true);
    at = name.value.end;
  }
  writer.bytes(record.data.subarray(at));
  const length = writer.length - lengthOffset - 2;
  if (length > MAX_MESSAGE_BYTES)
    return failure("dns/message-too-long", "the record's data is over 65,535 bytes");
  writer.setU16(lengthOffset, length);
  return { ok: true, value: null };
}

function optBytes(edns: Edns): number {
  return edns.options.reduce((sum, option) => sum + 4 + option.data.length, 11);
}

function writeOpt(writer: ByteWriter, edns: Edns, rcode: number): void {
  writer.u8(0);
  writer.u16(TYPE.OPT);
  writer.u16(edns.udpSize);
  writer.u8(rcode >> 4);
  writer.u8(edns.version);
  writer.u16(edns.dnssecOk ? 0x8000 : 0);
  writer.u16(optBytes(edns) - 11);
  for (const option of edns.options) {
    writer.u16(option.code);
    writer.u16(option.data.length);
    writer.bytes(option.data);
  }
}

function flagsOf(message: Message, isTruncated: boolean): number {
  return (
    (message.response ? 0x8000 : 0) |
    ((message.opcode & 15) << 11) |
    (message.authoritative ? 0x0400 : 0) |
    (isTruncated ? 0x0200 : 0) |
    (message.recursionDesired ? 0x0100 : 0) |
    (message.recursionAvailable ? 0x0080 : 0) |
    (message.authenticData ? 0x0020 : 0) |
    (message.checkingDisabled ? 0x0010 : 0) |
    (message.rcode & 15)
  );
}
