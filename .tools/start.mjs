// npm start: installs and builds what is missing, then runs the example apps side by side until interrupted.
//   npm start                      DNS filter, forward proxy and monitor on loopback
//   npm start -- dns-filter        one of them
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, fail, pinnedNode, root, toolEnv } from "./toolchain.mjs";

const APPS = ["dns-filter", "forward-proxy", "monitor"];
const STOP_GRACE_MS = 10_000;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !APPS.includes(name));
if (unknown.length > 0) fail(`No app named ${unknown.join(", ")}; there are ${APPS.join(", ")}.`);

await ensureInstalled();
await ensureBuilt();

const width = Math.max(...APPS.map((name) => name.length));
let stopping = false;
let exitCode = 0;
const children = (wanted.length > 0 ? wanted : APPS).map(startApp);

function startApp(name) {
  const child = spawn(pinnedNode, [join(root, "examples", name, "main.ts")], {
    cwd: root,
    env: {
      ...toolEnv,
      NODE_OPTIONS: "--disable-warning=ExperimentalWarning",
      NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node"),
    },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own process group: an interrupt reaches it once, from stop(), and not from the terminal as well.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) printLines(stream, name.padEnd(width));
  child.on("exit", (code, signal) => {
    child.ended = true;
    if (!stopping) {
      exitCode = 1;
      console.error(
        `${name.padEnd(width)} | ended ${signal ? `by ${signal}` : `with exit code ${code}`}; stopping the others`,
      );
      stop();
    }
    if (children.every((each) => each.ended)) process.exit(exitCode);
  });
  return child;
}

function printLines(stream, label) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) console.log(`${label} | ${line}`);
  });
  stream.on("end", () => rest && console.log(`${label} | ${rest}`));
}

function stop() {
  if (stopping) return;
  stopping = true;
  for (const child of children) if (!child.ended) child.kill("SIGTERM");
  setTimeout(() => {
    for (const child of children) if (!child.ended) child.kill("SIGKILL");
  }, STOP_GRACE_MS).unref();
}

process.on("SIGINT", stop);
process.on("SIGTERM", stop);
