import { spawnSync } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditKey, loadOrCreateKey, openLog, openReader, verifyLog } from "@demarc/audit/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FaultRig } from "./support/faults.ts";
import { killRounds } from "./support/kill-rounds.ts";

const origin = "log.example/crash";
let root = "";
let directory = "";
let key: AuditKey;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-crash-"));
  directory = join(root, "log");
  key = await loadOrCreateKey(join(root, "key"), origin);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const open = (where = directory) => openLog({ dir: where, origin, signer: key, checkpointIntervalMs: 0 });

describe("kill -9", () => {
  it("loses no acknowledged entry, never shrinks a checkpoint and never forks (200 rounds: `test/commands/kill.ts`)", async () => {
    const { acknowledged, newest } = await killRounds(root, 6);
    expect(acknowledged.size).toBeGreaterThan(30);
    expect(newest?.size).toBeGreaterThanOrEqual(acknowledged.size);
  }, 60_000);
});

const canTrace = process.platform === "linux" && spawnSync("strace", ["-V"]).status === 0;

describe.skipIf(!canTrace)(
  "a fault in one call (all of them: `test/commands/faults.ts`; needs strace)",
  () => {
    it.each([
      ["fdatasync", "EIO", 1, "failed"],
      ["fdatasync", "kill", 2, "killed"],
      ["pwrite64", "ENOSPC", 1, "failed"],
      ["fsync", "EIO", 5, "failed"],
      ["rename", "ENOSPC", 3, "failed"],
      ["rename", "kill", 4, "killed"],
    ] as const)(
      "%s, %s, call %i: the writer %s",
      async (call, fault, number, outcome) => {
        const rig = await FaultRig.make(root);
        const count = (await rig.count()).get(call) ?? 0;
        expect(count).toBeGreaterThanOrEqual(number);
        expect(await rig.inject(call, fault, number)).toBe(outcome);
      },
      60_000,
    );
  },
);

const segments = async (): Promise<string[]> =>
  (await readdir(join(directory, "state"))).filter((file) => file.startsWith("wal-")).toSorted();

/** A log whose last three frames are in the write-ahead log alone, as after a crash. */
async function unpublished(): Promise<{ wal: Buffer; path: string }> {
  const log = await open();
  await log.appendAll([Buffer.from("published")]);
  await log.checkpoint();
  await cp(join(directory, "checkpoint"), join(root, "checkpoint"));
  for (let at = 0; at < 3; at += 1)
    await log.appendAll([Buffer.from(`frame ${at} a`), Buffer.from(`frame ${at} b`)]);
  const [name = ""] = await segments();
  const path = join(directory, "state", name);
  await cp(directory, join(root, "copy"), { recursive: true });
  await rm(join(root, "copy", "state", "lock"));
  await log.close();
  await rm(directory, { recursive: true });
  await cp(join(root, "copy"), directory, { recursive: true });
  return { wal: await readFile(path), path };
}

async function reset(): Promise<void> {
  await rm(directory, { recursive: true });
  await cp(join(root, "copy"), directory, { recursive: true });
}

describe("a damaged write-ahead log", () => {
  it("opens to the whole frames when cut at any byte, and refuses a cut below the signed size", async () => {
    const { wal, path } = await unpublished();
    const starts: number[] = [];
    for (let at = wal.indexOf("dwf1"); at >= 0; at = wal.indexOf("dwf1", at + 1)) starts.push(at);
    expect(starts.length).toBe(4);
    const [, second = 0] = starts;
    for (let cut = 0; cut <= wal.length; cut += 3) {
      await reset();
      await truncate(path, cut);
      if (cut < second) {
        await expect(open()).rejects.toMatchObject({ code: "audit/behind-signed" });
        expect((await readFile(path)).length).toBe(cut);
        continue;
      }
      const whole = starts.filter(
        (start, at) => at > 0 && (starts[at + 1] ?? wal.length) <= cut && start < cut,
      ).length;
      const log = await open();
      expect(log.size, `cut at ${cut}`).toBe(1 + 2 * whole);
      await log.close();
    }
  }, 60_000);

  it("refuses every flipped bit in a whole frame, and changes nothing", async () => {
    const { wal, path } = await unpublished();
    // Every byte in the whole proof (`node test/commands/flip-bits.ts`); here each third, at a bit of its own.
    for (let at = 0; at < wal.length; at += 3) {
      const changed = Buffer.from(wal);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      await writeFile(path, changed);
      await expect(open(), `bit ${at % 8} of byte ${at}`).rejects.toMatchObject({
        code: "audit/log-corrupt",
      });
      expect((await segments()).length).toBe(1);
    }
    await writeFile(path, wal);
    const log = await open();
    expect(log.size).toBe(7);
    await log.close();
  }, 60_000);

  it("takes zeros at the end for a write that never reached the disk", async () => {
    const { wal, path } = await unpublished();
    await writeFile(path, Buffer.concat([wal, Buffer.alloc(100)]));
    const log = await open();
    expect(log.size).toBe(7);
    await log.close();
  });

  it("is not opened with an older private state", async () => {
    await unpublished();
    await cp(join(directory, "state", "signed"), join(root, "signed"));
    const log = await open();
    await log.close();
    await copyFile(join(root, "signed"), join(directory, "state", "signed"));
    await expect(open()).rejects.toMatchObject({ code: "audit/behind-signed" });
  });
});

const mount = join(tmpdir(), `demarc-full-${process.pid}`);
const canMount = process.getuid?.() === 0 && process.platform === "linux";

describe("a full disk", () => {
  it.skipIf(!canMount)(
    "fails the log with its cause, keeps what was acknowledged, and opens again once there is room (needs root for a small tmpfs)",
    async () => {
      await mkdir(mount);
      const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", mount]);
      if (mounted.status !== 0) {
        await rm(mount, { recursive: true });
        console.warn("skipped: this machine does not let a test mount a tmpfs");
        return;
      }
      try {
        const told: string[] = [];
        const where = join(mount, "log");
        const log = await openLog({
          dir: where,
          origin,
          signer: key,
          checkpointIntervalMs: 0,
          onFailure: (error) => told.push(error.code),
        });
        await writeFile(join(mount, "ballast"), Buffer.alloc(300_000));
        let acknowledged = 0;
        const failure = await (async () => {
          for (;;)
            await log.appendAll([Buffer.alloc(5000, acknowledged % 256)]).then(() => (acknowledged += 1));
        })().catch((error: unknown) => error);
        expect(failure).toMatchObject({
          code: "audit/write-failed",
          message: expect.stringContaining("disk full (ENOSPC)"),
        });
        expect(acknowledged).toBeGreaterThan(10);
        expect(told).toEqual(["audit/write-failed"]);
        await expect(log.appendAll([Buffer.from("more")])).rejects.toMatchObject({
          code: "audit/write-failed",
        });
        await expect(log.checkpoint()).rejects.toMatchObject({ code: "audit/write-failed" });
        await log.close();
        await expect(open(where)).rejects.toMatchObject({ code: "audit/write-failed" });
        await rm(join(mount, "ballast"));
        spawnSync("mount", ["-o", "remount,size=16m", mount]);
        const again = await open(where);
        expect(again.size).toBeGreaterThanOrEqual(acknowledged);
        const reader = await openReader(where);
        for (let at = 0; at < acknowledged; at += 1) {
          expect(Buffer.compare(await reader.entry(at), Buffer.alloc(5000, at % 256))).toBe(0);
        }
        await again.appendAll([Buffer.from("more")]);
        await again.close();
        expect((await verifyLog(where, { verifierKey: key.verifierKey })).ok).toBe(true);
      } finally {
        spawnSync("umount", [mount]);
        await rm(mount, { recursive: true });
      }
    },
  );
});
