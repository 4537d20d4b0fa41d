import { HASH_LENGTH } from "../hash.ts";
import { bundlePath, levelLength, TILE_WIDTH, tilePath, tileWidth } from "../tile.ts";
import { foldRange, rangeNodes, treeRoot } from "../tree.ts";
import { hashInto, nodeSha256 } from "./node-hash.ts";

const TILE_LENGTH = TILE_WIDTH * HASH_LENGTH;

/** A file of the public tree, to be written below the log's directory. */
export interface TreeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The right edge of a tree: the unfinished tile of each level and the unfinished bundle. Entries go in, finished
 * tiles and bundles come out.
 */
export class TileBuilder {
  #size = 0;
  #tiles: Buffer[] = [];
  #entries: Uint8Array[] = [];
  #finished: TreeFile[] = [];
  readonly #leaf = Buffer.allocUnsafe(1 + 65_535);
  readonly #node = Buffer.allocUnsafe(1 + 2 * HASH_LENGTH);

  constructor() {
    this.#leaf[0] = 0;
    this.#node[0] = 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Starts from the right edge of a tree that is on disk: its unfinished tiles and bundle. */
  restore(size: number, tiles: readonly Uint8Array[], entries: readonly Uint8Array[]): void {
    this.#size = size;
    this.#entries = [...entries];
    this.#tiles = tiles.map((tile) => {
      const buffer = Buffer.allocUnsafe(TILE_LENGTH);
      buffer.set(tile);
      return buffer;
    });
  }

  /** Adds one entry at the end. */
  add(entry: Uint8Array): void {
    this.#leaf.set(entry, 1);
    const tile = this.#tile(0);
    const width = this.#size % TILE_WIDTH;
    hashInto(this.#leaf.subarray(0, 1 + entry.length), tile, width * HASH_LENGTH);
    this.#entries.push(entry);
    this.#size += 1;
    if (width === TILE_WIDTH - 1) this.#finish();
  }

  #tile(level: number): Buffer {
    const tile = this.#tiles[level] ?? Buffer.allocUnsafe(TILE_LENGTH);
    this.#tiles[level] = tile;
    return tile;
  }

  #finish(): void {
    const bundle = this.#size / TILE_WIDTH - 1;
    this.#finished.push({ path: bundlePath(bundle), bytes: bundleBytes(this.#entries) });
    this.#entries = [];
    for (let level = 0; ; level += 1) {
      const length = levelLength(level, this.#size);
      const bytes = this.#tile(level);
      this.#finished.push({
        path: tilePath({ level, index: length / TILE_WIDTH - 1, width: TILE_WIDTH }),
        bytes,
      });
      this.#tiles[level] = Buffer.allocUnsafe(TILE_LENGTH);
      const above = this.#tile(level + 1);
      const position = (length / TILE_WIDTH - 1) % TILE_WIDTH;
      this.#tileRoot(bytes, above, position * HASH_LENGTH);
      if (position !== TILE_WIDTH - 1) return;
    }
  }

  #tileRoot(tile: Buffer, target: Buffer, offset: number): void {
    const row = Buffer.from(tile);
    for (let width = TILE_WIDTH; width > 1; width /= 2) {
      for (let at = 0; at < width / 2; at += 1) {
        row.copy(this.#node, 1, at * 2 * HASH_LENGTH, (at + 1) * 2 * HASH_LENGTH);
        hashInto(this.#node, row, at * HASH_LENGTH);
      }
    }
    row.copy(target, offset, 0, HASH_LENGTH);
  }

  /** Tiles and bundles finished since the last call. */
  takeFinished(): TreeFile[] {
    const files = this.#finished;
    this.#finished = [];
    return files;
  }

  /** The partial tiles and the partial bundle of the tree at its present size. */
  partialFiles(): TreeFile[] {
    const files: TreeFile[] = [];
    for (let level = 0; levelLength(level, this.#size) > 0; level += 1) {
      const width = levelLength(level, this.#size) % TILE_WIDTH;
      if (width === 0) continue;
      const index = Math.floor(levelLength(level, this.#size) / TILE_WIDTH);
      const bytes = Buffer.from(this.#tile(level).subarray(0, width * HASH_LENGTH));
      files.push({ path: tilePath({ level, index, width }), bytes });
    }
    if (this.#entries.length > 0) {
      const index = Math.floor(this.#size / TILE_WIDTH);
      files.push({
        path: bundlePath(index, tileWidth(0, index, this.#size)),
        bytes: bundleBytes(this.#entries),
      });
    }
    return files;
  }

  /** Root hash of the tree at its present size. */
  root(): Uint8Array {
    const hashes = rangeNodes({ from: 0, to: this.#size }).map((node) => {
      const level = Math.floor(node.level / 8);
      const span = 2 ** (node.level % 8);
      const offset = (node.index * span) % TILE_WIDTH;
      const tile = this.#tile(level);
      const parts = Array.from({ length: span }, (_, at) =>
        tile.subarray((offset + at) * HASH_LENGTH, (offset + at + 1) * HASH_LENGTH),
      );
      return treeRoot(parts, nodeSha256);
    });
    return new Uint8Array(foldRange(hashes, nodeSha256));
  }
}

function bundleBytes(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(entries.reduce((length, entry) => length + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    bytes.writeUInt16BE(entry.length, at);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}
