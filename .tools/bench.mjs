// npm run bench: what the software costs on this machine, beside its peers in the same run.
//   npm run bench                     all of them
//   npm run bench -- decide dns       some of them
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, fail, pinnedNode, root, run, toolEnv } from "./toolchain.mjs";

const BENCHES = {
  decide: "packages/matcher/bench/decide.ts",
  dns: "test/bench/dns.ts",
  proxy: "test/bench/proxy.ts",
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0)
  fail(`No benchmark named ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.`);

await ensureInstalled();
await ensureBuilt();
let worst = 0;
for (const [name, file] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name} (${file})`);
  const { code } = await run(pinnedNode, [join(root, file)], { env: { ...toolEnv, NODE_NO_WARNINGS: "1" } });
  worst = Math.max(worst, code);
}
process.exit(worst);
