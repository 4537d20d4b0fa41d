import { renameSync, writeFileSync } from "node:fs";

/** Puts a file in the place of the old one in one step: a reader sees the one or the other. Throws what the file system says. */
export function replaceFile(file: string, content: string | Uint8Array, mode = 0o666): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}
