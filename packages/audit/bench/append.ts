// Durable appends per second at 1, 64 and 1024 appenders, beside node:sqlite (WAL, synchronous=FULL) in the same run.
// Every acknowledged entry is on disk on both sides; SQLite gets one transaction per group of the same size, as it
// has one writer. Run after a build: `node bench/append.ts [directory] [seconds]`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { loadOrCreateKey, openLog, verifyLog } from "../dist/node/index.js";

const where = process.argv[2] ?? tmpdir();
const seconds = Number(process.argv[3] ?? 3);
const entry = new Uint8Array(620).fill(120);
const root = mkdtempSync(join(where, "demarc-bench-"));
const percent = (values: number[], part: number): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2);
};

async function benchLog(appenders: number): Promise<void> {
  const key = await loadOrCreateKey(join(root, "key"), "bench.example");
  const directory = join(root, `log-${appenders}`);
  const log = await openLog({ dir: directory, origin: "bench.example", signer: key });
  const waits: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const appender = async (): Promise<void> => {
    while (performance.now() < end) {
      const asked = performance.now();
      await log.appendAll([entry]);
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: appenders }, appender));
  const took = (performance.now() - start) / 1000;
  const { size } = log;
  const closing = performance.now();
  await log.close();
  const published = (performance.now() - closing) / 1000;
  const rate = Math.round(size / took).toLocaleString("en");
  const whole = Math.round(size / (took + published)).toLocaleString("en");
  const waited = `p50 ${percent(waits, 0.5)} ms, p99 ${percent(waits, 0.99)} ms`;
  console.log(
    `log     ${appenders} appenders: ${rate} entries/s (${waited}); ${whole} with the last checkpoint`,
  );
  if (appenders > 64) {
    const verifying = performance.now();
    const report = await verifyLog(directory, { verifierKey: key.verifierKey });
    const speed = Math.round(report.checkedEntries / ((performance.now() - verifying) / 1000)).toLocaleString(
      "en",
    );
    console.log(`        verifyLog: ${report.ok ? "ok" : "BAD"}, ${speed} entries/s`);
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
  const rate = Math.round(count / ((performance.now() - start) / 1000)).toLocaleString("en");
  console.log(`sqlite  ${group} a transaction: ${rate} entries/s (no tree, no signature)`);
  database.close();
}

try {
  for (const appenders of [1, 64, 1024]) {
    await benchLog(appenders);
    benchSqlite(appenders);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
