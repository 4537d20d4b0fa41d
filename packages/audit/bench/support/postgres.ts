// PostgreSQL in a directory of its own, on a Unix socket, with the settings that it comes with (fsync on).
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const BIN = "/usr/lib/postgresql/15/bin";

interface Client {
  connect: () => Promise<void>;
  query: (text: string, values?: readonly unknown[]) => Promise<unknown>;
  end: () => Promise<void>;
}

/** PostgreSQL does not run as root; the Debian package makes a user for it. */
function owner(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const idOf = (flag: string): number =>
    Number(spawnSync("id", [flag, "postgres"]).stdout.toString().trim() || Number.NaN);
  const user = { uid: idOf("-u"), gid: idOf("-g") };
  return Number.isInteger(user.uid) && Number.isInteger(user.gid) ? user : null;
}

/** Measures one row a commit at 1 and 16 connections, and arrays of 256 and 1,024 rows a commit. */
export async function benchPostgres(root: string, entry: Uint8Array, seconds: number): Promise<void> {
  const user = owner();
  if (!existsSync(join(BIN, "initdb")) || user === null) {
    console.log("postgres  not installed (Debian package postgresql-15); left out");
    return;
  }
  const require = createRequire(join(import.meta.dirname, "..", "peers", "package.json"));
  const { Client } = require("pg") as { Client: new (options: object) => Client };
  const home = join(root, "postgres");
  mkdirSync(home);
  chownSync(root, user.uid, user.gid);
  chownSync(home, user.uid, user.gid);
  const data = join(home, "data");
  const made = spawnSync(join(BIN, "initdb"), ["-D", data, "-U", "bench", "--auth=trust", "-E", "UTF8"], {
    ...user,
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr.toString()}`);
  const server = spawn(join(BIN, "postgres"), ["-D", data, "-k", home, "-c", "listen_addresses="], {
    ...user,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const open = async (): Promise<Client> => {
    for (let attempt = 0; ; attempt += 1) {
      const client = new Client({ host: home, user: "bench", database: "postgres" });
      try {
        await client.connect();
        return client;
      } catch (error) {
        if (attempt > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  try {
    const first = await open();
    await first.query("CREATE TABLE log (id bigserial PRIMARY KEY, entry bytea)");
    const value = Buffer.from(entry);
    for (const [connections, rows] of [
      [1, 1],
      [16, 1],
      [1, 256],
      [4, 1024],
    ] as const) {
      const clients = await Promise.all(Array.from({ length: connections }, open));
      const values = Array.from({ length: rows }, () => value);
      let count = 0;
      const start = performance.now();
      await Promise.all(
        clients.map(async (client) => {
          while (performance.now() < start + seconds * 1000) {
            if (rows === 1) await client.query("INSERT INTO log (entry) VALUES ($1)", [value]);
            else await client.query("INSERT INTO log (entry) SELECT unnest($1::bytea[])", [values]);
            count += rows;
          }
        }),
      );
      const rate = Math.round(count / ((performance.now() - start) / 1000)).toLocaleString("en");
      console.log(`postgres  ${connections} connections, ${rows} a commit: ${rate} entries/s`);
      await Promise.all(clients.map((client) => client.end()));
    }
    await first.end();
  } finally {
    server.kill("SIGINT");
    await ended;
  }
}
