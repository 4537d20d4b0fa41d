import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadOrCreateKey } from "@demarc/audit/node";
import { checkAfterCrash, type Known, takeAcknowledged } from "./check-after-crash.ts";

/** Source or build, as in this process; other arguments of a test runner are its own. */
const CONDITIONS = process.execArgv.filter((argument) => argument.startsWith("--conditions=@demarc"));

const script = fileURLToPath(new URL("../fixtures/append-forever.ts", import.meta.url));

/** Runs the fixture, kills it `delay` ms after its first acknowledgement, and gives what it printed. */
async function runAndKill(dir: string, keyPath: string, origin: string, delay: number): Promise<string> {
  const child = spawn(process.execPath, [...CONDITIONS, script, dir, keyPath, origin], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let timer: ReturnType<typeof setTimeout> | null = null;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes("ack ")) timer ??= setTimeout(() => child.kill("SIGKILL"), delay);
  });
  await new Promise((resolve) => child.once("close", resolve));
  if (child.signalCode !== "SIGKILL") throw new Error(`the writer ended by itself: ${output.slice(-200)}`);
  return output;
}

/** Kills a writer `rounds` times and checks the log each time; throws at the first thing that does not hold. */
export async function killRounds(
  root: string,
  rounds: number,
  onRound: (round: number, known: Known) => void = () => undefined,
): Promise<Known> {
  const dir = join(root, "log");
  const keyPath = join(root, "key");
  const signer = await loadOrCreateKey(keyPath, "log.example/crash");
  const known: Known = { acknowledged: new Map(), newest: null };
  for (let round = 1; round <= rounds; round += 1) {
    const output = await runAndKill(dir, keyPath, signer.name, Math.random() * 120);
    takeAcknowledged(known, output);
    await (await checkAfterCrash(dir, signer, known)).close();
    onRound(round, known);
  }
  return known;
}
