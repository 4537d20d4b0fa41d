import type { Result } from "@demarc/net";
import { ByteWriter } from "./byte-writer.ts";
import { type DnsIssue, failure } from "./issue.ts";
import {
  type Edns,
  type EdnsOption,
  type Header,
  type Message,
  type Question,
  type ResourceRecord,
  TYPE,
} from "./message.ts";
import { readName } from "./name.ts";
import { layoutOf } from "./rdata-layout.ts";

const HEADER_BYTES = 12;

/** The header alone, which can be read even where the rest can not; null for fewer than twelve bytes. */
export function decodeHeader(bytes: Uint8Array): Header | null {
  if (bytes.length < HEADER_BYTES) return null;
  const flags = u16(bytes, 2);
  return {
    id: u16(bytes, 0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticData: (flags & 0x0020) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    rcode: flags & 15,
    questionCount: u16(bytes, 4),
  };
}

/**
 * The message in `bytes`, or the first thing that is wrong with them. Never throws.
 *
 * Refused: names that overrun, are too long or point forward; records that overrun; RDATA whose names do not fill it as
 * their type says; a second OPT, an OPT outside the additional section or not at the root; bytes after the last record.
 * Cost: linear in the message; a pointer is followed at most 127 times per name.
 * Source: RFC 1035 §4, RFC 6891 §6.
 */
export function decodeMessage(bytes: Uint8Array): Result<Message, DnsIssue> {
  const header = decodeHeader(bytes);
  if (header === null)
    return failure("dns/short-message", `${bytes.length} bytes are no header`, bytes.length);
  let offset = HEADER_BYTES;
  const questions: Question[] = [];
  for (let index = 0; index < header.questionCount; index++) {
    const name = readName(bytes, offset);
    if (!name.ok) return name;
    offset = name.value.end;
    if (offset + 4 > bytes.length) return failure("dns/record-overrun", "the question is cut off", offset);
    questions.push({ name: name.value.name, type: u16(bytes, offset), class: u16(bytes, offset + 2) });
    offset += 4;
  }
  const sections: [ResourceRecord[], ResourceRecord[], ResourceRecord[]] = [[], [], []];
  let edns: Edns | null = null;
  let extendedRcode = 0;
  for (const [section, records] of sections.entries()) {
    const count = u16(bytes, 6 + section * 2);
    for (let index = 0; index < count; index++) {
      const read = readRecord(bytes, offset);
      if (!read.ok) return read;
      const { record, end } = read.value;
      if (record.type === TYPE.OPT) {
        if (edns !== null) return failure("dns/opt-repeated", "the message has a second OPT record", offset);
        if (section !== 2 || record.name !== ".") {
          return failure("dns/opt-malformed", "OPT belongs to the root, in the additional section", offset);
        }
        const opened = openOpt(record, offset);
        if (!opened.ok) return opened;
        edns = opened.value;
        extendedRcode = record.ttl >>> 24;
      } else {
        records.push(record);
      }
      offset = end;
    }
  }
  if (offset !== bytes.length) {
    return failure("dns/trailing-bytes", `${bytes.length - offset} bytes follow the last record`, offset);
  }
  const { questionCount: _, ...flags } = header;
  const [answers, authorities, additionals] = sections;
  const rcode = (extendedRcode << 4) | header.rcode;
  return { ok: true, value: { ...flags, rcode, questions, answers, authorities, additionals, edns } };
}

function readRecord(
  bytes: Uint8Array,
  offset: number,
): Result<{ readonly record: ResourceRecord; readonly end: number }, DnsIssue> {
  const owner = readName(bytes, offset);
  if (!owner.ok) return owner;
  const at = owner.value.end;
  if (at + 10 > bytes.length) return failure("dns/record-overrun", "the record is cut off", at);
  const start = at + 10;
  const end = start + u16(bytes, at + 8);
  if (end > bytes.length) return failure("dns/record-overrun", "the record's data is cut off", at);
  const type = u16(bytes, at);
  const data = readRdata(bytes, type, start, end);
  if (!data.ok) return data;
  const record = {
    name: owner.value.name,
    type,
    class: u16(bytes, at + 2),
    ttl: ((u16(bytes, at + 4) << 16) | u16(bytes, at + 6)) >>> 0,
    data: data.value,
  };
  return { ok: true, value: { record, end } };
}

function readRdata(
  bytes: Uint8Array,
  type: number,
  start: number,
  end: number,
): Result<Uint8Array, DnsIssue> {
  const layout = layoutOf(type);
  if (layout === undefined || start === end) return { ok: true, value: bytes.slice(start, end) };
  const writer = new ByteWriter();
  let at = start;
  for (const field of layout) {
    if (field === "name") {
      const name = readName(bytes, at);
      if (!name.ok) return name;
      writer.name(name.value.name, false);
      at = name.value.end;
    } else {
      if (at + field > end) break;
      writer.bytes(bytes.subarray(at, at + field));
      at += field;
    }
  }
  if (at !== end)
    return failure("dns/rdata-malformed", `the data of type ${type} does not have its type's form`, start);
  return { ok: true, value: writer.finish() };
}

function openOpt(record: ResourceRecord, offset: number): Result<Edns, DnsIssue> {
  const { data } = record;
  const options: EdnsOption[] = [];
  let at = 0;
  while (at < data.length) {
    if (at + 4 > data.length) return failure("dns/opt-malformed", "an EDNS option is cut off", offset);
    const end = at + 4 + u16(data, at + 2);
    if (end > data.length) return failure("dns/opt-malformed", "an EDNS option is cut off", offset);
    options.push({ code: u16(data, at), data: data.slice(at + 4, end) });
    at = end;
  }
  const version = (record.ttl >>> 16) & 255;
  return {
    ok: true,
    value: { udpSize: record.class, version, dnssecOk: (record.ttl & 0x8000) !== 0, options },
  };
}

function u16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}
