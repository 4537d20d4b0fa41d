import { HASH_LENGTH } from "../hash.ts";
import { bundlePath, levelLength, TILE_WIDTH, tilePath, tileWidth } from "../tile.ts";
import { foldRange, rangeNodes, treeRoot } from "../tree.ts";
import { hashLeafInto, nodeSha256, tileRoot } from "./node-hash.ts";

/** Room for a bundle of entries of ordinary length; it grows to what is needed. */
const BUNDLE_BYTES = 128 * 1024;
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
  /** The unfinished bundle, as it will be written. */
  #bundle = Buffer.allocUnsafe(BUNDLE_BYTES);
  #bundleLength = 0;
  #finished: TreeFile[] = [];

  get size(): number {
    return this.#size;
  }

  /** Starts from the right edge of a tree that is on disk: its unfinished tiles and bundle. */
  restore(size: number, tiles: readonly Uint8Array[], entries: readonly Uint8Array[]): void {
    this.#size = size;
    this.#bundleLength = 0;
    for (const entry of entries) this.#bundleEntry(entry);
    this.#tiles = tiles.map((tile) => {
      const buffer = Buffer.allocUnsafe(TILE_LENGTH);
      buffer.set(tile);
      return buffer;
    });
  }

  /** Adds one entry at the end. */
  add(entry: Uint8Array): void {
    const tile = this.#tile(0);
    const width = this.#size % TILE_WIDTH;
    this.#bundleEntry(entry);
    hashLeafInto(entry, tile, width * HASH_LENGTH);
    this.#size += 1;
    if (width === TILE_WIDTH - 1) this.#finish();
  }

  /** Adds an entry to the bundle, length first. */
  #bundleEntry(entry: Uint8Array): void {
    const at = this.#bundleLength + 2;
    const end = at + entry.length;
    if (end > this.#bundle.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#bundle.length * 2));
      larger.set(this.#bundle.subarray(0, this.#bundleLength));
      this.#bundle = larger;
    }
    this.#bundle[at - 2] = entry.length >> 8;
    this.#bundle[at - 1] = entry.length & 0xff;
    this.#bundle.set(entry, at);
    this.#bundleLength = end;
  }

  #tile(level: number): Buffer {
    const tile = this.#tiles[level] ?? Buffer.allocUnsafe(TILE_LENGTH);
    this.#tiles[level] = tile;
    return tile;
  }

  #finish(): void {
    const bundle = this.#size / TILE_WIDTH - 1;
    this.#finished.push({
      path: bundlePath(bundle),
      bytes: Buffer.from(this.#bundle.subarray(0, this.#bundleLength)),
    });
    this.#bundleLength = 0;
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
      above.set(tileRoot(bytes), position * HASH_LENGTH);
      if (position !== TILE_WIDTH - 1) return;
    }
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
    if (this.#bundleLength > 0) {
      const index = Math.floor(this.#size / TILE_WIDTH);
      files.push({
        path: bundlePath(index, tileWidth(0, index, this.#size)),
        bytes: Buffer.from(this.#bundle.subarray(0, this.#bundleLength)),
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
