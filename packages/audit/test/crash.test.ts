import { spawn, spawnSync } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { consistencyProof, verifyConsistency } from "@demarc/audit";
import { type AuditKey, loadOrCreateKey, openLog, openReader, verifyLog } from "@demarc/audit/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const origin = "log.example/crash";
const script = fileURLToPath(new URL("fixtures/append-forever.ts", import.meta.url));
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

/** Runs the fixture, kills it `delay` ms after its first acknowledgement, and gives what it printed. */
async function runAndKill(delay: number): Promise<string> {
  const child = spawn(
    process.execPath,
    ["--conditions=@demarc/source", script, directory, join(root, "key"), origin],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  let timer: ReturnType<typeof setTimeout> | null = null;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes("ack ")) timer ??= setTimeout(() => child.kill("SIGKILL"), delay);
  });
  await new Promise((resolve) => child.once("close", resolve));
  expect(child.signalCode).toBe("SIGKILL");
  return output;
}

describe("kill -9", () => {
  it("loses no acknowledged entry, never shrinks a checkpoint and never forks, over 12 rounds", async () => {
    const acknowledged = new Map<number, string>();
    let before: { size: number; root: Uint8Array } = { size: 0, root: new Uint8Array(0) };
    for (let round = 0; round < 12; round += 1) {
      const output = await runAndKill(Math.random() * 120);
      for (const [, index, mark] of output.matchAll(/^ack ([0-9]+) (\S+)\n/gm)) {
        expect(acknowledged.has(Number(index))).toBe(false);
        acknowledged.set(Number(index), mark ?? "");
      }
      const left = (await (await openReader(directory)).checkpoint()).checkpoint;
      expect(left.size).toBeGreaterThanOrEqual(before.size);
      const log = await open();
      expect(log.published.size).toBeGreaterThanOrEqual(left.size);
      const reader = await openReader(directory);
      const { size, root: newRoot } = log.published;
      for (const older of [before, left]) {
        if (older.size === 0) continue;
        const proof = await consistencyProof(older.size, size, reader.nodes(size));
        const claim = { oldSize: older.size, oldRoot: older.root, newSize: size, newRoot };
        expect(proof.ok && verifyConsistency(claim, proof.value)).toBe(true);
      }
      let seen = 0;
      for await (const { index, bytes } of reader.entries(0, size)) {
        const mark = acknowledged.get(index);
        if (mark === undefined) continue;
        seen += 1;
        if (!Buffer.from(bytes).toString().startsWith(`${mark}x`))
          throw new Error(`entry ${index} is another one`);
      }
      expect(seen).toBe(acknowledged.size);
      before = { size, root: newRoot };
      await log.close();
    }
    expect(acknowledged.size).toBeGreaterThan(100);
    const report = await verifyLog(directory, { verifierKey: key.verifierKey });
    expect(report).toMatchObject({ ok: true, findings: [], size: before.size });
  }, 60_000);
});

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
