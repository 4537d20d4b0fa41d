import { randomBytes } from "node:crypto";
import { mkdir, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Makes the names in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a directory and its parents, durably; gives back once the names of all new ones are on disk. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const stop = dirname(first);
  for (let at = path; at.length > stop.length; ) {
    at = dirname(at);
    await syncDirectory(at);
  }
}

/** Mode of the file; folder of the temporary name, on the same file system. */
export interface ReplaceOptions {
  readonly mode?: number | undefined;
  readonly staging?: string | undefined;
}

/**
 * Writes a file under a temporary name, syncs it and renames it: a reader sees the old file or the new one.
 * The name itself is durable only after `syncDirectory` of the directory, which the caller batches.
 */
export async function replaceFile(
  path: string,
  data: Uint8Array | string,
  { mode = 0o644, staging = dirname(path) }: ReplaceOptions = {},
): Promise<void> {
  const temporary = join(staging, `${basename(path)}.tmp-${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      // At a position, so that fault injection can tell these writes from those of pipes.
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      for (let at = 0; at < bytes.length; )
        at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** `replaceFile`, then makes the name durable too. */
export async function replaceFileDurably(
  path: string,
  data: Uint8Array | string,
  options?: ReplaceOptions,
): Promise<void> {
  await replaceFile(path, data, options);
  await syncDirectory(dirname(path));
}
