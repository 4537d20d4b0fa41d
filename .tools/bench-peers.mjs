// The peers that a benchmark is measured beside. They are no dependency of anything: a folder `bench/peers` holds a
// package.json with exact versions, and they are installed into it the first time that its benchmark runs.
// A benchmark reaches them with `createRequire(join(import.meta.dirname, "peers", "package.json"))`.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, run } from "./toolchain.mjs";

/** Installs the peers beside the benchmarks in a folder, when that folder names some and they are not there yet. */
export async function ensurePeers(benchFolder) {
  const folder = join(benchFolder, "peers");
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return;
  const wanted = createHash("sha256").update(readFileSync(manifest)).digest("hex");
  const mark = join(folder, "node_modules", ".installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  console.log(`Installing the peers that ${manifest} names (once) ...`);
  const { code, output } = await run(
    "npm",
    [
      "install",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      "--ignore-scripts",
      "--workspaces=false",
      "--loglevel=error",
    ],
    { capture: true, cwd: folder },
  );
  if (code !== 0) {
    process.stderr.write(output);
    fail(`The peers of ${benchFolder} could not be installed; a benchmark without its peers says nothing.`);
  }
  writeFileSync(mark, wanted);
}
