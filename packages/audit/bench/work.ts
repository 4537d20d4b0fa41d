// CPU work without waiting for a disk: Merkle tree, encoding, verification, recovery; and how large a log is. Rates are per
// CPU second, so they hold on a busy machine. `node bench/work.ts [entries]`
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { decodeEntry, encodeEntry } from "../dist/index.js";
import { directoryStorage, loadOrCreateKey, openLog, TileBuilder, verifyLog } from "../dist/node/index.js";
import { decisionOf } from "./support/sample-decision.ts";

const count = Number(process.argv[2] ?? 200_000);
const root = mkdtempSync(join(tmpdir(), "demarc-work-"));
const number = (value: number): string => Math.round(value).toLocaleString("en");

async function measured(name: string, entries: number, work: () => unknown): Promise<void> {
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${name}: ${number(entries / ((user + system) / 1e6))} entries per CPU second`);
}

try {
  for (const length of [256, 620]) {
    const entry = new Uint8Array(length).fill(120);
    const builder = new TileBuilder();
    for (let at = 0; at < 20_000; at += 1) builder.add(entry);
    builder.takeFinished();
    await measured(`Merkle tree, tiles and bundles, ${length} bytes`, count, () => {
      for (let at = 0; at < count; at += 1) {
        builder.add(entry);
        if (at % 4096 === 0) builder.takeFinished();
      }
      builder.root();
    });
  }
  const decisions = Array.from({ length: count }, (_, at) => decisionOf(at));
  const encoded: Uint8Array[] = [];
  await measured("encodeEntry of a decision, checked and canonical", count, () => {
    for (const decision of decisions) {
      const bytes = encodeEntry(decision);
      if (!bytes.ok) throw new Error(bytes.issue.message);
      encoded.push(bytes.value);
    }
  });
  await measured("decodeEntry of it", count, () => {
    for (const bytes of encoded) if (!decodeEntry(bytes).ok) throw new Error("not read");
  });
  const signer = await loadOrCreateKey(join(root, "key"), "bench.example");
  const dir = join(root, "log");
  const open = (where: string) =>
    openLog({ dir: where, origin: "bench.example", signer, checkpointIntervalMs: 0 });
  const log = await open(dir);
  // Under the 64 MiB that wait in memory, so that all of it is in the write-ahead log alone.
  const waiting = Math.min(count, 40_000);
  for (let at = 0; at < waiting; at += 1000)
    await log.appendAll(encoded.slice(at, Math.min(waiting, at + 1000)));
  const crashed = join(root, "crashed");
  cpSync(dir, crashed, { recursive: true });
  rmSync(join(crashed, "state", "lock"));
  await measured("recovery, the write-ahead log alone: read, checked", waiting, async () => {
    let seen = 0;
    const journal = await directoryStorage(crashed).openJournal(0, () => (seen += 1));
    await journal.close();
    if (seen !== waiting) throw new Error("not read");
  });
  await measured("recovery, with tiles, bundles and checkpoint written and synced", waiting, async () => {
    const again = await open(crashed);
    if (again.published.size !== waiting) throw new Error("not recovered");
    await again.close();
  });
  for (let at = waiting; at < count; at += 1000) await log.appendAll(encoded.slice(at, at + 1000));
  await log.close();
  await measured("verifyLog", count, async () => {
    if (!(await verifyLog(dir, { verifierKey: signer.verifierKey })).ok) throw new Error("does not verify");
  });

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
} finally {
  rmSync(root, { recursive: true, force: true });
}
