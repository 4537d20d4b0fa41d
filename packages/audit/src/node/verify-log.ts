import { resolve } from "node:path";
import { equalBytes, toHex } from "../bytes.ts";
import { verifyCheckpoint } from "../checkpoint.ts";
import { HASH_LENGTH, leafHash } from "../hash.ts";
import { parseVerifierKey } from "../key.ts";
import { mayPrune } from "../prune.ts";
import { bundlePath, levelLength, TILE_WIDTH, tileHashes, tilePath, tileWidth } from "../tile.ts";
import { foldRange, rangeNodes, treeRoot } from "../tree.ts";
import { AuditError } from "./audit-error.ts";
import { type LogReader, readerOf } from "./log-reader.ts";
import { nodeSha256 } from "./node-hash.ts";
import { readRetention } from "./prune-log.ts";

/**
 * One thing wrong with a log.
 *
 *   code     audit/checkpoint (missing, malformed, not signed by the key), audit/bundle (entries damaged or missing),
 *            audit/tile (hashes damaged or missing), audit/bundle-or-tile (they differ, and nothing tells which is
 *            right), audit/root (the tree is whole, but is not the signed one)
 *   file     path below the log's directory
 *   index    first entry concerned, where that is known
 */
export interface Finding {
  readonly code: "audit/checkpoint" | "audit/bundle" | "audit/tile" | "audit/bundle-or-tile" | "audit/root";
  readonly file: string;
  readonly index?: number | undefined;
  readonly message: string;
}

/** The result of `verifyLog`. `root` is the signed root in lower-case hex, empty when there is no valid checkpoint. */
export interface LogReport {
  readonly ok: boolean;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly checkedEntries: number;
  readonly findings: readonly Finding[];
}

/** How to verify a log: under which key, and whom to tell how far it is. */
export interface VerifyOptions {
  /** `name+hash+base64` (C2SP signed-note). */
  readonly verifierKey: string;
  readonly onProgress?: ((checkedEntries: number, size: number) => void) | undefined;
}

async function orFault<T>(read: Promise<T>): Promise<{ value: T | null; fault: string }> {
  try {
    return { value: await read, fault: "" };
  } catch (error) {
    if (error instanceof AuditError) return { value: null, fault: error.message };
    throw error;
  }
}

const rootOf = (tile: Uint8Array): Uint8Array => treeRoot(tileHashes(tile), nodeSha256);

function slotOf(tile: Uint8Array | null, index: number): Uint8Array | null {
  const offset = (index % TILE_WIDTH) * HASH_LENGTH;
  return tile === null || tile.length < offset + HASH_LENGTH
    ? null
    : tile.subarray(offset, offset + HASH_LENGTH);
}

class Verification {
  readonly findings: Finding[] = [];
  readonly #reader: LogReader;
  readonly #size: number;
  readonly #minimumIndex: number;
  /** Unfinished last tile of each level, by what was believed. */
  readonly #edges: Uint8Array[] = [];
  checked = 0;

  constructor(reader: LogReader, size: number, minimumIndex: number) {
    this.#reader = reader;
    this.#size = size;
    this.#minimumIndex = minimumIndex;
  }

  async #diskTile(level: number, index: number): Promise<{ value: Uint8Array | null; fault: string }> {
    return orFault(this.#reader.tile({ level, index, width: tileWidth(level, index, this.#size) }));
  }

  #believe(level: number, bytes: Uint8Array): Uint8Array | null {
    if (bytes.length === TILE_WIDTH * HASH_LENGTH) return rootOf(bytes);
    this.#edges[level] = bytes;
    return null;
  }

  /** Checks one bundle and its tile; gives the root of the tile where it is full. */
  async leaves(index: number, signedRoot: Uint8Array): Promise<Uint8Array | null> {
    const width = tileWidth(0, index, this.#size);
    const tileFile = tilePath({ level: 0, index, width });
    const bundleFile = bundlePath(index, width);
    const first = index * TILE_WIDTH;
    const [bundle, tile] = await Promise.all([
      orFault(this.#reader.bundle(index, this.#size)),
      this.#diskTile(0, index),
    ]);
    const own =
      bundle.value === null ? null : Buffer.concat(bundle.value.map((entry) => leafHash(entry, nodeSha256)));
    this.checked += bundle.value?.length ?? 0;
    // Pruned: the tile stands for the entries, and the signed root for the tile.
    const isPruned = bundle.value === null && mayPrune(bundleFile, this.#minimumIndex);
    if (own === null && !isPruned)
      this.findings.push({ code: "audit/bundle", file: bundleFile, index: first, message: bundle.fault });
    if (tile.value === null)
      this.findings.push({ code: "audit/tile", file: tileFile, index: first, message: tile.fault });
    if (own === null || tile.value === null) {
      const known = own ?? tile.value;
      return known === null ? null : this.#believe(0, known);
    }
    if (equalBytes(own, tile.value)) return this.#believe(0, own);

    const differing = own.findIndex((byte, at) => byte !== (tile.value as Uint8Array)[at]);
    const entry = first + Math.floor(differing / HASH_LENGTH);
    const right = await this.#judge(index, own, tile.value, signedRoot);
    const message = `entry ${entry} and its hash in the tile do not agree`;
    if (right === "entries")
      this.findings.push({ code: "audit/tile", file: tileFile, index: entry, message });
    else if (right === "tile")
      this.findings.push({ code: "audit/bundle", file: bundleFile, index: entry, message });
    else this.findings.push({ code: "audit/bundle-or-tile", file: tileFile, index: entry, message });
    return this.#believe(0, right === "tile" ? tile.value : own);
  }

  /** Which of two versions of a level-0 tile the rest of the tree speaks for. */
  async #judge(
    index: number,
    own: Uint8Array,
    disk: Uint8Array,
    signedRoot: Uint8Array,
  ): Promise<"entries" | "tile" | "unknown"> {
    if (own.length === TILE_WIDTH * HASH_LENGTH) {
      const above = await this.#diskTile(1, Math.floor(index / TILE_WIDTH));
      const expected = slotOf(above.value, index);
      if (expected === null) return "unknown";
      if (equalBytes(rootOf(own), expected)) return "entries";
      return equalBytes(rootOf(disk), expected) ? "tile" : "unknown";
    }
    // The unfinished last tile: the signed root decides, over the tiles above as they are on disk.
    const edges: Uint8Array[] = [];
    for (let level = 1; levelLength(level, this.#size) > 0; level += 1) {
      const above = await this.#diskTile(level, Math.floor(levelLength(level, this.#size) / TILE_WIDTH));
      edges[level] = above.value ?? new Uint8Array(0);
    }
    if (equalBytes(this.rootOver([own, ...edges.slice(1)]), signedRoot)) return "entries";
    return equalBytes(this.rootOver([disk, ...edges.slice(1)]), signedRoot) ? "tile" : "unknown";
  }

  /** Checks the tiles of one level against the roots of the full tiles below; gives the roots of its own full ones. */
  async level(level: number, hashes: readonly (Uint8Array | null)[]): Promise<(Uint8Array | null)[]> {
    const roots: (Uint8Array | null)[] = [];
    for (let first = 0; first < hashes.length; first += TILE_WIDTH) {
      const index = first / TILE_WIDTH;
      const part = hashes.slice(first, first + TILE_WIDTH);
      const file = tilePath({ level, index, width: part.length });
      const disk = await this.#diskTile(level, index);
      const own = Buffer.concat(
        part.map((hash, at) => hash ?? slotOf(disk.value, at) ?? new Uint8Array(HASH_LENGTH)),
      );
      if (disk.value === null) this.findings.push({ code: "audit/tile", file, message: disk.fault });
      else if (!equalBytes(own, disk.value)) {
        const at = Math.floor(
          own.findIndex((byte, at) => byte !== (disk.value as Uint8Array)[at]) / HASH_LENGTH,
        );
        const index = (first + at) * TILE_WIDTH ** level;
        this.findings.push({
          code: "audit/tile",
          file,
          index,
          message: `hash ${at} is not that of the tile below`,
        });
      }
      const root = this.#believe(level, own);
      if (root !== null) roots.push(root);
    }
    return roots;
  }

  root(): Uint8Array {
    return this.rootOver(this.#edges);
  }

  rootOver(edges: readonly (Uint8Array | undefined)[]): Uint8Array {
    const hashes = rangeNodes({ from: 0, to: this.#size }).map((node) => {
      const span = 2 ** (node.level % 8);
      const offset = ((node.index * span) % TILE_WIDTH) * HASH_LENGTH;
      const edge = edges[Math.floor(node.level / 8)] ?? new Uint8Array(0);
      return rootOf(edge.subarray(offset, offset + span * HASH_LENGTH));
    });
    return foldRange(hashes, nodeSha256);
  }
}

/**
 * Checks everything that a log has published: the checkpoint's signature, every entry against the tiles, every level
 * of tiles against the one below, the root against the signed one. Reads public files only; damage becomes findings.
 *
 * Errors: `audit/key-malformed` when the verifier key is none.
 */
export async function verifyLog(directory: string, options: VerifyOptions): Promise<LogReport> {
  const key = parseVerifierKey(options.verifierKey);
  if (!key.ok) throw new AuditError(key.issue.code, key.issue.message, { help: key.issue.help ?? "" });
  const reader = readerOf(resolve(directory));
  const origin = key.value.name;
  const read = await orFault(reader.checkpoint());
  const signed = read.value === null ? null : await verifyCheckpoint(read.value.text, key.value);
  if (signed === null || !signed.ok) {
    const message = signed === null ? read.fault : signed.issue.message;
    const findings: Finding[] = [{ code: "audit/checkpoint", file: "checkpoint", message }];
    return { ok: false, origin, size: 0, root: "", checkedEntries: 0, findings };
  }
  const { size, root } = signed.value.checkpoint;
  const verification = new Verification(reader, size, (await readRetention(reader.directory)).minimumIndex);
  let hashes: (Uint8Array | null)[] = [];
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const full = await verification.leaves(index, root);
    if (tileWidth(0, index, size) === TILE_WIDTH) hashes.push(full);
    options.onProgress?.(Math.min((index + 1) * TILE_WIDTH, size), size);
  }
  for (let level = 1; hashes.length > 0; level += 1) hashes = await verification.level(level, hashes);
  const { findings } = verification;
  if (findings.length === 0 && !equalBytes(verification.root(), root)) {
    findings.push({
      code: "audit/root",
      file: "checkpoint",
      message: "the tree does not have the root that was signed",
    });
  }
  return {
    ok: findings.length === 0,
    origin,
    size,
    root: toHex(root),
    checkedEntries: verification.checked,
    findings,
  };
}
