import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { decodeEntry } from "@demarc/audit";
import {
  type AuditError,
  loadOrCreateKey,
  memoryStorage,
  openLog,
  readerFrom,
  type Storage,
} from "@demarc/audit/node";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

const origin = "log.example/overload";
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-overload-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A storage whose disk takes a few turns of the event loop for each frame. */
function slow(turns: number): Storage {
  const storage = memoryStorage();
  return {
    ...storage,
    openJournal: async (from, onEntry) => {
      const journal = await storage.openJournal(from, onEntry);
      return {
        ...journal,
        append: async (first, frame) => {
          for (let at = 0; at < turns; at += 1) await turn();
          await journal.append(first, frame);
        },
      };
    },
  };
}

it("drop: what is logged and what the gaps count is exactly what was offered, at every load", async () => {
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  const bursts = fc.array(
    fc.record({ entries: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }), pause: fc.nat(3) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.nat(4), bursts, async (limit, turns, load) => {
      const storage = slow(turns);
      const overload = { mode: "drop", limit, enforcer: "dns.operator.example" } as const;
      const log = await openLog({ dir: storage, origin, signer, checkpointIntervalMs: 0, overload });
      const acknowledged = new Map<number, string>();
      let offered = 0;
      let refused = 0;
      const calls: Promise<void>[] = [];
      for (const { entries, pause } of load) {
        for (const count of entries) {
          const marks = Array.from({ length: count }, () => `entry ${(offered += 1)}`);
          const bytes = marks.map((mark) => Buffer.from(mark));
          const call =
            count === 1
              ? log.append(bytes[0] as Buffer).then(({ index }) => index)
              : log.appendAll(bytes).then(({ first }) => first);
          calls.push(
            call.then(
              (first) => marks.forEach((mark, at) => acknowledged.set(first + at, mark)),
              (error: AuditError) => {
                expect(error.code).toBe("audit/overloaded");
                refused += count;
              },
            ),
          );
        }
        for (let at = 0; at < pause; at += 1) await turn();
      }
      await Promise.all(calls);
      await log.close();
      expect(acknowledged.size + refused).toBe(offered);
      let counted = 0;
      for await (const { index, bytes } of readerFrom(storage.name, storage.read).entries(
        0,
        Number.POSITIVE_INFINITY,
      )) {
        const mark = acknowledged.get(index);
        if (mark !== undefined) {
          expect(Buffer.from(bytes).toString()).toBe(mark);
          acknowledged.delete(index);
          continue;
        }
        const entry = decodeEntry(bytes);
        if (!entry.ok || entry.value.type !== "gap") throw new Error(`entry ${index} was never acknowledged`);
        expect(entry.value.from <= entry.value.until).toBe(true);
        counted += entry.value.count;
      }
      expect(acknowledged.size).toBe(0);
      expect(counted).toBe(refused);
      lost += counted;
    }),
    { numRuns: 60 },
  );
  expect(lost).toBeGreaterThan(100);
});

it("drop: a name that no gap entry can carry is refused at the start", async () => {
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  const overload = { mode: "drop", limit: 10, enforcer: "" } as const;
  await expect(openLog({ dir: memoryStorage(), origin, signer, overload })).rejects.toMatchObject({
    code: "audit/entry-invalid",
  });
});

it("block: everything waits its turn and nothing is refused", async () => {
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  const log = await openLog({ dir: slow(2), origin, signer, checkpointIntervalMs: 0 });
  const where = await Promise.all(Array.from({ length: 3000 }, (_, at) => log.append(Buffer.from(`${at}`))));
  expect(new Set(where.map(({ index }) => index)).size).toBe(3000);
  await log.close();
});
