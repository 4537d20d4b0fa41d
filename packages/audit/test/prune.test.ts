import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePath, mayPrune, parseVerifierKey, tilePath, verifyTlogProof } from "@demarc/audit";
import {
  loadOrCreateKey,
  openLog,
  openReader,
  proveEntry,
  pruneLog,
  readRetention,
  verifyLog,
} from "@demarc/audit/node";
import { afterAll, beforeAll, expect, it } from "vitest";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-prune-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

it("a resource may go once its end index is at or below the minimum index", () => {
  for (const [path, end] of [
    [bundlePath(0), 256],
    [bundlePath(3), 1024],
    [tilePath({ level: 0, index: 3, width: 256 }), 1024],
    [tilePath({ level: 1, index: 0, width: 256 }), 65_536],
    [tilePath({ level: 1, index: 0, width: 4 }), 65_536],
    [tilePath({ level: 2, index: 0, width: 256 }), 16_777_216],
  ] as const) {
    expect(mayPrune(path, end - 1), path).toBe(false);
    expect(mayPrune(path, end), path).toBe(true);
  }
  for (const path of ["checkpoint", "objects/sha256/00", "tile/0/1", "../tile/0/000"])
    expect(mayPrune(path, Number.MAX_SAFE_INTEGER), path).toBe(false);
});

it("a pruned log still proves every entry, verifies, grows, and says from where on it has entries", async () => {
  const signer = await loadOrCreateKey(join(root, "key"), "log.example");
  const dir = join(root, "log");
  const log = await openLog({ dir, origin: "log.example", signer, checkpointIntervalMs: 0 });
  const entry = (at: number) => Buffer.from(`entry ${at}`);
  await log.appendAll(Array.from({ length: 1000 }, (_, at) => entry(at)));
  await log.checkpoint();
  const retention = "https://operator.example/retention: entries for 180 days";
  await expect(pruneLog(dir, { minimumIndex: 600, retention: "" })).rejects.toMatchObject({
    code: "audit/prune-refused",
  });
  await expect(pruneLog(dir, { minimumIndex: 1001, retention })).rejects.toMatchObject({
    code: "audit/prune-refused",
  });
  expect(await readRetention(dir)).toEqual({ minimumIndex: 0, retention: "" });
  expect(await pruneLog(dir, { minimumIndex: 600, retention })).toEqual({ removed: 2 });
  expect(await pruneLog(dir, { minimumIndex: 600, retention })).toEqual({ removed: 0 });
  await expect(pruneLog(dir, { minimumIndex: 599, retention })).rejects.toMatchObject({
    code: "audit/prune-refused",
  });
  expect(await readRetention(dir)).toEqual({ minimumIndex: 600, retention });
  expect((await readdir(join(dir, "tile", "entries"))).filter((name) => name < "002")).toEqual([]);
  await log.appendAll([entry(1000)]);
  await log.close();
  const reader = await openReader(dir);
  const key = parseVerifierKey(signer.verifierKey);
  if (!key.ok) throw new Error(key.issue.message);
  for (const index of [0, 511, 512, 1000])
    expect((await verifyTlogProof(await proveEntry(reader, index), entry(index), key.value)).ok).toBe(true);
  await expect(reader.entry(10)).rejects.toMatchObject({ code: "audit/entry-missing" });
  expect(Buffer.from(await reader.entry(512)).toString()).toBe("entry 512");
  expect(await verifyLog(dir, { verifierKey: signer.verifierKey })).toMatchObject({
    ok: true,
    size: 1001,
    checkedEntries: 489,
  });
  const again = await openLog({ dir, origin: "log.example", signer });
  expect(again.size).toBe(1001);
  await again.close();
  // What is at or above the minimum index is still missed.
  await rm(join(dir, bundlePath(2)));
  expect((await verifyLog(dir, { verifierKey: signer.verifierKey })).findings).toMatchObject([
    { code: "audit/bundle", file: bundlePath(2) },
  ]);
});
