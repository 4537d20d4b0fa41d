// Requests per second through the forward proxy, plain HTTP with keep-alive, beside squid and tinyproxy in the same run:
// the same origin (nginx), the same load (a bounded loop on the other core), small responses.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus } from "node:os";
import { join } from "node:path";
import { root, startApp } from "../support/apps.ts";
import { startOrigin } from "../support/origin.ts";
import { missingPrograms, programPath } from "../support/programs.ts";
import { accepts, freePort, type Server, startServer, waitFor } from "../support/servers.ts";
import { scratchFolder } from "../support/sites.ts";

const SECONDS = 5;
const CONNECTIONS = 32;

const missing = missingPrograms("nginx");
if (missing.length > 0) {
  console.log(`skipped: needs ${missing.join(", ")}`);
  process.exit(0);
}

const scratch = scratchFolder();
const origin = await startOrigin(join(scratch.path, "origin"), { "small.txt": "x".repeat(200) });
const url = `http://127.0.0.1:${origin.port}/small.txt`;
console.log(
  `${CONNECTIONS} connections, ${SECONDS} s each, 200-byte body; ${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`,
);

const proxy = await startApp("forward-proxy", {
  site: join(root, "examples", "site"),
  state: join(scratch.path, "state"),
  env: { DEMARC_PROXY_ALLOW_PREFIXES: "127.0.0.0/8" },
});
pin(proxy);
const peers: { name: string; port: number; server: Server }[] = [
  { name: "demarc forward-proxy", port: proxy.port, server: proxy },
];
if (programPath("squid") !== null)
  peers.push({ name: "squid", ...(await startSquid(join(scratch.path, "squid"))) });
if (programPath("tinyproxy") !== null)
  peers.push({ name: "tinyproxy", ...(await startTinyproxy(join(scratch.path, "tinyproxy"))) });

let first = 0;
for (const peer of peers) {
  pin(peer.server);
  await load(peer.port, 1);
  const { rate, failed } = await load(peer.port, SECONDS);
  first ||= rate;
  const ratio = peer === peers[0] ? "" : `   demarc is ${(first / rate).toFixed(2)} times this`;
  console.log(
    `  ${peer.name.padEnd(22)} ${rate.toFixed(0).padStart(7)} requests/s${failed > 0 ? `, ${failed} failed` : ""}${ratio}`,
  );
}
for (const peer of peers) await peer.server.stop();
await origin.stop();
scratch.remove();

async function load(port: number, seconds: number): Promise<{ rate: number; failed: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + seconds * 1000;
  let done = 0;
  let failed = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      const status = await fetchThrough(port, agent);
      if (status === 200) done += 1;
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const rate = done / ((performance.now() - start) / 1000);
  agent.destroy();
  return { rate, failed };
}

function fetchThrough(port: number, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request(
      { host: "127.0.0.1", port, path: url, agent, headers: { host: `127.0.0.1:${origin.port}` } },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
        response.on("error", () => resolve(0));
      },
    );
    outgoing.on("error", () => resolve(0));
    outgoing.end();
  });
}

async function startSquid(folder: string): Promise<{ port: number; server: Server }> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const config = join(folder, "squid.conf");
  writeFileSync(
    config,
    `http_port 127.0.0.1:${port}
http_access allow localhost
cache deny all
access_log none
cache_log /dev/null
cache_store_log none
pid_filename none
coredump_dir /
shutdown_lifetime 1 seconds
pinger_enable off
`,
  );
  const server = startServer(programPath("squid") ?? "squid", [
    "-N",
    "-n",
    `demarc${process.pid}`,
    "-f",
    config,
  ]);
  await waitFor("squid accepts", () => accepts(port), { server, timeoutMs: 30_000 });
  return { port, server };
}

async function startTinyproxy(folder: string): Promise<{ port: number; server: Server }> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const config = join(folder, "tinyproxy.conf");
  writeFileSync(
    config,
    `Port ${port}\nListen 127.0.0.1\nMaxClients 200\nAllow 127.0.0.1\nLogLevel Error\nLogFile "${join(folder, "log")}"\n`,
  );
  const server = startServer(programPath("tinyproxy") ?? "tinyproxy", ["-d", "-c", config]);
  await waitFor("tinyproxy accepts", () => accepts(port), { server });
  return { port, server };
}

function pin(server: Server): void {
  if (cpus().length > 1) spawnSync("taskset", ["-a", "-p", "-c", "0", String(server.child.pid)]);
}
