// npm run version-packages ends with this: it keeps what is about to be released, so that later changes are held against it.
//   packages/vocabularies/vocabularies/<name>/released/<version>/   vocabulary.json and the files of valid/
//   packages/policy/test/fixtures/released/<version>/               the valid fixtures of the core schemas
// A version that is there stays as it is.
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { findContributions } from "./contributions/find-contributions.mjs";
import { root } from "./toolchain.mjs";

for (const { kind, folder, valid } of findContributions()) {
  if (kind !== "vocabulary") continue;
  const { version } = JSON.parse(readFileSync(join(folder, "vocabulary.json"), "utf8"));
  snapshot(join(folder, "released", version), [join(folder, "vocabulary.json"), ...valid]);
}
const policy = join(root, "packages", "policy");
const { version } = JSON.parse(readFileSync(join(policy, "package.json"), "utf8"));
snapshot(
  join(policy, "test", "fixtures", "released", version),
  globSync("test/fixtures/valid/*.yaml", { cwd: policy }).map((file) => join(policy, file)),
);

function snapshot(target, files) {
  if (existsSync(target)) return;
  mkdirSync(target, { recursive: true });
  for (const file of files) copyFileSync(file, join(target, basename(file)));
  console.log(`kept ${relative(root, target)}`);
}
