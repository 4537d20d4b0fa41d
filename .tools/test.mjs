// npm test: installs and builds what is missing, then runs every test.
//   npm test                        everything
//   npm test -- packages/net        what is below a path
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, pinnedNode, root, run, toolEnv } from "./toolchain.mjs";

await ensureInstalled();
await ensureBuilt();

const scratch = mkdtempSync(join(tmpdir(), "demarc-test-"));
const report = join(scratch, "report.json");
const { code } = await run(
  pinnedNode,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--config",
    join(".tools", "vitest.config.ts"),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { env: { ...toolEnv, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" } },
);

let passed = 0;
let failed = 1;
let skipped = 0;
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed = result.numPassedTests;
  // A file that fails to load has no tests to fail, so a failing run counts as one failure at least.
  failed = Math.max(result.numFailedTests, code === 0 ? 0 : 1);
  skipped = result.numPendingTests + result.numTodoTests;
} catch {
  console.error("The test runner wrote no report.");
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(code === 0 && passed > 0 ? 0 : 1);
