// DNS queries per second: the DNS filter beside unbound with the same names as an RPZ zone, both forwarding to the
// same authoritative server, loaded by dnsperf from the other core. Blocked names only, then half blocked half forwarded.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { startApp } from "../support/apps.ts";
import { startAuthority } from "../support/authority.ts";
import { missingPrograms, programPath } from "../support/programs.ts";
import { accepts, freePort, type Server, startServer, waitFor } from "../support/servers.ts";
import { manyNames, scratchFolder, writeListSite } from "../support/sites.ts";

const SECONDS = 5;
const NAMES = 100_000;
const CLIENTS = 4;
const ROUNDS = 2;

const missing = missingPrograms("dnsperf", "unbound", "nsd");
if (missing.length > 0) {
  console.log(`skipped: needs ${missing.join(", ")}`);
  process.exit(0);
}

const scratch = scratchFolder();
const { names: all, source } = manyNames(NAMES);
const names = all.slice(0, NAMES);
console.log(
  `${names.length} names, ${source}; ${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`,
);

const authority = await startAuthority(join(scratch.path, "nsd"), { "allowed.test": "* A 192.0.2.1" });
const site = writeListSite(join(scratch.path, "site"), `${names.join("\n")}\n`);
const filter = await startApp("dns-filter", {
  site,
  state: join(scratch.path, "state"),
  env: { DEMARC_DNS_UPSTREAMS: `127.0.0.1:${authority.port}` },
});
pin(filter);
const unbound = await startUnbound(join(scratch.path, "unbound"), names, authority.port);
pin(unbound);

const blocked = queryFile("blocked.txt", (index) => names[(index * 7919) % names.length] ?? "");
const mixed = queryFile("mixed.txt", (index) =>
  index % 2 === 0 ? (names[(index * 7919) % names.length] ?? "") : `h${index % 1000}.allowed.test`,
);

for (const [label, file] of [
  ["blocked names only", blocked],
  ["half blocked, half forwarded (unbound caches, the filter does not)", mixed],
] as const) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(dnsperf(filter.port, file));
    theirs.push(dnsperf(unbound.port, file));
  }
  const best = Math.max(...ours);
  const peer = Math.max(...theirs);
  console.log(`${label}:`);
  console.log(
    `  demarc dns-filter  ${best.toFixed(0).padStart(8)} queries/s (best of ${ROUNDS}, every refusal disclosed and logged)`,
  );
  console.log(
    `  unbound RPZ        ${peer.toFixed(0).padStart(8)} queries/s   ratio ${(best / peer).toFixed(2)}`,
  );
}

await filter.stop();
await unbound.stop();
await authority.stop();
scratch.remove();

async function startUnbound(
  folder: string,
  rpz: readonly string[],
  upstream: number,
): Promise<Server & { port: number }> {
  mkdirSync(folder, { recursive: true });
  const zone = join(folder, "rpz.zone");
  const head =
    "$ORIGIN rpz.test.\n$TTL 30\n@ SOA localhost. root.localhost. 1 3600 600 86400 30\n@ NS localhost.\n";
  writeFileSync(zone, `${head}${rpz.map((name) => `${name} CNAME .`).join("\n")}\n`);
  const port = await freePort();
  const config = join(folder, "unbound.conf");
  writeFileSync(
    config,
    `server:
  interface: 127.0.0.1@${port}
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: "${join(folder, "unbound.pid")}"
  use-syslog: no
  num-threads: 1
  do-not-query-localhost: no
  module-config: "respip iterator"
  local-zone: "test." nodefault
rpz:
  name: "rpz.test"
  zonefile: "${zone}"
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${upstream}
remote-control:
  control-enable: no
`,
  );
  const server = startServer(programPath("unbound") ?? "unbound", ["-d", "-c", config]);
  await waitFor("unbound answers", () => accepts(port), { server, timeoutMs: 60_000 });
  return { ...server, port };
}

// Server on one core, load on the other, so that neither starves the other.
function pin(server: Server): void {
  if (cpus().length > 1) spawnSync("taskset", ["-a", "-p", "-c", "0", String(server.child.pid)]);
}

function queryFile(name: string, nameAt: (index: number) => string): string {
  const file = join(scratch.path, name);
  writeFileSync(file, Array.from({ length: 50_000 }, (_, index) => `${nameAt(index)} A\n`).join(""));
  return file;
}

function dnsperf(port: number, file: string): number {
  const args = [
    "-s",
    "127.0.0.1",
    "-p",
    String(port),
    "-d",
    file,
    "-l",
    String(SECONDS),
    "-c",
    String(CLIENTS),
    "-e",
  ];
  const pinned = cpus().length > 1 ? ["taskset", "-c", "1", "dnsperf", ...args] : ["dnsperf", ...args];
  const result = spawnSync(pinned[0] ?? "", pinned.slice(1), { encoding: "utf8" });
  const rate = /Queries per second:\s+([\d.]+)/.exec(result.stdout)?.[1];
  const lost = /Queries lost:\s+(\d+)/.exec(result.stdout)?.[1] ?? "?";
  if (rate === undefined) throw new Error(`dnsperf printed no rate:\n${result.stdout}${result.stderr}`);
  if (lost !== "0") console.log(`    (${lost} queries lost on port ${port})`);
  return Number(rate);
}
