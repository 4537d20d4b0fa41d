// CPU work without waiting for a disk: Merkle tree, encoding, verification, recovery; and how large a log is. Rates are per
// CPU second, so they hold on a busy machine. Each part runs in a process of its own, as what one keeps in memory would
// slow the next. `node bench/work.ts [entries]`
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { decodeEntry, encodeEntry } from "../dist/index.js";
import { directoryStorage, loadOrCreateKey, openLog, TileBuilder, verifyLog } from "../dist/node/index.js";
import { decisionOf } from "./support/sample-decision.ts";

const count = Number(process.argv[2] ?? 200_000);
const number = (value: number): string => Math.round(value).toLocaleString("en");

/** The best of some rounds, as a foreign load only ever adds. */
async function measured(
  name: string,
  entries: number,
  work: (round: number) => unknown,
  rounds = 5,
): Promise<void> {
  let best = 0;
  for (let round = 0; round < rounds; round += 1) {
    const cpu = process.cpuUsage();
    await work(round);
    const { user, system } = process.cpuUsage(cpu);
    best = Math.max(best, entries / ((user + system) / 1e6));
  }
  console.log(`${name}: ${number(best)} entries per CPU second, best of ${rounds}`);
}

function encodedDecision(at: number): Uint8Array {
  const bytes = encodeEntry(decisionOf(at));
  if (!bytes.ok) throw new Error(bytes.issue.message);
  return bytes.value;
}
const encodedDecisions = (from: number, length: number): Uint8Array[] =>
  Array.from({ length }, (_, at) => encodedDecision(from + at));

async function merkle(): Promise<void> {
  for (const length of [256, 620, 1400]) {
    const entry = new Uint8Array(length).fill(120);
    await measured(`Merkle tree, tiles and bundles, ${length} bytes`, count, () => {
      const builder = new TileBuilder();
      for (let at = 0; at < count; at += 1) {
        builder.add(entry);
        if (at % 4096 === 0) builder.takeFinished();
      }
      builder.root();
    });
  }
}

async function encoding(): Promise<void> {
  const some = Math.min(count, 20_000);
  const decisions = Array.from({ length: some }, (_, at) => decisionOf(at));
  await measured("encodeEntry of a decision, checked and canonical", some, () => {
    for (const decision of decisions) if (!encodeEntry(decision).ok) throw new Error("not written");
  });
  const encoded = encodedDecisions(0, some);
  await measured("decodeEntry of it", some, () => {
    for (const bytes of encoded) if (!decodeEntry(bytes).ok) throw new Error("not read");
  });
}

async function logs(root: string): Promise<void> {
  const signer = await loadOrCreateKey(join(root, "key"), "bench.example");
  const dir = join(root, "log");
  const open = (where: string) =>
    openLog({ dir: where, origin: "bench.example", signer, checkpointIntervalMs: 0 });
  const log = await open(dir);
  const fill = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 1000)
      await log.appendAll(encodedDecisions(at, Math.min(1000, to - at)));
  };
  // Under the 64 MiB that wait in memory, so that all of it is in the write-ahead log alone.
  const waiting = Math.min(count, 40_000);
  await fill(0, waiting);
  const crashed = (round: number): string => join(root, `crashed-${round}`);
  const rounds = 5;
  for (let round = 0; round < rounds; round += 1) {
    cpSync(dir, crashed(round), { recursive: true });
    rmSync(join(crashed(round), "state", "lock"));
  }
  await measured("recovery, the write-ahead log alone: read, checked", waiting, async () => {
    let seen = 0;
    const journal = await directoryStorage(crashed(0)).openJournal(0, () => (seen += 1));
    await journal.close();
    if (seen !== waiting) throw new Error("not read");
  });
  await measured(
    "recovery, with tiles, bundles and checkpoint written and synced",
    waiting,
    async (round) => {
      const again = await open(crashed(round));
      if (again.published.size !== waiting) throw new Error("not recovered");
      await again.close();
    },
    rounds,
  );
  await fill(waiting, count);
  await log.close();
  await measured("verifyLog", count, async () => {
    if (!(await verifyLog(dir, { verifierKey: signer.verifierKey })).ok) throw new Error("does not verify");
  });
  sizes(dir);
}

function sizes(dir: string): void {
  const bytesOf = (folder: string, as: (bytes: Buffer) => Uint8Array): number =>
    readdirSync(join(dir, folder), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.parentPath.endsWith(".p"))
      .reduce((sum, file) => sum + as(readFileSync(join(file.parentPath, file.name))).length, 0);
  const tiles = bytesOf("tile/0", (bytes) => bytes) + bytesOf("tile/1", (bytes) => bytes);
  const full = Math.floor(count / 256) * 256;
  for (const [name, as] of [
    ["raw", (bytes: Buffer) => bytes],
    ["gzip -6", (bytes: Buffer) => gzipSync(bytes, { level: 6 })],
    ["zstd -3", (bytes: Buffer) => zstdCompressSync(bytes)],
  ] as const) {
    const bundles = bytesOf("tile/entries", as);
    console.log(
      `bundles, ${name}: ${(bundles / full).toFixed(1)} bytes an entry, ${((bundles + tiles) / full).toFixed(1)} with tiles`,
    );
  }
}

const parts: Record<string, (root: string) => Promise<void>> = { merkle, encoding, logs };
const part = parts[process.argv[3] ?? ""];
if (part === undefined) {
  for (const name of Object.keys(parts)) {
    const run = spawnSync(process.execPath, [import.meta.filename, String(count), name], {
      stdio: "inherit",
    });
    if (run.status !== 0) process.exitCode = 1;
  }
} else {
  const root = mkdtempSync(join(tmpdir(), "demarc-work-"));
  try {
    await part(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
