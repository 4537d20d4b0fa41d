import { equalBytes } from "../bytes.ts";
import type { Checkpoint } from "../checkpoint.ts";
import { decodeBundle } from "../entry-bundle.ts";
import { HASH_LENGTH } from "../hash.ts";
import { consistencyRanges, inclusionRanges } from "../proof.ts";
import { type AuditResult, refuse, succeed } from "../result.ts";
import { bundlePath, TILE_WIDTH, type Tile, tileHashes, tilePath, tileWidth } from "../tile.ts";
import { type LeafRange, rangeNodes, type TreeNode } from "../tree.ts";
import { leafHash, nodeHash, treeRoot } from "./web-hash.ts";
import { verifySignedCheckpoint } from "./web-key.ts";
import { verifyConsistency, verifyInclusion } from "./web-proof.ts";

/** Gets one file below the log's address, such as `tile/0/000`; null when there is none. */
export type FetchFile = (path: string) => Promise<Uint8Array | null>;

/** Files over HTTP: `base` is the address of the directory that holds `checkpoint`. Rejects when the server fails. */
export function httpFiles(base: string, get: typeof fetch = fetch): FetchFile {
  const root = base.endsWith("/") ? base : `${base}/`;
  return async (path) => {
    const response = await get(`${root}${path}`, path === "checkpoint" ? { cache: "no-store" } : {});
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw new Error(`${root}${path}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

/** A log of static files, verified in the page that looks at it. Everything given out was checked. */
export interface StaticLog {
  /** The newest checkpoint; its signature holds. Errors: those of `verifySignedCheckpoint`, `audit/entry-missing`. */
  readonly checkpoint: () => Promise<AuditResult<Checkpoint>>;
  /**
   * The bytes of the entry at `index`; they are in the tree of `checkpoint`.
   *
   * Errors: `audit/proof-range`, `audit/entry-missing` and `audit/log-corrupt` (the file is named), `audit/proof-invalid`.
   */
  readonly entry: (index: number, checkpoint: Checkpoint) => Promise<AuditResult<Uint8Array>>;
  /**
   * Checks that `newer` only adds to `older`; gives the number of entries added.
   *
   * Errors: as `entry`; `audit/log-forked` when it does not, or is smaller.
   */
  readonly extends: (older: Checkpoint, newer: Checkpoint) => Promise<AuditResult<number>>;
}

type Refusal = Extract<AuditResult<never>, { ok: false }>;

// Files are read below the pure results; this carries a refusal up to the method that was called.
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: string, message: string) {
    super(message);
    this.refusal = refuse(code, message) as Refusal;
  }
}

async function resultOf<T>(work: () => Promise<AuditResult<T>>): Promise<AuditResult<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

async function partialOrFull(files: FetchFile, partial: string, full: string): Promise<Uint8Array> {
  const bytes = (await files(partial)) ?? (partial === full ? null : await files(full));
  if (bytes === null) throw new Refused("audit/entry-missing", `${partial} is missing`);
  return bytes;
}

async function readTile(files: FetchFile, tile: Tile): Promise<Uint8Array> {
  const path = tilePath(tile);
  const bytes = await partialOrFull(files, path, tilePath({ ...tile, width: TILE_WIDTH }));
  const length = tile.width * HASH_LENGTH;
  if (bytes.length !== length && bytes.length !== TILE_WIDTH * HASH_LENGTH)
    throw new Refused("audit/log-corrupt", `${path} has ${bytes.length} bytes, not ${length}`);
  return bytes.subarray(0, length);
}

/** Hashes of ranges of the tree with `size` entries, each tile read once. */
async function rangeHashes(
  files: FetchFile,
  ranges: readonly LeafRange[],
  size: number,
): Promise<Uint8Array[]> {
  const tiles = new Map<string, Promise<Uint8Array>>();
  const hashOf = async (node: TreeNode): Promise<Uint8Array> => {
    const level = Math.floor(node.level / 8);
    const span = 2 ** (node.level % 8);
    const first = node.index * span;
    const index = Math.floor(first / TILE_WIDTH);
    const key = `${level}/${index}`;
    const tile = tiles.get(key) ?? readTile(files, { level, index, width: tileWidth(level, index, size) });
    tiles.set(key, tile);
    const offset = (first % TILE_WIDTH) * HASH_LENGTH;
    return treeRoot(tileHashes((await tile).subarray(offset, offset + span * HASH_LENGTH)));
  };
  return Promise.all(
    ranges.map(async (range) => {
      const hashes = await Promise.all(rangeNodes(range).map(hashOf));
      let running = hashes.pop() as Uint8Array;
      for (const left of hashes.toReversed()) running = await nodeHash(left, running);
      return running;
    }),
  );
}

async function readEntry(files: FetchFile, index: number, size: number): Promise<Uint8Array> {
  const bundle = Math.floor(index / TILE_WIDTH);
  const path = bundlePath(bundle, tileWidth(0, bundle, size));
  const entries = decodeBundle(await partialOrFull(files, path, bundlePath(bundle)));
  if (!entries.ok) throw new Refused("audit/log-corrupt", `${path}: ${entries.issue.message}`);
  const entry = entries.value[index % TILE_WIDTH];
  if (entry === undefined) throw new Refused("audit/log-corrupt", `${path} lacks entry ${index}`);
  return entry;
}

/** Opens a log of static files for verification; `verifierKey` is `name+hash+base64` (C2SP signed-note). */
export function openStaticLog(files: FetchFile, verifierKey: string): StaticLog {
  return {
    checkpoint: async () => {
      const bytes = await files("checkpoint");
      if (bytes === null) return refuse("audit/entry-missing", "checkpoint is missing");
      const signed = await verifySignedCheckpoint(new TextDecoder().decode(bytes), verifierKey);
      return signed.ok ? succeed(signed.value.checkpoint) : signed;
    },
    entry: (index, { size, root }) =>
      resultOf(async () => {
        if (!Number.isSafeInteger(index) || index < 0 || index >= size)
          return refuse("audit/proof-range", `no entry \`${index}\` in a log of ${size} entries`);
        const [entry, proof] = await Promise.all([
          readEntry(files, index, size),
          rangeHashes(files, inclusionRanges(index, 0, size), size),
        ]);
        return (await verifyInclusion({ index, size, root, leaf: await leafHash(entry) }, proof))
          ? succeed(entry)
          : refuse(
              "audit/proof-invalid",
              `the tiles do not show entry ${index} in the signed tree of ${size}`,
            );
      }),
    extends: (older, newer) =>
      resultOf(async () => {
        const forked = (what: string) => refuse("audit/log-forked", what);
        if (older.origin !== newer.origin) return forked(`\`${newer.origin}\` is not \`${older.origin}\``);
        if (newer.size < older.size)
          return forked(`the log shrank from ${older.size} to ${newer.size} entries`);
        if (older.size === 0) return succeed(newer.size);
        if (older.size === newer.size)
          return equalBytes(older.root, newer.root)
            ? succeed(0)
            : forked(`two roots were signed for ${older.size} entries`);
        const proof = await rangeHashes(
          files,
          consistencyRanges(older.size, 0, newer.size, true),
          newer.size,
        );
        const claim = { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root };
        return (await verifyConsistency(claim, proof))
          ? succeed(newer.size - older.size)
          : forked(`the tree of ${newer.size} entries does not start with the one of ${older.size} entries`);
      }),
  };
}
