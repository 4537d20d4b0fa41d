// npm run bench: what the software costs on this machine, beside its peers in the same run.
//   npm run bench                     all of them
//   npm run bench -- decide test/     those with one of these in their path
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensurePeers } from "./bench-peers.mjs";
import { ensureBuilt, ensureInstalled, fail, pinnedNode, root, run, toolEnv } from "./toolchain.mjs";

const benches = [...files(join("test", "bench")), ...readdirSync(join(root, "packages")).flatMap(ofPackage)];
const wanted = process.argv.slice(2);
const chosen =
  wanted.length === 0 ? benches : benches.filter((file) => wanted.some((part) => file.includes(part)));
if (chosen.length === 0)
  fail(`No benchmark named ${wanted.join(", ")}; there are\n  ${benches.join("\n  ")}`);

await ensureInstalled();
await ensureBuilt();
let worst = 0;
for (const file of chosen) {
  await ensurePeers(join(root, dirname(file)));
  console.log(`\n== ${file}`);
  const { code } = await run(pinnedNode, [join(root, file)], { env: { ...toolEnv, NODE_NO_WARNINGS: "1" } });
  worst = Math.max(worst, code);
}
process.exit(worst);

function ofPackage(name) {
  return files(join("packages", name, "bench"));
}

// What sits beside the benchmarks in folders of their own serves them.
function files(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(folder, entry.name))
    .sort();
}
