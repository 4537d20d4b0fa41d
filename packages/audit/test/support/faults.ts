import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AuditKey, loadOrCreateKey, openLog } from "@demarc/audit/node";
import { checkAfterCrash, type Known, takeAcknowledged } from "./check-after-crash.ts";

/** Source or build, as in this process; other arguments of a test runner are its own. */
const CONDITIONS = process.execArgv.filter((argument) => argument.startsWith("--conditions=@demarc"));

const script = fileURLToPath(new URL("../fixtures/append-some.ts", import.meta.url));

/** Calls that change what is on disk, as Node makes them from its file system thread. */
export const CALLS = ["pwrite64", "fsync", "fdatasync", "rename", "link", "unlink", "mkdir"] as const;
export type Call = (typeof CALLS)[number];

/** What is injected: an error of the disk, a full disk, or the end of the process in that very call. */
export const FAULTS = { EIO: "error=EIO", ENOSPC: "error=ENOSPC", kill: "signal=KILL" } as const;
export type Fault = keyof typeof FAULTS;

/** A log with a few hundred entries, and the writer that is run on copies of it. */
export class FaultRig {
  readonly #root: string;
  readonly #signer: AuditKey;
  readonly #known: Known;

  private constructor(root: string, signer: AuditKey, known: Known) {
    this.#root = root;
    this.#signer = signer;
    this.#known = known;
  }

  static async make(root: string): Promise<FaultRig> {
    const signer = await loadOrCreateKey(join(root, "key"), "log.example/crash");
    const dir = join(root, "base");
    const log = await openLog({ dir, origin: signer.name, signer, checkpointIntervalMs: 0 });
    const known: Known = { acknowledged: new Map(), newest: null };
    // Two short of a full tile: the writer under test finishes one, and begins the next.
    const marks = Array.from({ length: 254 }, (_, at) => `base.${at}`);
    const { first } = await log.appendAll(marks.map((mark) => Buffer.from(mark.padEnd(300, "x"))));
    marks.forEach((mark, at) => known.acknowledged.set(first + at, mark));
    known.newest = await log.checkpoint();
    await log.close();
    return new FaultRig(root, signer, known);
  }

  async #fresh(): Promise<string> {
    const dir = join(this.#root, "log");
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir);
    await cp(join(this.#root, "base"), dir, { recursive: true });
    return dir;
  }

  #run(dir: string, options: readonly string[]): string {
    // One file system thread: the counting of calls is by thread.
    const env = { ...process.env, UV_THREADPOOL_SIZE: "1" };
    const trace = join(this.#root, "trace");
    const args = ["-f", "-qq", "-o", trace, ...options, process.execPath, ...CONDITIONS];
    const run = spawnSync("strace", [...args, script, dir, join(this.#root, "key"), this.#signer.name], {
      env,
    });
    return run.stdout.toString();
  }

  /** How often the writer makes each call, on one thread at most. */
  async count(): Promise<ReadonlyMap<Call, number>> {
    const dir = await this.#fresh();
    const output = this.#run(dir, ["-e", `trace=${CALLS.join()}`]);
    if (!output.endsWith("closed\n")) throw new Error(`the writer fails without faults: ${output}`);
    const counts = new Map<string, number>();
    for (const line of (await readFile(join(this.#root, "trace"), "utf8")).split("\n")) {
      const [, thread, call] = /^([0-9]+) +([a-z0-9]+)\(/.exec(line) ?? [];
      if (call !== undefined) counts.set(`${call} ${thread}`, (counts.get(`${call} ${thread}`) ?? 0) + 1);
    }
    const most = (call: Call) =>
      Math.max(0, ...[...counts].filter(([key]) => key.startsWith(`${call} `)).map(([, count]) => count));
    return new Map(CALLS.map((call) => [call, most(call)]));
  }

  /** Injects a fault into the call of this number, and checks the log; gives what the writer said. */
  async inject(call: Call, fault: Fault, number: number): Promise<"failed" | "killed" | "survived"> {
    const dir = await this.#fresh();
    const output = this.#run(dir, [
      "-e",
      `trace=${call}`,
      "-e",
      `inject=${call}:${FAULTS[fault]}:when=${number}`,
    ]);
    if (output.includes("acknowledged-after-failure"))
      throw new Error(`acknowledged after a failure: ${output}`);
    const known: Known = { acknowledged: new Map(this.#known.acknowledged), newest: this.#known.newest };
    takeAcknowledged(known, output);
    await (await checkAfterCrash(dir, this.#signer, known)).close();
    if (output.includes("failed ")) return "failed";
    return output.endsWith("closed\n") ? "survived" : "killed";
  }
}
