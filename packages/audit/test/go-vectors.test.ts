// The same bytes and verdicts as Go's sumdb packages, an independent implementation; see `why` in the vectors.
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  bundlePath,
  consistencyProof,
  cosignNote,
  formatCosignerKey,
  formatNote,
  formatSignerKey,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  parseCosignerKey,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signNote,
  tilePath,
  tilesOf,
  tileWidth,
  verifierKeyOf,
  verifyConsistency,
  verifyCosignatures,
  verifyInclusion,
  verifyNote,
} from "@demarc/audit";
import { loadOrCreateKey, openLog, openReader } from "@demarc/audit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import vectors from "./vectors/notes.json" with { type: "json" };
import treeVectors from "./vectors/trees.json" with { type: "json" };

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-go-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
const must = <T>(result: { ok: true; value: T } | { ok: false; issue: { message: string } }): T => {
  if (!result.ok) throw new Error(result.issue.message);
  return result.value;
};

describe("trees", () => {
  it("has the bytes of every tile and bundle, and the proofs, at each size on the way to 70,000", async () => {
    const signer = await loadOrCreateKey(join(root, "key"), "log.example");
    const dir = join(root, "log");
    const log = await openLog({ dir, origin: "log.example", signer, checkpointIntervalMs: 0 });
    for (const vector of treeVectors.trees) {
      const { size } = vector;
      const more = Array.from({ length: size - log.size }, (_, at) => Buffer.from(`entry ${log.size + at}`));
      await log.appendAll(more);
      const { root: signed } = await log.checkpoint();
      expect(Buffer.from(signed).toString("base64"), `${size}`).toBe(vector.root);
      const lines: string[] = [];
      const add = async (path: string) => {
        const bytes = await readFile(join(dir, path));
        lines.push(`${path} ${createHash("sha256").update(bytes).digest("hex")}`);
      };
      for (const tile of tilesOf(size)) {
        await add(tilePath(tile));
        if (tile.level === 0) await add(bundlePath(tile.index, tileWidth(0, tile.index, size)));
      }
      expect(lines.length).toBe(vector.count);
      const all = `${lines.toSorted((a, b) => (a < b ? -1 : 1)).join("\n")}\n`;
      expect(createHash("sha256").update(all).digest("hex"), `${size}`).toBe(vector.files);
      const nodes = (await openReader(dir)).nodes(size);
      for (const { index, path } of vector.inclusion) {
        const proof = must(await inclusionProof(index, size, nodes));
        expect(proof.map((hash) => Buffer.from(hash).toString("base64"))).toEqual(path);
        const claim = { index, size, root: signed, leaf: leafHash(Buffer.from(`entry ${index}`)) };
        expect(verifyInclusion(claim, path.map(fromBase64))).toBe(true);
      }
      for (const { oldSize, oldRoot, path } of vector.consistency) {
        const proof = must(await consistencyProof(oldSize, size, nodes));
        expect(proof.map((hash) => Buffer.from(hash).toString("base64"))).toEqual(path);
        const claim = { oldSize, oldRoot: fromBase64(oldRoot), newSize: size, newRoot: signed };
        expect(verifyConsistency(claim, path.map(fromBase64))).toBe(true);
      }
    }
    await log.close();
    // Nothing else is public: tiles, bundles, the checkpoint, and partials of the sizes that were published.
    const files = (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile())
      .map((file) => relative(dir, join(file.parentPath, file.name)));
    expect(files.filter((file) => !/^(tile\/|state\/|checkpoint$)/.test(file))).toEqual([]);
  }, 60_000);
});

describe("notes", () => {
  const key = must(parseVerifierKey(vectors.verifierKey));

  it.each(vectors.notes.map((vector) => [vector.why, vector] as const))("%s", async (_why, vector) => {
    const parsed = parseNote(vector.note);
    const verified = parsed.ok ? await verifyNote(parsed.value, [key]) : parsed;
    expect(verified.ok).toBe(vector.ok);
    if (parsed.ok && vector.ok) expect(parsed.value.text).toBe(vector.text);
  });

  it("writes the same keys and the same signed note", async () => {
    const seed = new Uint8Array(Buffer.from(vectors.signerSeed, "hex"));
    const mine = await verifierKeyOf("log.example/a", seed);
    expect(formatVerifierKey(mine)).toBe(vectors.verifierKey);
    expect(formatSignerKey({ name: mine.name, keyId: mine.keyId, seed })).toBe(vectors.signerKey);
    const signer = must(parseSignerKey(vectors.signerKey));
    const signed = formatNote({ text: "hello\n", signatures: [await signNote("hello\n", signer)] });
    expect(signed).toBe(vectors.notes[0]?.note);
  });
});

describe("cosignatures", () => {
  it("verifies and makes the same Ed25519 cosignature", async () => {
    const { verifierKey, seed, timestamp, checkpoint } = vectors.cosignature;
    const key = must(parseCosignerKey(verifierKey));
    expect(formatCosignerKey(key)).toBe(verifierKey);
    const note = must(parseNote(checkpoint));
    expect(await verifyCosignatures(note, [key])).toEqual({ ok: true, value: [{ key, timestamp }] });
    const signature = await cosignNote(
      note.text,
      { ...key, seed: new Uint8Array(Buffer.from(seed, "hex")) },
      timestamp,
    );
    expect(formatNote({ ...note, signatures: [...note.signatures.slice(0, 1), signature] })).toBe(checkpoint);
  });
});
