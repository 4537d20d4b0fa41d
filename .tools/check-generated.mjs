//   node .tools/check-generated.mjs                  all of them
//   node .tools/check-generated.mjs vocabularies     those of some packages
// Generated files are committed; this makes them again and fails when they differ, so that no one edits them by hand.
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./toolchain.mjs";

const digests = () =>
  new Map(
    globSync(
      [
        "packages/*/src/**/*.generated.ts",
        "packages/*/schema/**/*.json",
        "packages/*/json/*.json",
        "packages/*/schemastore/**/*.{json,yaml}",
        "docs/lints.md",
        "docs/policy-fields.md",
        "docs/territories.md",
        "docs/timelines/*.svg",
      ],
      { cwd: root },
    )
      .sort()
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(join(root, file)))
          .digest("hex"),
      ]),
  );

const packages = process.argv.slice(2);
const filters = packages.map((name) => `--filter=./packages/${name}`);
const before = digests();
const { code, output } = await run(
  join(root, "node_modules", ".bin", "turbo"),
  ["run", "generate", "--force", "--output-logs=errors-only", ...filters],
  {
    capture: true,
  },
);
if (code !== 0) {
  console.error(output);
  process.exit(1);
}
if (packages.length === 0 || packages.includes("policy")) {
  const made = await run("node", [join(root, ".tools", "generate-editor-help.mjs")], { capture: true });
  if (made.code !== 0) {
    console.error(made.output);
    process.exit(1);
  }
}
const after = digests();
const drifted = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
for (const file of drifted)
  console.error(`${file} differs from what its source generates: run \`npm run generate\` and commit it`);
process.exit(drifted.length === 0 ? 0 : 1);
