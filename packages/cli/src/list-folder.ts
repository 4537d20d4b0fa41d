// The lists beside a list: what its includes name and what they add to it, and nothing outside of its folder.
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ReadListOptions } from "@demarc/lists";

const MAX_LIST_BYTES = 64 * 1024 * 1024;

/**
 * How the includes of a list are followed, and what other lists add to it: to files beside it, by the name as written or in lower case. A
 * link that leads out of the folder and a folder are not to be had; a file of more than 64 MB is one of the folder, but not read.
 */
export function listsBeside(file: string): Pick<ReadListOptions, "include" | "lists" | "name"> {
  const folder = realFolder(dirname(file));
  if (folder === null) return {};
  return {
    name: basename(file),
    lists: namesWithin(folder),
    // The reader lets names through only that have no slash and no dot.
    include: (name) => {
      for (const each of new Set([name, name.toLowerCase()])) {
        const text = textWithin(folder, each);
        if (text !== null) return text;
      }
      return null;
    },
  };
}

function realFolder(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function namesWithin(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isFile() || (each.isSymbolicLink() && fileWithin(folder, each.name) !== null))
      .map((each) => each.name);
  } catch {
    // A folder that says what it has to nobody: includes are found there all the same.
    return [];
  }
}

function textWithin(folder: string, name: string): string | null {
  const found = fileWithin(folder, name);
  try {
    return found !== null && found.size <= MAX_LIST_BYTES ? readFileSync(found.path, "utf8") : null;
  } catch {
    // Not ours to read: a diagnostic says so.
    return null;
  }
}

function fileWithin(folder: string, name: string): { readonly path: string; readonly size: number } | null {
  try {
    const path = realpathSync(join(folder, name));
    const found = statSync(path);
    return dirname(path) === folder && found.isFile() ? { path, size: found.size } : null;
  } catch {
    // Not there.
    return null;
  }
}
