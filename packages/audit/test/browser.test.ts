import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { leafHash, verifyConsistency, verifyInclusion } from "@demarc/audit";
import * as web from "@demarc/audit/browser";
import { type AuditLog, loadOrCreateKey, openLog, openReader, proveEntry } from "@demarc/audit/node";
import * as fc from "fast-check";
import { build, type Options } from "tsup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import browserBundle from "../tsup.browser.config.ts";
import { naiveConsistency, naivePath, naiveRoot } from "./naive-tree.ts";

const LIMIT = 15 * 1024;
const origin = "log.example/browser";
const entryOf = (value: number | string): Uint8Array => new TextEncoder().encode(`entry ${value}`);
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-browser-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("the bundle", () => {
  it("is one file without imports, below 15 KB of gzip, and brings no hash of its own", async () => {
    const outDir = join(root, "bundle");
    await build({
      ...(browserBundle as Options),
      config: false,
      entry: { index: join(import.meta.dirname, "../src/browser/index.ts") },
      outDir,
      silent: true,
      sourcemap: false,
    } satisfies Options);
    expect(await readdir(outDir)).toEqual(["index.js"]);
    const text = await readFile(join(outDir, "index.js"), "utf8");
    expect(gzipSync(text).length).toBeLessThan(LIMIT);
    expect(text).not.toMatch(/^\s*import\b|\brequire\(|node:/m);
    // First round constant of SHA-256, in decimal and hex: only WebCrypto hashes here.
    expect(text).not.toMatch(/1116352408|428a2f98/i);
    const served = (await import(join(outDir, "index.js"))) as typeof web;
    expect(Object.keys(served).sort()).toEqual(Object.keys(web).sort());
  });
});

describe("proofs", () => {
  const entries = Array.from({ length: 70 }, (_, at) => entryOf(at));
  const leaves = entries.map((entry) => leafHash(entry));

  it("says what the synchronous verifier says, for every proof of small trees and for damaged ones", async () => {
    const damage = fc.constantFrom("none", "flip", "drop", "double", "swap", "shift");
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        damage,
        fc.nat(),
        async (size, seed, how, at) => {
          const tree = entries.slice(0, size);
          const treeRoot = naiveRoot(tree);
          const index = seed % size;
          const proof = damaged(naivePath(index, tree), how, at);
          const claim = { index, size, leaf: leaves[index] as Uint8Array, root: treeRoot };
          const expected = verifyInclusion(claim, proof);
          expect(await web.verifyInclusion(claim, proof)).toBe(expected);
          if (how === "none") expect(expected).toBe(true);

          const oldSize = 1 + (seed % size);
          const path = damaged(naiveConsistency(oldSize, tree), how, at);
          const claims = {
            oldSize,
            oldRoot: naiveRoot(entries.slice(0, oldSize)),
            newSize: size,
            newRoot: treeRoot,
          };
          const said = verifyConsistency(claims, path);
          expect(await web.verifyConsistency(claims, path)).toBe(said);
          if (how === "none") expect(said).toBe(true);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("refuses what is no position, no size and no hash", async () => {
    const leaf = leaves[0] as Uint8Array;
    for (const [index, size] of [
      [1, 1],
      [-1, 1],
      [0.5, 2],
      [0, Number.POSITIVE_INFINITY],
    ] as const)
      expect(await web.verifyInclusion({ index, size, leaf, root: leaf }, [])).toBe(false);
    expect(
      await web.verifyInclusion({ index: 0, size: 1, leaf: leaf.subarray(1), root: leaf.subarray(1) }, []),
    ).toBe(false);
    const claim = { oldSize: 0, oldRoot: leaf, newSize: 1, newRoot: leaf };
    expect(await web.verifyConsistency(claim, [])).toBe(false);
  });
});

function damaged(proof: readonly Uint8Array[], how: string, at: number): readonly Uint8Array[] {
  if (proof.length === 0) return how === "none" ? [] : [new Uint8Array(32)];
  const position = at % proof.length;
  switch (how) {
    case "flip":
      return proof.map((hash, each) =>
        each === position ? hash.map((byte, bit) => (bit === at % 32 ? byte ^ 1 : byte)) : hash,
      );
    case "drop":
      return proof.toSpliced(position, 1);
    case "double":
      return proof.toSpliced(position, 0, proof[position] as Uint8Array);
    case "swap":
      return proof.toReversed();
    case "shift":
      return [...proof.slice(1), proof[0] as Uint8Array];
    default:
      return proof;
  }
}

describe("openStaticLog", () => {
  let log: AuditLog;
  let verifierKey = "";
  const olds = new Map<number, string>();
  const files =
    (directory: string): web.FetchFile =>
    (path) =>
      readFile(join(directory, path)).then(
        (bytes) => new Uint8Array(bytes),
        () => null,
      );
  const checkpointAt = async (size: number) => {
    const read = web.openStaticLog(async () => new TextEncoder().encode(olds.get(size) ?? ""), verifierKey);
    const checkpoint = await read.checkpoint();
    if (!checkpoint.ok) throw new Error(checkpoint.issue.message);
    return checkpoint.value;
  };

  const sizes = [1, 2, 255, 256, 257, 511, 700];
  beforeAll(async () => {
    const key = await loadOrCreateKey(join(root, "key"), origin);
    ({ verifierKey } = key);
    log = await openLog({ dir: join(root, "log"), origin, signer: key, checkpointIntervalMs: 0 });
    for (const size of sizes) {
      while (log.size < size) await log.append(entryOf(log.size));
      await log.checkpoint();
      olds.set(size, await readFile(join(root, "log", "checkpoint"), "utf8"));
    }
    await log.close();
  });

  it("reads entries and proves them, and proves each size from each smaller one", async () => {
    const read = web.openStaticLog(files(join(root, "log")), verifierKey);
    const newest = await read.checkpoint();
    if (!newest.ok) throw new Error(newest.issue.message);
    expect(newest.value.size).toBe(700);
    for (const index of [0, 1, 254, 255, 256, 511, 512, 699]) {
      const entry = await read.entry(index, newest.value);
      expect(entry.ok && new TextDecoder().decode(entry.value)).toBe(`entry ${index}`);
    }
    for (const older of sizes)
      for (const newer of sizes.filter((size) => size >= older))
        expect(await read.extends(await checkpointAt(older), await checkpointAt(newer))).toEqual({
          ok: true,
          value: newer - older,
        });
    expect(await read.entry(700, newest.value)).toMatchObject({ issue: { code: "audit/proof-range" } });
    expect(await read.extends(newest.value, await checkpointAt(2))).toMatchObject({
      issue: { code: "audit/log-forked" },
    });
  });

  it("takes the proof files of the log", async () => {
    const reader = await openReader(join(root, "log"));
    const proof = await proveEntry(reader, 300);
    const proven = await web.verifyTlogProof(proof, entryOf(300), verifierKey);
    expect(proven.ok && proven.value.size).toBe(700);
    expect(await web.verifyTlogProof(proof, entryOf(301), verifierKey)).toMatchObject({
      issue: { code: "audit/proof-invalid" },
    });
  });

  it("refuses another key, a forked history, a changed tile and a missing file, and names it", async () => {
    const other = await loadOrCreateKey(join(root, "other"), origin);
    expect(await web.openStaticLog(files(join(root, "log")), other.verifierKey).checkpoint()).toMatchObject({
      issue: { code: "audit/note-unsigned" },
    });
    expect(await web.parseVerifierKey(verifierKey.replace("log", "lag"))).toMatchObject({
      issue: { code: "audit/key-malformed" },
    });

    const key = await loadOrCreateKey(join(root, "key"), origin);
    const fork = await openLog({ dir: join(root, "fork"), origin, signer: key, checkpointIntervalMs: 0 });
    await fork.appendAll(Array.from({ length: 700 }, (_, at) => entryOf(at === 3 ? "x" : at)));
    await fork.close();
    const forked = web.openStaticLog(files(join(root, "fork")), verifierKey);
    const newest = await forked.checkpoint();
    if (!newest.ok) throw new Error(newest.issue.message);
    for (const size of [255, 256, 700])
      expect(await forked.extends(await checkpointAt(size), newest.value)).toMatchObject({
        issue: { code: "audit/log-forked" },
      });
    expect(await forked.extends(await checkpointAt(2), newest.value)).toEqual({ ok: true, value: 698 });

    const tile = join(root, "fork", "tile/0/001");
    const bytes = await readFile(tile);
    bytes[40] = (bytes[40] as number) ^ 1;
    await writeFile(tile, bytes);
    expect(await forked.entry(300, newest.value)).toMatchObject({ issue: { code: "audit/proof-invalid" } });
    await rm(tile);
    expect(await forked.entry(300, newest.value)).toMatchObject({
      issue: { code: "audit/entry-missing", message: "tile/0/001 is missing" },
    });
  });
});
