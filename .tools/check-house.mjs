// The house rules that no other tool knows: what lies at the top, how long files are, how READMEs are built.
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./toolchain.mjs";

const MAX_LINES = 500;
const TOP_LEVEL = [
  "package.json",
  "turbo.json",
  "packages",
  "examples",
  "docs",
  ".changeset",
  "test",
  "README.md",
];
const TOP_LEVEL_ALSO = ["package-lock.json", "tsconfig.json", "LICENSE", "CONTRIBUTING.md"];
const PACKAGE_HEADINGS = [
  "What it is for",
  "Install",
  "Example",
  "Data",
  "Errors",
  "Limits",
  "Cost",
  "Sources",
  "Stability",
];

const faults = [];
const read = (file) => readFileSync(join(root, file), "utf8");
const { output } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  capture: true,
});
const files = output.split("\n").filter((file) => file !== "" && existsSync(join(root, file)));

const top = new Set(files.map((file) => file.split("/")[0]));
for (const name of TOP_LEVEL) if (!top.has(name)) faults.push(`${name} is missing at the top level`);
for (const name of top) {
  if (!name.startsWith(".") && !TOP_LEVEL.includes(name) && !TOP_LEVEL_ALSO.includes(name)) {
    faults.push(`${name} does not belong at the top level`);
  }
}

for (const file of files) {
  if (!/\.(ts|tsx|mjs|js)$/.test(file) || file.includes(".generated.")) continue;
  const lines = read(file).split("\n").length;
  if (lines > MAX_LINES)
    faults.push(`${file} has ${lines} lines; ${MAX_LINES} at most: split it by what it exports`);
}

for (const file of files) {
  if (!/\.(ts|tsx|mjs|js|json|ya?ml|md|html|css|sh)$/.test(file) || file === ".tools/check-house.mjs")
    continue;
  if (/\/work\/(main|shared|\.library)|registry\.npmjs\.org/.test(read(file))) {
    faults.push(`${file} names a path of one machine or a registry host`);
  }
}

const rows = [];
for (const name of readdirSync(join(root, "packages")).sort()) {
  const folder = `packages/${name}`;
  if (!existsSync(join(root, folder, "package.json"))) continue;
  const { description } = JSON.parse(read(`${folder}/package.json`));
  rows.push(`| [\`@demarc/${name}\`](${folder}/README.md) | ${description} |`);
  if (!existsSync(join(root, folder, "README.md"))) {
    faults.push(`${folder} has no README.md`);
    continue;
  }
  const lines = read(`${folder}/README.md`).split("\n");
  if (lines[0] !== `# @demarc/${name}`) faults.push(`${folder}/README.md does not start with its name`);
  if (lines[2] !== description)
    faults.push(`${folder}/README.md line 3 is not the description in package.json`);
  const headings = lines.filter((line) => line.startsWith("## ")).map((line) => line.slice(3));
  if (headings.join("|") !== PACKAGE_HEADINGS.join("|")) {
    faults.push(
      `${folder}/README.md has the headings ${headings.join(", ")}; expected ${PACKAGE_HEADINGS.join(", ")}`,
    );
  }
}

if (existsSync(join(root, "README.md"))) {
  const readme = read("README.md");
  for (const row of rows)
    if (!readme.includes(row)) faults.push(`README.md lacks this row of the package table: ${row}`);
}

const changesets = globSync(".changeset/*.md", { cwd: root });
const packageNames = new Set(rows.map((row) => row.match(/@demarc\/[a-z]+/)?.[0]));
for (const file of changesets) {
  for (const [, named] of read(file).matchAll(/^"(@demarc\/[a-z-]+)":/gm)) {
    if (!packageNames.has(named)) faults.push(`${file} names ${named}, which is no package here`);
  }
}

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
