import type { Address } from "@demarc/net";
import { type ResourceRecord, TYPE } from "./codec/message.ts";
import { readName } from "./codec/name.ts";

/** Names and addresses that an answer leads the client to. */
export interface AnswerFacts {
  /** Canonical targets of CNAME, DNAME, SVCB and HTTPS records, in order. */
  readonly names: readonly string[];
  /** Addresses of A and AAAA records and of SVCB and HTTPS hints, in order. */
  readonly addresses: readonly Address[];
}

const IPV4_HINT = 4;
const IPV6_HINT = 6;

/** Reads them from the answer section; records of another form than their type's are passed over. */
export function answerFacts(answers: readonly ResourceRecord[]): AnswerFacts {
  const names: string[] = [];
  const addresses: Address[] = [];
  for (const { type, data } of answers) {
    if (type === TYPE.A && data.length === 4) addresses.push(data);
    else if (type === TYPE.AAAA && data.length === 16) addresses.push(unmapped(data));
    else if (type === TYPE.CNAME || type === TYPE.DNAME) addName(names, data, 0);
    else if (type === TYPE.SVCB || type === TYPE.HTTPS) {
      const end = addName(names, data, 2);
      if (end !== null) addHints(addresses, data, end);
    }
  }
  return { names, addresses };
}

/** The form in which a decision knows a name: lower-case; undefined for the root, which no selector names. */
export function canonicalName(name: string): string | undefined {
  return name === "." ? undefined : name.toLowerCase();
}

function addName(names: string[], data: Uint8Array, offset: number): number | null {
  const read = readName(data, offset);
  if (!read.ok) return null;
  const name = canonicalName(read.value.name);
  if (name !== undefined) names.push(name);
  return read.value.end;
}

/** SvcParams are key, length, value (RFC 9460 §2.2). */
function addHints(addresses: Address[], data: Uint8Array, start: number): void {
  let at = start;
  while (at + 4 <= data.length) {
    const key = ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
    const end = at + 4 + (((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0));
    if (end > data.length) return;
    const size = key === IPV4_HINT ? 4 : key === IPV6_HINT ? 16 : 0;
    const count = size === 0 ? 0 : Math.floor((end - at - 4) / size);
    for (let index = 0; index < count; index++) {
      const from = at + 4 + index * size;
      addresses.push(size === 4 ? data.slice(from, from + 4) : unmapped(data.slice(from, from + 16)));
    }
    at = end;
  }
}

/** `::ffff:a.b.c.d` as its four bytes, the one form of an IPv4 address in a decision. */
function unmapped(address: Uint8Array): Address {
  for (let index = 0; index < 12; index++) {
    if (address[index] !== (index < 10 ? 0 : 0xff)) return address;
  }
  return address.slice(12);
}
