// Brings the pinned toolchain. Runs in plain Node 20 with nothing installed, so it uses Node's own modules only.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const OLDEST_NODE_MAJOR = 20;
const bin = join(root, "node_modules", ".bin");

/** Path of the pinned Node, which npm installs like any other package. */
export const pinnedNode = join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** Environment in which every tool finds the pinned Node first and reports to nobody. */
export const toolEnv = {
  ...process.env,
  PATH: bin + delimiter + (process.env.PATH ?? ""),
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  npm_config_update_notifier: "false",
};

/**
 * Runs a command and resolves to its exit code; output is inherited, or returned when `capture` is set.
 * @returns {Promise<{code: number, output: string}>}
 */
export function run(command, args, { capture = false, env = toolEnv, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: capture ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on("close", (code, signal) => resolve({ code: code ?? (signal ? 130 : 1), output }));
  });
}

// What is installed is right when every package of the lockfile is there at its version. Packages for other
// platforms are absent rightly; a workspace link has no version of its own.
function installedMatchesLockfile() {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden) || !existsSync(pinnedNode)) return false;
  const want = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const have = JSON.parse(readFileSync(hidden, "utf8")).packages;
  return Object.entries(want).every(
    ([path, entry]) =>
      !path.includes("node_modules/") ||
      entry.link ||
      entry.optional ||
      have[path]?.version === entry.version,
  );
}

/** Installs the toolchain when it is missing or differs from the lockfile; needs the network only then. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE_MAJOR) {
    fail(
      `Node ${process.versions.node} is too old to start with: install Node ${OLDEST_NODE_MAJOR} or newer.`,
    );
  }
  if (installedMatchesLockfile()) return;
  console.log("Installing the pinned toolchain (npm ci, once; about half a minute) ...");
  const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    capture: true,
  });
  if (code !== 0 || !existsSync(pinnedNode)) {
    process.stderr.write(output);
    fail(
      "npm ci failed. It needs the npm registry once, and install scripts allowed for the package `node`.",
    );
  }
}

/** Builds every package that changed since it was last built. */
export async function ensureBuilt() {
  const { code, output } = await run(
    join(bin, "turbo"),
    ["run", "build", "--output-logs=errors-only", "--no-update-notifier"],
    { capture: true },
  );
  if (code !== 0) {
    process.stderr.write(output);
    fail("The build failed; the first error is above.");
  }
}

/** Ends the program with a message for a person. */
export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
