// npm run check: everything that is checked beside the tests, in one command.
//   npm run check                   all steps
//   npm run check -- lint types     some of them
import { join } from "node:path";
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
  ["house", "node", [join(".tools", "check-house.mjs")]],
];

await ensureInstalled();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some(([step]) => step === name));
if (unknown.length > 0)
  fail(`No step named ${unknown.join(", ")}; there are ${STEPS.map(([name]) => name).join(", ")}.`);

let passed = 0;
let failed = 0;
for (const [name, command, args] of STEPS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const start = Date.now();
  const { code, output } = await run(join(root, "node_modules", ".bin", command), args, { capture: true });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const mark = code === 0 ? "ok  " : "FAIL";
  console.log(`${mark} ${name.padEnd(10)} ${seconds.padStart(6)} s   ${[command, ...args].join(" ")}`);
  if (code === 0) passed += 1;
  else {
    failed += 1;
    console.log(output.trimEnd());
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
