import { parseTilePath, TILE_WIDTH, type TilePath } from "./tile.ts";

/** Last entry covered plus one: `(n + 1) * 256` for a bundle, `(n + 1) * 256^(level + 1)` for a tile (C2SP tlog-tiles). */
export function endIndex(path: TilePath): number {
  const level = path.kind === "tile" ? path.level : 0;
  return (path.index + 1) * TILE_WIDTH ** (level + 1);
}

/**
 * True when a log that published this minimum index may refuse the file: a tile or bundle, full or partial, all of whose
 * entries are below it (C2SP tlog-tiles, "Pruning"). False for every other path. A server answers 404 or 410 then; all
 * proofs of other entries stay possible.
 */
export function mayPrune(path: string, minimumIndex: number): boolean {
  const parsed = parseTilePath(path);
  return parsed !== null && endIndex(parsed) <= minimumIndex;
}
