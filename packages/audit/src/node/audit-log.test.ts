import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leafHash } from "../hash.ts";
import { treeRoot } from "../tree.ts";
import { openLog } from "./audit-log.ts";
import { loadOrCreateKey } from "./key-file.ts";
import { openReader } from "./log-reader.ts";

const origin = "log.example/audit";
let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-audit-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const text = (value: number): Uint8Array => new TextEncoder().encode(`entry ${value}`);

async function open(name = "log") {
  const key = await loadOrCreateKey(join(root, "key"), origin);
  return openLog({ dir: join(root, name), origin, signer: key, checkpointIntervalMs: 0 });
}

describe("openLog", () => {
  it.each([0, 1, 2, 255, 256, 257, 1000, 65_537])(
    "publishes and recovers a tree of %i entries",
    async (size) => {
      const entries = Array.from({ length: size }, (_, at) => text(at));
      const expected = treeRoot(entries.map((entry) => leafHash(entry)));
      let log = await open();
      const cut = Math.floor(size / 3);
      await log.appendAll(entries.slice(0, cut));
      await log.checkpoint();
      const second = await log.appendAll(entries.slice(cut));
      expect(second).toEqual({ first: cut, count: size - cut });
      const checkpoint = await log.checkpoint();
      expect(checkpoint.size).toBe(size);
      expect(checkpoint.root).toEqual(expected);
      await log.close();
      log = await open();
      expect(log.size).toBe(size);
      expect(log.published.root).toEqual(expected);
      await log.appendAll([text(size)]);
      await log.close();
      const reader = await openReader(join(root, "log"));
      const signed = await reader.checkpoint();
      expect(signed.checkpoint.root).toEqual(
        treeRoot([...entries, text(size)].map((entry) => leafHash(entry))),
      );
      const seen: number[] = [];
      for await (const { index, bytes } of reader.entries(0, Number.POSITIVE_INFINITY)) {
        expect(Buffer.compare(bytes, text(index))).toBe(0);
        seen.push(index);
      }
      expect(seen.length).toBe(size + 1);
    },
    60_000,
  );

  it("gives concurrent appends positions of their own and keeps each call together", async () => {
    const log = await open();
    const calls = Array.from({ length: 500 }, (_, call) =>
      log.appendAll([text(call * 2), text(call * 2 + 1)].slice(0, 1 + (call % 2))),
    );
    const where = await Promise.all(calls);
    await log.checkpoint();
    const reader = await openReader(log.dir);
    const used = new Set<number>();
    for (const [call, { first, count }] of where.entries()) {
      for (let at = 0; at < count; at += 1) {
        used.add(first + at);
        expect(Buffer.from(await reader.entry(first + at)).toString()).toBe(`entry ${call * 2 + at}`);
      }
    }
    expect(used.size).toBe(log.size);
    await log.close();
  });

  it("bounds what is unpublished, and drops segments whose entries are in bundles", async () => {
    let log = await open();
    const large = Array.from({ length: 100 }, (_, at) => new Uint8Array(65_535).fill(at));
    for (let call = 0; call < 12; call += 1) await log.appendAll(large);
    expect(log.published.size).toBeGreaterThan(0);
    await log.checkpoint();
    const segments = async () =>
      (await readdir(join(root, "log", "state"))).filter((name) => name.startsWith("wal-"));
    expect((await segments()).length).toBe(1);
    expect((await segments())[0]).not.toMatch(/-0{16}$/);
    await log.appendAll([text(1)]);
    await log.close();
    log = await open();
    expect(log.size).toBe(1201);
    await log.close();
    expect((await (await openReader(join(root, "log"))).entry(1199))[0]).toBe(99);
  });

  it("has one writer", async () => {
    const log = await open();
    await expect(open()).rejects.toMatchObject({ code: "audit/locked" });
    await log.close();
    await (await open()).close();
  });

  it("refuses an entry that no bundle can carry, and appends after close", async () => {
    const log = await open();
    await expect(log.appendAll([new Uint8Array(65_536)])).rejects.toMatchObject({
      code: "audit/entry-too-large",
    });
    await expect(log.appendAll([new Uint8Array(65_535)])).resolves.toEqual({ first: 0, count: 1 });
    await log.close();
    await log.close();
    await expect(log.appendAll([text(0)])).rejects.toMatchObject({ code: "audit/closed" });
    await expect(log.checkpoint()).rejects.toMatchObject({ code: "audit/closed" });
  });

  it("writes checkpoints by itself while entries come in", async () => {
    const key = await loadOrCreateKey(join(root, "key"), origin);
    const log = await openLog({ dir: join(root, "log"), origin, signer: key, checkpointIntervalMs: 10 });
    await log.appendAll([text(1)]);
    await expect.poll(async () => log.published.size).toBe(1);
    await log.close();
  });

  it("stores objects under their digest", async () => {
    const log = await open();
    const digest = await log.putObject(text(1));
    const reader = await openReader(log.dir);
    expect(Buffer.compare(await reader.object(digest), text(1))).toBe(0);
    await expect(reader.object("0".repeat(64))).rejects.toMatchObject({ code: "audit/entry-missing" });
    await log.close();
  });

  it("refuses another key, another origin, and public files ahead of the private state", async () => {
    const log = await open();
    await log.appendAll([text(1)]);
    await log.close();
    const other = await loadOrCreateKey(join(root, "other"), origin);
    const directory = join(root, "log");
    await expect(openLog({ dir: directory, origin, signer: other })).rejects.toMatchObject({
      code: "audit/origin-mismatch",
    });
    await expect(openLog({ dir: directory, origin: "x.example", signer: other })).rejects.toMatchObject({
      code: "audit/origin-mismatch",
    });
    await rm(join(directory, "state"), { recursive: true });
    await expect(open()).rejects.toMatchObject({ code: "audit/behind-signed" });
    expect((await readFile(join(directory, "checkpoint"), "utf8")).startsWith(origin)).toBe(true);
  });
});
