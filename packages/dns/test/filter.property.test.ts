import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createCounters, createFilter } from "../src/index.ts";
import { bytesOf, fakeGate, nameData, query, record } from "./fake.ts";

const answer = query("a.example", 1, {
  response: true,
  answers: [record("a.example", 5, nameData("b.example")), record("b.example", 1, [192, 0, 2, 1])],
});

it("any packet is replied to exactly once, and recorded at most once, over UDP and TCP", () => {
  const seeds = ["court.example", "own.example", "a.example"].map((name) => bytesOf(query(name)));
  const packets = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc
      .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 4 }))
      .map(([seed, edits]) => {
        const bytes = Uint8Array.from(seed);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        return bytes;
      }),
  );
  fc.assert(
    fc.property(
      packets,
      fc.constantFrom("udp" as const, "tcp" as const),
      fc.boolean(),
      (packet, transport, isUp) => {
        const gate = fakeGate();
        const filter = createFilter({
          gate,
          counters: createCounters(),
          now: () => 0,
          ask: (_query, done) =>
            done(
              isUp ? { ok: true, message: answer } : { ok: false, error: { infoCode: 22, extraText: "x" } },
            ),
        });
        const replies: (Uint8Array | null)[] = [];
        filter(packet, undefined, transport, (bytes) => replies.push(bytes));
        expect(replies).toHaveLength(1);
        expect(gate.records.length).toBeLessThanOrEqual(1);
        const [reply] = replies;
        if (reply === null || reply === undefined) {
          expect(packet.length < 12 || ((packet[2] ?? 0) & 0x80) !== 0).toBe(true);
        } else {
          expect([reply[0], reply[1]]).toEqual([packet[0], packet[1]]);
          expect((reply[2] ?? 0) & 0x80).toBe(0x80);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
