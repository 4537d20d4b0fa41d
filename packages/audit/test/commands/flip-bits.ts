// `node test/commands/flip-bits.ts`: every bit of the write-ahead log flipped in turn, and the log cut at every byte. Each
// flipped bit must be refused, each cut must open to the whole frames before it, or be refused below the signed size.
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditError, loadOrCreateKey, openLog } from "@demarc/audit/node";

const root = await mkdtemp(join(tmpdir(), "demarc-bits-"));
try {
  const signer = await loadOrCreateKey(join(root, "key"), "log.example/bits");
  const base = join(root, "base");
  const dir = join(root, "log");
  const open = (where: string) =>
    openLog({ dir: where, origin: signer.name, signer, checkpointIntervalMs: 0 });
  const log = await open(base);
  await log.append(Buffer.from("published"));
  await log.checkpoint();
  for (let frame = 0; frame < 3; frame += 1)
    await log.appendAll([Buffer.from(`frame ${frame} a`), Buffer.from(`frame ${frame} b`)]);
  // As a kill leaves it: three frames that no checkpoint covers.
  await cp(base, dir, { recursive: true });
  await log.close();
  await rm(join(dir, "state", "lock"));
  const [name = ""] = (await readdir(join(dir, "state"))).filter((file) => file.startsWith("wal-"));
  const wal = await readFile(join(dir, "state", name));
  const copy = join(root, "copy");
  await cp(dir, copy, { recursive: true });
  const path = join(dir, "state", name);
  const refusal = async (): Promise<string> => {
    try {
      const opened = await open(dir);
      const { size } = opened;
      await opened.close();
      return `opened to ${size}`;
    } catch (error) {
      return (error as AuditError).code;
    }
  };
  for (let bit = 0; bit < wal.length * 8; bit += 1) {
    const changed = Buffer.from(wal);
    const at = Math.floor(bit / 8);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << (bit % 8)), at);
    await writeFile(path, changed);
    const said = await refusal();
    if (said !== "audit/log-corrupt") throw new Error(`bit ${bit % 8} of byte ${at}: ${said}`);
  }
  console.log(`${wal.length * 8} flipped bits: all refused with audit/log-corrupt`);
  const outcomes = new Map<string, number>();
  for (let cut = 0; cut <= wal.length; cut += 1) {
    await rm(dir, { recursive: true });
    await cp(copy, dir, { recursive: true });
    await truncate(path, cut);
    const said = await refusal();
    outcomes.set(said, (outcomes.get(said) ?? 0) + 1);
  }
  console.log(
    `${wal.length + 1} cuts: ${[...outcomes].map(([said, count]) => `${count} ${said}`).join(", ")}`,
  );
} finally {
  await rm(root, { recursive: true, force: true });
}
