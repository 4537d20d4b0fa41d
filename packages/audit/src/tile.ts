import { HASH_LENGTH, type Hash, sha256 } from "./hash.ts";
import { type NodeReader, type TreeNode, treeRoot } from "./tree.ts";

/** Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** Highest tile level that tlog-tiles allows. */
export const MAX_TILE_LEVEL = 63;

/**
 * One tile: level 0 holds leaf hashes, level l the hashes of full tiles of level l - 1. `width` is 256, or 1 to
 * 255 for a partial tile.
 */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Where a file of the log belongs: a tile, or the entry bundle with the same index and width. */
export type TilePath =
  | ({ readonly kind: "tile" } & Tile)
  | ({ readonly kind: "entries" } & Omit<Tile, "level">);

function indexPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/.../g) as string[];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/");
}

const widthSuffix = (width: number): string => (width === TILE_WIDTH ? "" : `.p/${width}`);

/** Path of a tile below the log's directory: `tile/0/x001/x234/067.p/12`. */
export function tilePath(tile: Tile): string {
  return `tile/${tile.level}/${indexPath(tile.index)}${widthSuffix(tile.width)}`;
}

/** Path of an entry bundle below the log's directory: `tile/entries/x001/x234/067`. */
export function bundlePath(index: number, width: number = TILE_WIDTH): string {
  return `tile/entries/${indexPath(index)}${widthSuffix(width)}`;
}

/** What a path names, or null when it is not the canonical path of a tile or bundle. */
export function parseTilePath(path: string): TilePath | null {
  const form = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
    path,
  );
  if (form === null) return null;
  const [, kind = "", digits = "", partial] = form;
  const index = Number(digits.replaceAll(/[x/]/g, ""));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (!Number.isSafeInteger(index) || (partial !== undefined && width >= TILE_WIDTH)) return null;
  const read: TilePath =
    kind === "entries"
      ? { kind: "entries", index, width }
      : { kind: "tile", level: Number(kind), index, width };
  if (read.kind === "tile" && read.level > MAX_TILE_LEVEL) return null;
  const written = read.kind === "tile" ? tilePath(read) : bundlePath(index, width);
  return written === path ? read : null;
}

/** Hashes that level `level` has in a tree of `size` entries: floor(size / 256^level). */
export function levelLength(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Width of a tile in a tree of `size` entries; 0 where the tree has no such tile. */
export function tileWidth(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, levelLength(level, size) - index * TILE_WIDTH));
}

/**
 * Every tile of a tree of `size` entries.
 *
 * @yields the tiles level by level, from left to right
 */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = 0; levelLength(level, size) > 0; level += 1) {
    const count = Math.ceil(levelLength(level, size) / TILE_WIDTH);
    for (let index = 0; index < count; index += 1)
      yield { level, index, width: tileWidth(level, index, size) };
  }
}

/** The hashes in a tile's bytes, as views. */
export function tileHashes(bytes: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at + HASH_LENGTH <= bytes.length; at += HASH_LENGTH) {
    hashes.push(bytes.subarray(at, at + HASH_LENGTH));
  }
  return hashes;
}

/** Where the hash of a node is found: in one tile, as the root over `span` hashes from `offset` on. */
function locate(node: TreeNode): { level: number; index: number; offset: number; span: number } {
  const level = Math.floor(node.level / 8);
  const span = 2 ** (node.level % 8);
  const first = node.index * span;
  return { level, index: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, span };
}

/**
 * A reader of node hashes over the tiles of a tree of `size` entries. Each tile is asked for once per call.
 * `readTile` gives exactly `width * 32` bytes or rejects.
 */
export function tileNodeReader(
  size: number,
  readTile: (tile: Tile) => Promise<Uint8Array>,
  hash: Hash = sha256,
): NodeReader {
  return async (nodes) => {
    const places = nodes.map(locate);
    const tiles = new Map<string, Promise<Uint8Array>>();
    for (const { level, index } of places) {
      const key = `${level}/${index}`;
      if (!tiles.has(key)) tiles.set(key, readTile({ level, index, width: tileWidth(level, index, size) }));
    }
    await Promise.all(tiles.values());
    return Promise.all(
      places.map(async ({ level, index, offset, span }) => {
        const bytes = (await tiles.get(`${level}/${index}`)) as Uint8Array;
        return treeRoot(
          tileHashes(bytes.subarray(offset * HASH_LENGTH, (offset + span) * HASH_LENGTH)),
          hash,
        );
      }),
    );
  };
}
