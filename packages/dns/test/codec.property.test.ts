import * as fc from "fast-check";
import { expect, it } from "vitest";
import { decodeMessage, encodeMessage, type Message, type ResourceRecord, readName } from "../src/codec.ts";

const label = fc.uint8Array({ minLength: 1, maxLength: 20 });
const name = fc.array(label, { maxLength: 5 }).map((labels) => {
  const wire = Uint8Array.from([...labels.flatMap((bytes) => [bytes.length, ...bytes]), 0]);
  const read = readName(wire, 0);
  return read.ok ? { text: read.value.name, wire } : { text: ".", wire: Uint8Array.of(0) };
});
const u16 = fc.nat(0xffff);
const opaque = fc
  .record({ type: fc.constantFrom(1, 16, 28, 64, 99, 65_280), data: fc.uint8Array({ maxLength: 60 }) })
  .map((part) => part);
const named = fc.oneof(
  name.map(({ wire }) => ({ type: 5, data: wire })),
  fc
    .tuple(name, fc.uint8Array({ minLength: 2, maxLength: 2 }))
    .map(([n, p]) => ({ type: 15, data: Uint8Array.from([...p, ...n.wire]) })),
  fc
    .tuple(name, name, fc.uint8Array({ minLength: 20, maxLength: 20 }))
    .map(([a, b, rest]) => ({ type: 6, data: Uint8Array.from([...a.wire, ...b.wire, ...rest]) })),
);
const records: fc.Arbitrary<ResourceRecord[]> = fc.array(
  fc
    .tuple(name, fc.oneof(opaque, named), u16, fc.nat(0xffff_ffff))
    .map(([owner, part, cls, ttl]) => ({ name: owner.text, class: cls, ttl, ...part })),
  { maxLength: 6 },
);
const messages: fc.Arbitrary<Message> = fc.record({
  id: u16,
  response: fc.boolean(),
  opcode: fc.nat(15),
  authoritative: fc.boolean(),
  truncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  authenticData: fc.boolean(),
  checkingDisabled: fc.boolean(),
  rcode: fc.nat(15),
  questions: fc.array(fc.record({ name: name.map(({ text }) => text), type: u16, class: u16 }), {
    maxLength: 2,
  }),
  answers: records,
  authorities: records,
  additionals: records,
  edns: fc.option(
    fc.record({
      udpSize: u16,
      version: fc.nat(255),
      dnssecOk: fc.boolean(),
      options: fc.array(fc.record({ code: u16, data: fc.uint8Array({ maxLength: 30 }) }), { maxLength: 3 }),
    }),
  ),
});

it("what is encoded decodes to the same message", () => {
  fc.assert(
    fc.property(messages, (message) => {
      const encoded = encodeMessage(message);
      expect(encoded.ok).toBe(true);
      if (encoded.ok) expect(decodeMessage(encoded.value)).toEqual({ ok: true, value: message });
    }),
  );
});

it("a message cut to a size fits, decodes, says TC when answer or authority lost something, and keeps whole RRsets", () => {
  fc.assert(
    fc.property(messages, fc.integer({ min: 300, max: 700 }), (message, limit) => {
      const encoded = encodeMessage({ ...message, truncated: false }, limit);
      if (!encoded.ok) return;
      expect(encoded.value.length).toBeLessThanOrEqual(limit);
      const decoded = decodeMessage(encoded.value);
      expect(decoded.ok).toBe(true);
      if (!decoded.ok) return;
      const kept = decoded.value;
      const lost =
        kept.answers.length < message.answers.length || kept.authorities.length < message.authorities.length;
      expect(kept.truncated).toBe(lost);
      const next = message.answers[kept.answers.length];
      const last = kept.answers.at(-1);
      if (next !== undefined && last !== undefined) {
        expect(last.name.toLowerCase() === next.name.toLowerCase() && last.type === next.type).toBe(false);
      }
    }),
  );
});

it("any bytes: an answer, never an exception; accepted bytes survive a round", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        // a valid message with some bytes changed or cut
        fc
          .tuple(messages, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }), fc.nat(400))
          .map(([message, edits, cut]) => {
            const encoded = encodeMessage(message);
            const bytes = encoded.ok ? encoded.value : new Uint8Array();
            for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
            return cut % 3 === 0 ? bytes.slice(0, cut) : bytes;
          }),
      ),
      (bytes) => {
        const decoded = decodeMessage(bytes);
        if (!decoded.ok) return;
        const again = encodeMessage(decoded.value);
        if (again.ok) expect(decodeMessage(again.value)).toEqual(decoded);
      },
    ),
    { numRuns: 2_000 },
  );
});
