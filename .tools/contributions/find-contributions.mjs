// Where contributions lie: vocabularies in one folder, policies in one for each jurisdiction.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { root } from "../toolchain.mjs";

/** Folder of the vocabularies, below the root. */
export const VOCABULARIES = join("packages", "vocabularies", "vocabularies");

/** Folder of the example policies, below the root: `<jurisdiction>/<slug>`. */
export const POLICIES = join("examples", "policies");

/**
 * A contribution with its files, absolute and sorted.
 * @typedef {{ kind: "vocabulary" | "policy", folder: string, valid: string[], invalid: string[], goldenTests: string[], released: string[] }} Contribution
 */

/** Every contribution of a tree, sorted. @returns {Contribution[]} */
export function findContributions(tree = root) {
  return [
    ...foldersIn(join(tree, POLICIES))
      .flatMap(foldersIn)
      .map((folder) => contribution("policy", folder)),
    ...foldersIn(join(tree, VOCABULARIES)).map((folder) => contribution("vocabulary", folder)),
  ];
}

function contribution(kind, folder) {
  return {
    kind,
    folder,
    valid: yamlIn(join(folder, "valid")),
    invalid: yamlIn(join(folder, "invalid")),
    goldenTests: yamlIn(folder).filter((file) => basename(file) === "golden-tests.yaml"),
    released: foldersIn(join(folder, "released")).flatMap(yamlIn),
  };
}

// Node 20, with which a fresh clone starts, has no glob.
function foldersIn(folder) {
  return entriesOf(folder, (entry) => entry.isDirectory());
}

function yamlIn(folder) {
  return entriesOf(folder, (entry) => entry.isFile() && entry.name.endsWith(".yaml"));
}

function entriesOf(folder, keep) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(keep)
    .map((entry) => join(folder, entry.name))
    .sort();
}

/** The contributions that a path is in, or that lie below it. */
export function contributionOf(path, all) {
  const asked = resolve(path);
  return all.filter(({ folder }) => isBelow(asked, folder) || isBelow(folder, asked));
}

function isBelow(path, folder) {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith(`..${sep}`) && way !== ".." && !way.startsWith(sep));
}

/** Whether a file is there; a fault that says so otherwise. */
export function missing(folder, name, why) {
  return existsSync(join(folder, name)) ? [] : [{ message: `there is no ${name}: ${why}` }];
}
