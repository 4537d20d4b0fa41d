import { parseTilePath } from "../tile.ts";
import type { Storage } from "./storage.ts";
import type { TreeFile } from "./tile-builder.ts";

/**
 * Removes partial files that a full one has replaced. A tile's partials stay until the tile after it is full too, so
 * that who reads at a recent checkpoint still finds them (tlog-tiles, "Partial Tiles", allows it at once).
 */
export async function removePartials(storage: Storage, full: readonly TreeFile[]): Promise<void> {
  for (const { path } of full) {
    const parsed = parseTilePath(path);
    if (parsed === null || parsed.index === 0) continue;
    const before = previousPath(path, parsed.index);
    await storage.remove(`${before}.p`);
  }
}

function previousPath(path: string, index: number): string {
  const prefix = path.split("/").slice(0, 2).join("/");
  const digits = String(index - 1);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.../g) as string[];
  return `${prefix}/${groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/")}`;
}
