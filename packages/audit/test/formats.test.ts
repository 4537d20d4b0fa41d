import {
  bundlePath,
  decodeBundle,
  encodeBundle,
  formatCheckpoint,
  formatNote,
  formatTlogProof,
  formatVerifierKey,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseSignedCheckpoint,
  parseTilePath,
  parseTlogProof,
  parseVerifierKey,
  signNote,
  tilePath,
  treeRoot,
  verifierKeyOf,
  verifyNote,
  verifyTlogProof,
} from "@demarc/audit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "./vectors.json" with { type: "json" };

const origin = "log.example/a";
const seed = new Uint8Array(32).fill(7);
const root = Buffer.alloc(32, 3).toString("base64");
const good = `${origin}\n5\n${root}\n`;

async function signedProof() {
  const entries = ["a", "b"].map((text) => Buffer.from(text));
  const leaves = entries.map((entry) => leafHash(entry));
  const verifier = await verifierKeyOf(origin, seed);
  const text = formatCheckpoint({ origin, size: 2, root: treeRoot(leaves), extensions: [] });
  const signature = await signNote(text, { name: origin, keyId: verifier.keyId, seed });
  const checkpoint = formatNote({ text, signatures: [signature] });
  return {
    verifier,
    entries,
    text: formatTlogProof({ index: 0, path: [leaves.at(1) as Uint8Array], checkpoint }),
  };
}

describe("notes", () => {
  it("verifies the example of the specification, and not a changed one", async () => {
    const key = parseVerifierKey(vectors.note.verifierKey);
    const note = parseNote(vectors.note.text);
    if (!key.ok || !note.ok) throw new Error("the vector was refused");
    expect(formatVerifierKey(key.value)).toBe(vectors.note.verifierKey);
    expect((await verifyNote(note.value, [key.value])).ok).toBe(true);
    const changed = { ...note.value, text: note.value.text.replace("an example", "another") };
    expect(await verifyNote(changed, [key.value])).toMatchObject({ issue: { code: "audit/note-signature" } });
    const other = await verifierKeyOf("example.com/foo", seed);
    expect(await verifyNote(note.value, [other])).toMatchObject({ issue: { code: "audit/note-unsigned" } });
  });

  it("refuses a key whose id is another key's", () => {
    const text = vectors.note.verifierKey.replace("530d903a", "530d903b");
    expect(parseVerifierKey(text)).toMatchObject({ ok: false, issue: { code: "audit/key-malformed" } });
  });
});

describe("checkpoints", () => {
  it.each([
    ["no final newline", good.slice(0, -1)],
    ["empty origin", good.replace(origin, "")],
    ["leading zero", good.replace("\n5\n", "\n05\n")],
    ["plus sign", good.replace("\n5\n", "\n+5\n")],
    ["2^53", good.replace("\n5\n", "\n9007199254740992\n")],
    ["exponent", good.replace("\n5\n", "\n1e3\n")],
    ["unused base64 bits", good.replace("M=\n", "N=\n")],
    ["short root", good.replace(root, "AAAA")],
    ["carriage return", good.replace("\n5", "\r\n5")],
    ["empty extension", `${good}\n`],
    ["two lines", `${origin}\n5\n`],
  ])("refuses %s", (_why, text) => {
    expect(text).not.toBe(good);
    expect(parseCheckpoint(text).ok).toBe(false);
  });

  it("accepts the good one, the largest size and extension lines", () => {
    expect(parseCheckpoint(good)).toMatchObject({ ok: true, value: { origin, size: 5 } });
    expect(parseCheckpoint(good.replace("\n5\n", "\n9007199254740991\n")).ok).toBe(true);
    expect(parseCheckpoint(`${good}more\n`)).toMatchObject({ ok: true, value: { extensions: ["more"] } });
  });
});

describe("tile paths", () => {
  it("writes the example of tlog-tiles", () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
    expect(bundlePath(0, 5)).toBe("tile/entries/000.p/5");
  });

  it("reads back every path and nothing else", () => {
    const index = fc.oneof(fc.nat(3000), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.nat(63), index, fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        expect(parseTilePath(tilePath({ level, index, width }))).toEqual({
          kind: "tile",
          level,
          index,
          width,
        });
        expect(parseTilePath(bundlePath(index, width))).toEqual({ kind: "entries", index, width });
      }),
    );
    for (const path of [
      "tile/00/000",
      "tile/64/000",
      "tile/0/x000/001",
      "tile/0/000.p/0",
      "tile/0/000.p/256",
      "tile/0/1",
      "tile/0/000/",
    ]) {
      expect(parseTilePath(path), path).toBeNull();
    }
  });
});

describe("parsers under fuzz", () => {
  it("reads back bundles, and never throws on other bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
        const bundle = encodeBundle(entries);
        if (!bundle.ok) throw new Error(bundle.issue.message);
        const read = decodeBundle(bundle.value);
        expect(read.ok && read.value.map((entry) => Buffer.from(entry))).toEqual(
          entries.map((entry) => Buffer.from(entry)),
        );
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const read = decodeBundle(bytes);
        if (!read.ok) return;
        const again = encodeBundle(read.value);
        expect(again.ok && Buffer.compare(again.value, bytes)).toBe(0);
      }),
    );
  });

  it("accepts a changed text only where it writes the same text again, and never a changed proof", async () => {
    const { text, entries, verifier } = await signedProof();
    expect((await verifyTlogProof(text, entries.at(0) as Uint8Array, verifier)).ok).toBe(true);
    expect((await verifyTlogProof(text, entries.at(1) as Uint8Array, verifier)).ok).toBe(false);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.string({ unit: "binary", maxLength: 3 }),
        fc.nat(3),
        async (at, insert, cut) => {
          const changed = text.slice(0, at) + insert + text.slice(at + cut);
          const proof = parseTlogProof(changed);
          if (proof.ok) expect(formatTlogProof(proof.value)).toBe(changed);
          const note = parseNote(changed);
          if (note.ok) expect(formatNote(note.value)).toBe(changed);
          const checkpoint = parseSignedCheckpoint(changed);
          if (checkpoint.ok) expect(formatNote(checkpoint.value.note)).toBe(changed);
          if (changed !== text)
            expect((await verifyTlogProof(changed, entries.at(0) as Uint8Array, verifier)).ok).toBe(false);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
