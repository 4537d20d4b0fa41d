import { renameSync, writeFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";

/** Puts a file in the place of the old one in one step: a reader sees the one or the other. Throws what the file system says. */
export function replaceFile(file: string, content: string | Uint8Array, mode = 0o666): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}

/** The same without waiting for the disk: one at a time for each file. Rejects with what the file system says. */
export async function replaceFileAside(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}
