import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { link, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AuditError, systemCode } from "./audit-error.ts";
import type { Lease } from "./storage.ts";

// Node has no flock. The lock is a file made by `link`, which fails when the name exists, and holds who has it:
// process id, and the start time of that process where the system tells it, because ids are used again.

interface Holder {
  readonly pid: number;
  /** Boot id and start tick of the process on Linux, else an empty text. */
  readonly started: string;
  readonly token: string;
}

const heldHere = new Set<string>();

async function startOf(pid: number): Promise<string> {
  try {
    const [boot, stat] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The command name, in parentheses, may hold spaces; the start tick is the 20th field after it.
    return `${boot.trim()}/${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

/** Which file has this name: its number and the instant of its last change; null where there is none. */
function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}/${found.ino}/${found.ctimeNs}`;
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const { pid, started, token } = value as Partial<Record<keyof Holder, unknown>>;
    if (typeof pid !== "number" || typeof started !== "string" || typeof token !== "string") return null;
    return { pid, started, token };
  } catch {
    return null;
  }
}

async function isAlive(text: string): Promise<boolean> {
  const holder = parseHolder(text);
  // The file is linked only once it is written, so an unreadable one was left by a crash of the machine.
  if (holder === null) return false;
  if (heldHere.has(holder.token)) return true;
  if (!isRunning(holder.pid)) return false;
  const started = await startOf(holder.pid);
  if (started !== "" && holder.started !== "") return started === holder.started;
  return holder.pid !== process.pid;
}

function locked(path: string, text: string): AuditError {
  const pid = parseHolder(text)?.pid;
  return new AuditError("audit/locked", `the log is in use by process ${pid ?? "unknown"}`, {
    help: `a log has one writer: stop the other one, or give this one a directory of its own (${path})`,
  });
}

/** Moves a dead holder's lock away; puts it back when it turns out to be another one by now. */
async function removeStale(path: string, text: string): Promise<void> {
  const aside = `${path}.stale-${randomBytes(6).toString("hex")}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const moved = await readFile(aside, "utf8");
  if (moved !== text) await link(aside, path).catch(() => undefined);
  await unlink(aside);
  if (moved !== text) throw locked(path, moved);
}

/**
 * Takes the writer's lock of a log. Whoever breaks a lock reads the journal after that; whoever held it asks
 * `isHeld` after every sync, before anything is acknowledged: so an entry is acknowledged by one of them, or by none.
 *
 * Errors: `audit/locked` when a living process has it.
 */
export async function takeLock(stateDirectory: string): Promise<Lease> {
  const path = join(stateDirectory, "lock");
  const token = randomBytes(12).toString("hex");
  const mine = `${path}.new-${token}`;
  const holder: Holder = { pid: process.pid, started: await startOf(process.pid), token };
  await writeFile(mine, `${JSON.stringify(holder)}\n`);
  heldHere.add(token);
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await link(mine, path);
        break;
      } catch (error) {
        if (systemCode(error) !== "EEXIST") throw error;
      }
      const text = await readFile(path, "utf8").catch((): null => null);
      if (text === null) continue;
      if (attempt >= 5 || (await isAlive(text))) throw locked(path, text);
      await removeStale(path, text);
    }
  } catch (error) {
    heldHere.delete(token);
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
  // Whoever takes the lock over puts another file in its place; asking for that is cheaper than reading it.
  const own = identityOf(path);
  return {
    isHeld: () => own !== null && identityOf(path) === own,
    release: async () => {
      const text = await readFile(path, "utf8").catch(() => "");
      if (parseHolder(text)?.token === token) await rm(path, { force: true });
      heldHere.delete(token);
    },
  };
}
