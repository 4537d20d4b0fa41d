// What every storage must give; a new one is put through the same list.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leafHash, parseVerifierKey, treeRoot, verifyTlogProof } from "@demarc/audit";
import {
  type AuditKey,
  directoryStorage,
  loadOrCreateKey,
  memoryStorage,
  openLog,
  readerFrom,
  type Storage,
} from "@demarc/audit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const origin = "log.example/storage";
let root = "";
let signer: AuditKey;
let number = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-storage-"));
  signer = await loadOrCreateKey(join(root, "key"), origin);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = (at: number): Uint8Array => bytes(`entry ${at}`);

/** A fresh storage, and another view of the same one, as a second process has it. */
interface Pair {
  readonly storage: Storage;
  readonly again: Storage;
}
const kinds: readonly (readonly [string, () => Pair])[] = [
  [
    "directory",
    () => {
      number += 1;
      const dir = join(root, `log-${number}`);
      return { storage: directoryStorage(dir), again: directoryStorage(dir) };
    },
  ],
  [
    "memory",
    () => {
      const storage = memoryStorage();
      return { storage, again: storage };
    },
  ],
];

describe.each(kinds)("the %s storage", (_kind, make) => {
  it("keeps files, replaces them in one step, and removes what is below a folder", async () => {
    const { storage, again } = make();
    const lease = await storage.lock();
    expect(await storage.read("tile/0/000")).toBeNull();
    await storage.write([
      { path: "tile/0/000.p/1", bytes: bytes("one") },
      { path: "tile/0/000.p/2", bytes: bytes("two") },
      { path: "tile/0/000", bytes: bytes("all") },
    ]);
    expect(Buffer.from((await again.read("tile/0/000.p/2")) ?? []).toString()).toBe("two");
    await storage.replace("checkpoint", bytes("a"));
    await storage.replace("checkpoint", bytes("bc"));
    expect(Buffer.from((await again.read("checkpoint")) ?? []).toString()).toBe("bc");
    await storage.remove("tile/0/000.p");
    await storage.remove("tile/0/000.p");
    expect(await again.read("tile/0/000.p/1")).toBeNull();
    expect(await again.read("tile/0/000")).not.toBeNull();
    const kept = bytes("mine");
    await storage.write([{ path: "objects/x", bytes: kept }]);
    kept[0] = 0;
    expect(Buffer.from((await again.read("objects/x")) ?? []).toString()).toBe("mine");
    await lease.release();
  });

  it("has one lease at a time", async () => {
    const { storage, again } = make();
    const lease = await storage.lock();
    expect(lease.isHeld()).toBe(true);
    await expect(again.lock()).rejects.toMatchObject({ code: "audit/locked" });
    await lease.release();
    expect(lease.isHeld()).toBe(false);
    const next = await again.lock();
    await lease.release();
    expect(next.isHeld()).toBe(true);
    await next.release();
  });

  it("gives a log that comes back whole with what was never published", async () => {
    const { storage, again } = make();
    const first = await openLog({ dir: storage, origin, signer, checkpointIntervalMs: 0 });
    expect(await first.append(entry(0))).toEqual({ index: 0 });
    await first.appendAll(Array.from({ length: 599 }, (_, at) => entry(at + 1)));
    await first.checkpoint();
    expect(first.published.size).toBe(600);
    await first.close();
    const journal = await again.openJournal(600, () => undefined);
    const { encodeFrame } = await import("../src/node/wal-frame.ts");
    await journal.append(600, encodeFrame(600, [entry(600), entry(601)]));
    await journal.close();
    const log = await openLog({ dir: again, origin, signer, checkpointIntervalMs: 0 });
    expect([log.size, log.published.size]).toEqual([602, 602]);
    const leaves = Array.from({ length: 602 }, (_, at) => leafHash(entry(at)));
    expect(log.published.root).toEqual(treeRoot(leaves));
    const key = parseVerifierKey(signer.verifierKey);
    if (!key.ok) throw new Error(key.issue.message);
    await log.append(entry(602));
    // `prove` publishes what the entry needs.
    expect((await verifyTlogProof(await log.prove(602), entry(602), key.value)).ok).toBe(true);
    expect((await verifyTlogProof(await log.prove(0), entry(0), key.value)).ok).toBe(true);
    await expect(log.prove(603)).rejects.toMatchObject({ code: "audit/entry-missing" });
    const digest = await log.putObject(bytes("object"));
    const reader = readerFrom(again.name, again.read);
    expect(Buffer.from(await reader.object(digest)).toString()).toBe("object");
    const seen: number[] = [];
    for await (const { index } of reader.entries(0, Number.POSITIVE_INFINITY)) seen.push(index);
    expect(seen.length).toBe(603);
    await log.close();
  });

  it("refuses a journal that ends before what was signed", async () => {
    const { storage } = make();
    const journal = await (async () => {
      const lease = await storage.lock();
      const opened = await storage.openJournal(0, () => undefined);
      await lease.release();
      return opened;
    })();
    await journal.close();
    await expect(storage.openJournal(5, () => undefined)).rejects.toMatchObject({
      code: "audit/behind-signed",
    });
  });

  it("refuses an entry that the schema refuses", async () => {
    const { storage } = make();
    const log = await openLog({ dir: storage, origin, signer });
    const wrong = { v: 1, type: "heartbeat", enforcer: "x", time: "yesterday" } as const;
    await expect(log.append(wrong)).rejects.toMatchObject({ code: "audit/entry-invalid" });
    expect(await log.append({ ...wrong, time: "2026-03-01T12:00:00Z" })).toEqual({ index: 0 });
    await log.close();
  });
});

it("a writer whose lock was broken acknowledges and signs nothing more", async () => {
  const dir = join(root, "fenced");
  const told: string[] = [];
  const old = await openLog({
    dir,
    origin,
    signer,
    checkpointIntervalMs: 0,
    onFailure: ({ code }) => told.push(code),
  });
  await old.append(entry(0));
  await old.append(entry(1));
  // As another container does that does not see this process.
  await writeFile(
    join(dir, "state", "lock"),
    `${JSON.stringify({ pid: 2 ** 22 + 1, started: "", token: "x" })}\n`,
  );
  const next = await openLog({ dir, origin, signer, checkpointIntervalMs: 0 });
  expect(next.size).toBe(2);
  await next.append(entry(2));
  await expect(old.append(entry(9))).rejects.toMatchObject({ code: "audit/lock-lost" });
  await expect(old.checkpoint()).rejects.toMatchObject({ code: "audit/lock-lost" });
  expect(told).toEqual(["audit/lock-lost"]);
  await old.close();
  await next.append(entry(3));
  // The frame of the old writer is in its own file, beyond what the new one read.
  await cp(dir, join(root, "copy"), { recursive: true });
  await next.close();
  await rm(join(root, "copy", "state", "lock"));
  const log = await openLog({ dir: join(root, "copy"), origin, signer });
  expect(log.size).toBe(4);
  const reader = readerFrom("copy", directoryStorage(join(root, "copy")).read);
  for (const at of [0, 1, 2, 3]) expect(Buffer.compare(await reader.entry(at), entry(at))).toBe(0);
  await log.close();
});
