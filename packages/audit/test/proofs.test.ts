import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  tileNodeReader,
  tilesOf,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "@demarc/audit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { naiveConsistency, naivePath, naiveRoot } from "./naive-tree.ts";
import vectors from "./vectors.json" with { type: "json" };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const entriesOf = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, at) => Buffer.from(`entry ${at}`));

/** A tile source over plain leaf hashes, so that proofs are made from tiles as a client would. */
function nodesOf(entries: readonly Uint8Array[]) {
  const leaves = entries.map((entry) => leafHash(entry));
  return tileNodeReader(entries.length, async ({ level, index, width }) => {
    const span = 256 ** level;
    const hashes = Array.from({ length: width }, (_, at) => {
      const first = (index * 256 + at) * span;
      return treeRoot(leaves.slice(first, first + span));
    });
    return Buffer.concat(hashes);
  });
}

async function value<T>(result: Promise<{ ok: true; value: T } | { ok: false }>): Promise<T> {
  const read = await result;
  if (!read.ok) throw new Error("no proof");
  return read.value;
}

describe("the tree", () => {
  it("has the roots that Certificate Transparency has", () => {
    const leaves = vectors.leaves.map((leaf) => Buffer.from(leaf, "hex"));
    expect(hex(emptyRoot())).toBe(vectors.emptyRoot);
    vectors.roots.forEach((root, at) => {
      const part = leaves.slice(0, at + 1);
      expect(hex(treeRoot(part.map((leaf) => leafHash(leaf))))).toBe(root);
      expect(hex(naiveRoot(part))).toBe(root);
    });
  });

  it("agrees with the naive tree on every proof of sizes 1 to 40", async () => {
    for (let size = 1; size <= 40; size += 1) {
      const entries = entriesOf(size);
      const read = nodesOf(entries);
      const root = naiveRoot(entries);
      for (let index = 0; index < size; index += 1) {
        const proof = await value(inclusionProof(index, size, read));
        expect(proof.map(hex)).toEqual(naivePath(index, entries).map(hex));
        const leaf = leafHash(entries.at(index) as Uint8Array);
        expect(verifyInclusion({ index, size, leaf, root }, proof)).toBe(true);
        expect(verifyInclusion({ index: (index + 1) % size, size, leaf, root }, proof)).toBe(size === 1);
      }
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const proof = await value(consistencyProof(oldSize, size, read));
        expect(proof.map(hex)).toEqual(naiveConsistency(oldSize, entries).map(hex));
        const oldRoot = naiveRoot(entries.slice(0, oldSize));
        expect(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root }, proof)).toBe(true);
      }
    }
  });

  it.each([255, 256, 257, 513, 65_537])(
    "proves entries and growth of a tree of %i entries over its tiles",
    async (size) => {
      const entries = entriesOf(size);
      const read = nodesOf(entries);
      const root = treeRoot(entries.map((entry) => leafHash(entry)));
      for (const index of [0, 1, 254, size - 1, Math.floor(size / 2)]) {
        const proof = await value(inclusionProof(index, size, read));
        expect(
          verifyInclusion({ index, size, leaf: leafHash(entries.at(index) as Uint8Array), root }, proof),
        ).toBe(true);
      }
      for (const oldSize of [1, 255, Math.floor(size / 2), size - 1, size]) {
        const proof = await value(consistencyProof(oldSize, size, read));
        const oldRoot = treeRoot(entries.slice(0, oldSize).map((entry) => leafHash(entry)));
        expect(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root }, proof)).toBe(true);
      }
    },
  );

  it("refuses every proof that was changed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 90 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, bit) => {
        const entries = entriesOf(size);
        const index = a % size;
        const proof = naivePath(index, entries);
        const claim = {
          index,
          size,
          leaf: leafHash(entries.at(index) as Uint8Array),
          root: naiveRoot(entries),
        };
        const changed = proof.map((hash) => Buffer.from(hash));
        const target = changed[b % changed.length] as Buffer;
        target[bit % 32] = (target[bit % 32] as number) ^ (1 << (bit % 8));
        expect(verifyInclusion(claim, changed)).toBe(false);
        expect(verifyInclusion(claim, proof.slice(1))).toBe(false);
        expect(verifyInclusion(claim, [...proof, claim.leaf])).toBe(false);
        const oldSize = 1 + (b % (size - 1));
        const oldRoot = naiveRoot(entries.slice(0, oldSize));
        const growth = naiveConsistency(oldSize, entries);
        const grown = { oldSize, oldRoot, newSize: size, newRoot: claim.root };
        expect(verifyConsistency(grown, growth)).toBe(true);
        expect(verifyConsistency(grown, growth.slice(1))).toBe(false);
        expect(verifyConsistency(grown, [...growth, oldRoot])).toBe(false);
        expect(verifyConsistency({ ...grown, oldRoot: claim.leaf.fill(1) }, growth)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("does not take an interior node for a leaf, nor a longer path for an older tree", () => {
    const entries = entriesOf(8);
    const size = 8;
    const root = naiveRoot(entries);
    const inner = naiveRoot(entries.slice(0, 2));
    const path = naivePath(0, entries);
    expect(verifyInclusion({ index: 0, size, leaf: inner, root }, path.slice(1))).toBe(false);
    expect(verifyInclusion({ index: 0, size, leaf: root, root }, [])).toBe(false);
    expect(
      verifyInclusion({ index: 0, size: 4, leaf: leafHash(entries.at(0) as Uint8Array), root }, path),
    ).toBe(false);
    const claim = { oldSize: 2, oldRoot: naiveRoot(entries.slice(0, 4)), newSize: size, newRoot: root };
    expect(verifyConsistency(claim, naiveConsistency(4, entries))).toBe(false);
  });

  it("names the tiles of 70,000 entries as tlog-tiles does", () => {
    const tiles = [...tilesOf(70_000)];
    const count = (level: number, full: boolean): number =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length;
    expect([count(0, true), count(0, false), count(1, true), count(1, false), count(2, false)]).toEqual([
      273, 1, 1, 1, 1,
    ]);
    expect(tiles.filter((tile) => tile.width < 256).map((tile) => tile.width)).toEqual([112, 17, 1]);
    expect([...tilesOf(256)]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });
});
