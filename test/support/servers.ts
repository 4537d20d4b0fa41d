// Programs that tests start on loopback and stop again: their output is kept for the failure message.
import { type ChildProcess, spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A program that a test started. */
export interface Server {
  readonly child: ChildProcess;
  /** All it has printed, both streams. */
  readonly output: () => string;
  /** Ends it with a signal (SIGTERM unless said) and resolves once it is gone. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const STOP_GRACE_MS = 8000;

/** Starts a program; it is killed with the test process. */
export function startServer(
  command: string,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Server {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "", ...options.env },
    cwd: options.cwd,
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  child.on("error", (error) => (output += `\n${error.message}`));
  const gone = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const atExit = () => child.kill("SIGKILL");
  process.once("exit", atExit);
  return {
    child,
    output: () => output,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
      const code = await gone;
      clearTimeout(timer);
      process.off("exit", atExit);
      return code;
    },
  };
}

/** Waits until `probe` is true, or throws with what the server printed. */
export async function waitFor(
  what: string,
  probe: () => boolean | Promise<boolean>,
  { server, timeoutMs = 15_000 }: { readonly server?: Server; readonly timeoutMs?: number } = {},
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (await probe()) return;
    if (server !== undefined && server.child.exitCode !== null)
      throw new Error(`${what}: it ended with ${server.child.exitCode} instead\n${server.output()}`);
    await sleep(50);
  }
  throw new Error(`${what}: not within ${timeoutMs} ms\n${server?.output() ?? ""}`);
}

/** A TCP port on loopback that was free a moment ago (its UDP twin is free in all likelihood). */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** True when something accepts TCP connections there. */
export function accepts(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => (socket.destroy(), resolve(false)));
  });
}
