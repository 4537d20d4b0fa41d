// The lists beside a list: what its includes name, and nothing outside of its folder.
import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ReadListOptions } from "@demarc/lists";

const MAX_INCLUDED_BYTES = 64 * 1024 * 1024;

/**
 * How the includes of a list are followed: to files beside it, by the name as written or in lower case. A link that leads out of the
 * folder, a folder, and a file of more than 64 MB are not to be had.
 */
export function includesBeside(file: string): Pick<ReadListOptions, "include" | "name"> {
  const folder = realpathSync(dirname(file));
  return {
    name: basename(file),
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

function textWithin(folder: string, name: string): string | null {
  try {
    const path = realpathSync(join(folder, name));
    if (dirname(path) !== folder) return null;
    const found = statSync(path);
    return found.isFile() && found.size <= MAX_INCLUDED_BYTES ? readFileSync(path, "utf8") : null;
  } catch {
    // Not there, or not ours to read: a diagnostic of the include says so.
    return null;
  }
}
