// What of the whole check, and which tests, are about a path.
import { join, relative, resolve, sep } from "node:path";
import { contributionOf, findContributions } from "./contributions/find-contributions.mjs";
import { root } from "./toolchain.mjs";

/** Steps in the form of check.mjs: `[name, command, arguments]`. */
export function stepsOf(paths) {
  const places = paths.map((path) => relative(root, resolve(path)) || ".");
  const packages = [...new Set(places.map(packageOf).filter((name) => name !== null))];
  const filters = packages.map((name) => `--filter=./packages/${name}`);
  const contributions = findContributions();
  const hasContribution = paths.some((path) => contributionOf(path, contributions).length > 0);
  const isWholePackage = places.some((place) => packageOf(place) !== null && !isVocabulary(place));
  const turbo = (task) => ["turbo", ["run", task, ...filters, "--output-logs=errors-only", "--continue"]];
  return [
    ["format", "biome", ["check", "--no-errors-on-unmatched", ...places]],
    ["build", "turbo", ["run", "build", "--output-logs=errors-only"]],
    ...(isWholePackage
      ? [
          [
            "lint",
            "oxlint",
            ["--type-aware", "--deny-warnings", "--no-error-on-unmatched-pattern", ...places],
          ],
          ["types", ...turbo("check:types")],
          ["packages", ...turbo("check:package")],
        ]
      : []),
    ...(packages.length > 0
      ? [["generated", "node", [join(".tools", "check-generated.mjs"), ...packages]]]
      : []),
    ...(hasContribution
      ? [["contributions", "node", [join(".tools", "check-contributions.mjs"), ...places]]]
      : []),
    ["house", "node", [join(".tools", "check-house.mjs")]],
    ...(packages.length > 0
      ? [["tests", "node", [join(".tools", "test.mjs"), ...packages.map((name) => `packages/${name}`)]]]
      : []),
  ];
}

function packageOf(place) {
  const [top, name] = place.split(sep);
  return top === "packages" && name !== undefined ? name : null;
}

function isVocabulary(place) {
  return place.startsWith(join("packages", "vocabularies", "vocabularies") + sep);
}
