// Durable appends per second, in one run beside SQLite (node:sqlite, WAL, synchronous=FULL) and PostgreSQL 15 (where its
// programs are installed). Every acknowledged entry is on disk everywhere; only this log has a tree and signatures too.
// `node bench/durable.ts [directory] [seconds]`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { loadOrCreateKey, openLog, verifyLog } from "../dist/node/index.js";
import { benchPostgres } from "./support/postgres.ts";

const where = process.argv[2] ?? tmpdir();
const seconds = Number(process.argv[3] ?? 3);
const entry = new Uint8Array(620).fill(120);
const root = mkdtempSync(join(where, "demarc-bench-"));
const percent = (values: number[], part: number): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
};
const number = (value: number): string => Math.round(value).toLocaleString("en");

async function benchLog(appenders: number): Promise<void> {
  const signer = await loadOrCreateKey(join(root, "key"), "bench.example");
  const dir = join(root, `log-${appenders}`);
  const log = await openLog({ dir, origin: "bench.example", signer });
  const waits: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;
  const appender = async (): Promise<void> => {
    while (performance.now() < end) {
      const asked = performance.now();
      await log.append(entry);
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: appenders }, appender));
  const took = (performance.now() - start) / 1000;
  const { size } = log;
  const closing = performance.now();
  await log.close();
  const last = (performance.now() - closing) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `log       ${appenders} appenders: ${number(size / took)} entries/s (p50 ${percent(waits, 0.5)} ms, p99 ${percent(waits, 0.99)} ms), ${number(size / (took + last))} with the last checkpoint, ${number(size / ((user + system) / 1e6))} per CPU second`,
  );
  if (appenders > 64) {
    const report = await verifyLog(dir, { verifierKey: signer.verifierKey });
    if (!report.ok || report.size !== size) throw new Error("the log does not verify");
  }
}

function benchSqlite(group: number): void {
  const database = new DatabaseSync(join(root, `sqlite-${group}.db`));
  database.exec(
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE log (id INTEGER PRIMARY KEY, entry BLOB)",
  );
  const insert = database.prepare("INSERT INTO log (entry) VALUES (?)");
  const start = performance.now();
  let count = 0;
  while (performance.now() < start + seconds * 1000) {
    database.exec("BEGIN");
    for (let at = 0; at < group; at += 1) insert.run(entry);
    database.exec("COMMIT");
    count += group;
  }
  const rate = number(count / ((performance.now() - start) / 1000));
  console.log(`sqlite    ${group} a transaction: ${rate} entries/s`);
  database.close();
}

try {
  for (const appenders of [1, 16, 1024]) {
    await benchLog(appenders);
    benchSqlite(appenders);
  }
  await benchPostgres(root, entry, seconds);
  console.log(
    "webtessera: not on the registry that this was written with; its own page says 6,600 entries/s in memory",
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
