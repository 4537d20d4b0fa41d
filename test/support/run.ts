import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./apps.ts";

/** What a finished program left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; it is killed after `timeoutMs`. */
export function run(
  command: string,
  args: readonly string[],
  { timeoutMs = 20_000, cwd = root }: { readonly timeoutMs?: number; readonly cwd?: string } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" },
      timeout: timeoutMs,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs the built `demarc` command. */
export function demarc(...args: string[]): Promise<Finished> {
  return run(process.execPath, [join(root, "packages", "cli", "dist", "main.js"), ...args]);
}

/** Runs `demarc ... --json` and reads what it prints. */
export async function demarcJson<T>(...args: string[]): Promise<T> {
  const { stdout, stderr } = await demarc(...args, "--json");
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`no JSON from demarc ${args.join(" ")}:\n${stdout}${stderr}`);
  }
}
