import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { encodeEntry, parseVerifierKey, tilesOf, verifyTlogProof } from "@demarc/audit";
import {
  type AuditKey,
  findEntry,
  loadOrCreateKey,
  openLog,
  openReader,
  proveEntry,
  verifyLog,
} from "@demarc/audit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisionSample } from "./samples.ts";

const origin = "log.example/verify";
let root = "";
let directory = "";
let key: AuditKey;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-verify-"));
  directory = join(root, "log");
  key = await loadOrCreateKey(join(root, "key"), origin);
  const log = await openLog({ dir: directory, origin, signer: key, checkpointIntervalMs: 0 });
  const entries = Array.from({ length: 700 }, (_, at) => {
    const entry = encodeEntry({ ...decisionSample, id: `d-${at}` });
    if (!entry.ok) throw new Error(entry.issue.message);
    return entry.value;
  });
  await log.appendAll(entries.slice(0, 100));
  await log.checkpoint();
  await log.appendAll(entries.slice(100, 300));
  await log.checkpoint();
  await log.appendAll(entries.slice(300));
  await log.close();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const verify = () => verifyLog(directory, { verifierKey: key.verifierKey });

describe("verifyLog", () => {
  it("accepts a whole log and tells how far it is", async () => {
    const steps: number[] = [];
    const options = { verifierKey: key.verifierKey, onProgress: (done: number) => steps.push(done) };
    expect(await verifyLog(directory, options)).toMatchObject({
      ok: true,
      size: 700,
      checkedEntries: 700,
      findings: [],
    });
    expect(steps).toEqual([256, 512, 700]);
  });

  it("names the file of every single damage, and of every missing file", async () => {
    const files = (await readdir(directory, { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile())
      .map((file) => relative(directory, join(file.parentPath, file.name)))
      .filter((file) => file === "checkpoint" || file.startsWith("tile/"));
    const current = new Set(["checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"]);
    for (const name of ["000", "001", "002.p/188"]) current.add(`tile/entries/${name}`);
    expect(files).toEqual(expect.arrayContaining([...current]));
    for (const file of current) {
      const path = join(directory, file);
      const bytes = await readFile(path);
      for (const position of [0, 40, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[position] = (changed[position] as number) ^ 4;
        await writeFile(path, changed);
        const report = await verify();
        expect(report.ok).toBe(false);
        expect(
          report.findings.map((finding) => finding.file),
          `${file} byte ${position}`,
        ).toEqual([file]);
      }
      await rm(path);
      const report = await verify();
      expect(
        report.findings.map((finding) => finding.file),
        `${file} missing`,
      ).toEqual([file]);
      await writeFile(path, bytes);
    }
    expect((await verify()).ok).toBe(true);
  });

  it("refuses a checkpoint by another key, and a text that is no key", async () => {
    const other = await loadOrCreateKey(join(root, "other"), origin);
    const report = await verifyLog(directory, { verifierKey: other.verifierKey });
    expect(report).toMatchObject({ ok: false, findings: [{ code: "audit/checkpoint" }] });
    await expect(verifyLog(directory, { verifierKey: "x" })).rejects.toMatchObject({
      code: "audit/key-malformed",
    });
  });
});

describe("reading", () => {
  it("finds a decision by its reference and proves it offline", async () => {
    const reader = await openReader(directory);
    const found = await findEntry(reader, "d-123");
    expect(found?.index).toBe(123);
    expect(await findEntry(reader, "d-9999")).toBeNull();
    expect((await findEntry(reader, (_entry, index) => index < 10))?.index).toBe(9);
    const verifier = parseVerifierKey(key.verifierKey);
    if (!verifier.ok || found === null) throw new Error("nothing to verify");
    const proof = await proveEntry(reader, found.index);
    expect(await verifyTlogProof(proof, found.bytes, verifier.value)).toMatchObject({
      ok: true,
      value: { size: 700 },
    });
    expect((await verifyTlogProof(proof, await reader.entry(124), verifier.value)).ok).toBe(false);
    await expect(proveEntry(reader, 700)).rejects.toMatchObject({ code: "audit/entry-missing" });
  });

  it("still reads the tiles of sizes that were published before", async () => {
    const reader = await openReader(directory);
    for (const size of [100, 300, 700]) {
      for (const tile of tilesOf(size)) expect((await reader.tile(tile)).length).toBe(tile.width * 32);
      expect((await reader.bundle(0, size)).length).toBe(Math.min(size, 256));
    }
  });

  it("says so where there is no log", async () => {
    await expect(openReader(root)).rejects.toMatchObject({ code: "audit/not-a-log" });
  });
});

describe("loadOrCreateKey", () => {
  it("keeps the key private, and gives the same one again", async () => {
    const path = join(root, "key");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await loadOrCreateKey(path, origin)).verifierKey).toBe(key.verifierKey);
    expect(await readFile(`${path}.pub`, "utf8")).toBe(`${key.verifierKey}\n`);
    await expect(loadOrCreateKey(path, "other.example")).rejects.toMatchObject({
      code: "audit/origin-mismatch",
    });
    await chmod(path, 0o644);
    await expect(loadOrCreateKey(path, origin)).rejects.toMatchObject({ code: "audit/key-permissions" });
    await chmod(path, 0o600);
    await writeFile(join(root, "bad"), "PRIVATE+KEY+x+00000000+AAAA\n", { mode: 0o600 });
    await expect(loadOrCreateKey(join(root, "bad"), "x")).rejects.toMatchObject({
      code: "audit/key-malformed",
    });
    await expect(loadOrCreateKey(join(root, "n"), "a b")).rejects.toMatchObject({
      code: "audit/key-malformed",
    });
  });
});
