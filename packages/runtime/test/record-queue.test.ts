import fc from "fast-check";
import { expect, it } from "vitest";
import { type QueuedRecord, RecordQueue } from "../src/record-queue.ts";

// The queue never looks into a decision: a number stands for one.
const decision = (number: number) =>
  ({ kind: "decision", pending: { ref: String(number) } }) as unknown as QueuedRecord;
const entry = (number: number) =>
  ({ kind: "entry", entry: { id: String(number) } }) as unknown as QueuedRecord;

type Step =
  | { readonly do: "offer"; readonly kind: "decision" | "entry" }
  | { readonly do: "drain"; readonly most: number; readonly meanwhile: number; readonly durable: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("offer" as const),
      kind: fc.constantFrom("decision", "decision", "entry"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("drain" as const),
      most: fc.integer({ min: 1, max: 6 }),
      meanwhile: fc.integer({ min: 0, max: 5 }),
      durable: fc.boolean(),
    }),
  },
);

it("logged + gaps = offered, in order, whatever the log does and whenever", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 120 }), (limit, steps) => {
      const queue = new RecordQueue(limit);
      const logged: QueuedRecord[] = [];
      const offered = { decision: 0, entry: 0 };
      let gaps = 0;
      let at = 0;
      const offer = (kind: "decision" | "entry") => {
        offered[kind] += 1;
        at += 1;
        queue.offer(kind === "decision" ? decision(at) : entry(at), at);
      };
      const drain = (most: number, meanwhile: number, durable: boolean) => {
        const gap = queue.gap();
        const records = queue.peek(most);
        // What comes while the batch is on its way to the disk.
        for (let count = 0; count < meanwhile; count += 1) offer("decision");
        if (!durable) return;
        logged.push(...records);
        queue.remove(records.length);
        if (gap === null) return;
        gaps += gap.count;
        expect(gap.from).toBeLessThanOrEqual(gap.until);
        expect(gap.until - gap.from + 1).toBeGreaterThanOrEqual(gap.count);
        queue.closeGap(gap);
      };
      for (const each of steps) {
        if (each.do === "offer") offer(each.kind);
        else drain(each.most, each.meanwhile, each.durable);
      }
      expect(queue.dropped).toBe(gaps + (queue.gap()?.count ?? 0));
      while (queue.waiting > 0 || queue.gap() !== null) drain(3, 0, true);
      const of = (kind: QueuedRecord["kind"]) => logged.filter((record) => record.kind === kind);
      expect(of("decision").length + gaps).toBe(offered.decision);
      expect(of("entry").length).toBe(offered.entry);
      expect(queue.dropped).toBe(gaps);
      const numbers = logged.map((record) =>
        Number(
          record.kind === "decision"
            ? record.pending.ref
            : (record as unknown as { entry: { id: string } }).entry.id,
        ),
      );
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

it("a full queue takes no decision and says when it lost which number", () => {
  const queue = new RecordQueue(2);
  for (let at = 1; at <= 5; at += 1) queue.offer(decision(at), at);
  expect([queue.waiting, queue.dropped, queue.gap()]).toEqual([2, 3, { from: 3, until: 5, count: 3 }]);
});

it("what is no decision always fits", () => {
  const queue = new RecordQueue(1);
  queue.offer(decision(1), 1);
  queue.offer(entry(2), 2);
  expect([queue.waiting, queue.dropped, queue.gap()]).toEqual([2, 0, null]);
});

it("looking does not take", () => {
  const queue = new RecordQueue();
  queue.offer(decision(1), 1);
  expect(queue.peek(9)).toEqual(queue.peek(9));
  expect(queue.waiting).toBe(1);
});
