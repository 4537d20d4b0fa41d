import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseTilePath } from "../tile.ts";
import { makeDirectory, replaceFile, syncDirectory } from "./durable-file.ts";
import type { TreeFile } from "./tile-builder.ts";

// libuv has four threads by default; one stays free for the write-ahead log.
const WRITERS = 3;

/** Writes public files of the tree, and gives back once they and their names are on disk. */
export async function writeTreeFiles(directory: string, files: readonly TreeFile[]): Promise<void> {
  const directories = new Set(files.map((file) => dirname(join(directory, file.path))));
  for (const path of directories) await makeDirectory(path);
  const queue = [...files].toReversed();
  const write = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      await replaceFile(join(directory, file.path), file.bytes);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await Promise.all(Array.from(directories, syncDirectory));
}

/**
 * Removes partial files that a full one has replaced. A tile's partials stay until the tile after it is full too, so
 * that who reads at a recent checkpoint still finds them (tlog-tiles, "Partial Tiles", allows it at once).
 */
export async function removePartials(directory: string, full: readonly TreeFile[]): Promise<void> {
  for (const { path } of full) {
    const parsed = parseTilePath(path);
    if (parsed === null || parsed.index === 0) continue;
    const before = previousPath(path, parsed.index);
    await rm(join(directory, `${before}.p`), { recursive: true, force: true });
  }
}

function previousPath(path: string, index: number): string {
  const prefix = path.split("/").slice(0, 2).join("/");
  const digits = String(index - 1);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.../g) as string[];
  return `${prefix}/${groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/")}`;
}
