// npm run check: everything that is checked beside the tests, in one command.
//   npm run check                   all steps
//   npm run check -- lint types     some of them
//   npm run check -- PATH...        everything that is checked, tests too, of a contribution or a package
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stepsOf } from "./check-path.mjs";
import { ensureInstalled, fail, root, run } from "./toolchain.mjs";

const STEPS = [
  ["format", "biome", ["check", "."]],
  ["lint", "oxlint", ["--type-aware", "--deny-warnings", "."]],
  ["boundaries", "turbo", ["boundaries"]],
  ["build", "turbo", ["run", "build", "--output-logs=errors-only"]],
  ["types", "turbo", ["run", "check:types", "--output-logs=errors-only", "--continue"]],
  [
    "packages",
    "turbo",
    ["run", "check:package", "--output-logs=errors-only", "--continue", "--concurrency=2"],
  ],
  ["unused", "knip", ["--no-progress"]],
  ["generated", "node", [join(".tools", "check-generated.mjs")]],
  ["contributions", "node", [join(".tools", "check-contributions.mjs")]],
  ["house", "node", [join(".tools", "check-house.mjs")]],
];

await ensureInstalled();
const wanted = process.argv.slice(2);
const paths = wanted.filter((name) => !STEPS.some(([step]) => step === name));
const absent = paths.filter((path) => !existsSync(path));
if (absent.length > 0)
  fail(
    `No step and no path named ${absent.join(", ")}; there are the steps ${STEPS.map(([name]) => name).join(", ")}.`,
  );
if (paths.length > 0 && paths.length < wanted.length) fail("Name steps or paths, not both.");

const chosen =
  paths.length > 0 ? stepsOf(paths) : STEPS.filter(([name]) => wanted.length === 0 || wanted.includes(name));
const width = Math.max(...chosen.map(([name]) => name.length));
let passed = 0;
let failed = 0;
for (const [name, command, args] of chosen) {
  const start = Date.now();
  const { code, output } = await run(join(root, "node_modules", ".bin", command), args, { capture: true });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const mark = code === 0 ? "ok  " : "FAIL";
  console.log(`${mark} ${name.padEnd(width)} ${seconds.padStart(6)} s   ${[command, ...args].join(" ")}`);
  if (code === 0) passed += 1;
  else {
    failed += 1;
    console.log(output.trimEnd());
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
