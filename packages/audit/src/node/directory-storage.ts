import { readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { systemCode } from "./audit-error.ts";
import { makeDirectory, replaceFile, syncDirectory } from "./durable-file.ts";
import type { Storage } from "./storage.ts";
import type { TreeFile } from "./tile-builder.ts";
import { Wal } from "./wal.ts";
import { takeLock } from "./writer-lock.ts";

// libuv has four threads by default; one stays free for the write-ahead log.
const WRITERS = 3;

/** A log in a directory: static files that any HTTP server can serve, beside a private `state/`. */
export function directoryStorage(directory: string): Storage {
  const root = resolve(directory);
  const state = join(root, "state");
  // Unfinished files are never among the public ones, and are gone at the next opening.
  const staging = join(state, "new");
  const at = (path: string): string => join(root, path);
  const modeOf = (path: string): number => (path.startsWith("state/") ? 0o600 : 0o644);
  const made = new Set<string>();
  const make = async (folder: string): Promise<void> => {
    if (made.has(folder)) return;
    await makeDirectory(folder);
    made.add(folder);
  };

  const write = async (files: readonly TreeFile[]): Promise<void> => {
    const folders = new Set(files.map((file) => dirname(at(file.path))));
    for (const folder of folders) await make(folder);
    const queue = files.toReversed();
    const one = async (): Promise<void> => {
      for (let file = queue.pop(); file !== undefined; file = queue.pop())
        await replaceFile(at(file.path), file.bytes, { mode: modeOf(file.path), staging });
    };
    await Promise.all(Array.from({ length: WRITERS }, one));
    await Promise.all(Array.from(folders, syncDirectory));
  };

  return {
    name: root,
    lock: async () => {
      await makeDirectory(state);
      const lease = await takeLock(state);
      try {
        await rm(staging, { recursive: true, force: true });
        await make(staging);
      } catch (error) {
        await lease.release();
        throw error;
      }
      return lease;
    },
    read: async (path) => {
      try {
        return await readFile(at(path));
      } catch (error) {
        if (systemCode(error) === "ENOENT") return null;
        throw error;
      }
    },
    write,
    replace: (path, bytes) => write([{ path, bytes }]),
    remove: async (path) => {
      await rm(at(path), { recursive: true, force: true });
      made.clear();
    },
    openJournal: (from, onEntry) => Wal.open(state, from, onEntry),
  };
}
