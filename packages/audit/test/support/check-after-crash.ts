// What must hold of a log after anything: asked after every kill, fault and flipped bit.
import {
  type Checkpoint,
  consistencyProof,
  parseVerifierKey,
  verifyCheckpoint,
  verifyConsistency,
} from "@demarc/audit";
import { type AuditKey, type AuditLog, openLog, openReader, verifyLog } from "@demarc/audit/node";

/** What is known of a log from outside: entries that were acknowledged, by index, and the newest checkpoint seen. */
export interface Known {
  readonly acknowledged: Map<number, string>;
  newest: Pick<Checkpoint, "size" | "root"> | null;
}

function assert(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Takes `ack <index> <mark>` lines into what is known; an index that was acknowledged before is a fault. */
export function takeAcknowledged(known: Known, output: string): number {
  let count = 0;
  for (const [, index, mark] of output.matchAll(/^ack ([0-9]+) (\S+)\n/gm)) {
    assert(!known.acknowledged.has(Number(index)), `index ${index} was given out twice`);
    known.acknowledged.set(Number(index), mark ?? "");
    count += 1;
  }
  return count;
}

async function extendsNewest(
  dir: string,
  known: Known,
  now: Pick<Checkpoint, "size" | "root">,
): Promise<void> {
  const { newest } = known;
  known.newest = now;
  if (newest === null || newest.size === 0) return;
  assert(now.size >= newest.size, `the checkpoint shrank from ${newest.size} to ${now.size}`);
  const proof = await consistencyProof(newest.size, now.size, (await openReader(dir)).nodes(now.size));
  const claim = { oldSize: newest.size, oldRoot: newest.root, newSize: now.size, newRoot: now.root };
  assert(
    proof.ok && verifyConsistency(claim, proof.value),
    `fork: ${now.size} does not extend ${newest.size}`,
  );
}

/**
 * Opens the log again and checks it: the public checkpoint is signed and extends the newest one known, the one after
 * opening extends that, every acknowledged entry is at its index, and the whole log verifies.
 */
export async function checkAfterCrash(dir: string, signer: AuditKey, known: Known): Promise<AuditLog> {
  const key = parseVerifierKey(signer.verifierKey);
  assert(key.ok, "the key is malformed");
  const reader = await openReader(dir).catch(() => null);
  if (reader !== null) {
    const { text } = await reader.checkpoint();
    const left = await verifyCheckpoint(text, key.value);
    assert(left.ok, "the checkpoint that was left is not signed");
    await extendsNewest(dir, known, left.value.checkpoint);
  }
  const log = await openLog({ dir, origin: signer.name, signer, checkpointIntervalMs: 0 });
  const { published } = log;
  await extendsNewest(dir, known, published);
  let seen = 0;
  for await (const { index, bytes } of (await openReader(dir)).entries(0, published.size)) {
    const mark = known.acknowledged.get(index);
    if (mark === undefined) continue;
    seen += 1;
    assert(Buffer.from(bytes).toString().startsWith(`${mark}x`), `entry ${index} is another one`);
  }
  assert(seen === known.acknowledged.size, `${known.acknowledged.size - seen} acknowledged entries are gone`);
  const report = await verifyLog(dir, { verifierKey: signer.verifierKey });
  assert(report.ok, `the log does not verify: ${JSON.stringify(report.findings)}`);
  return log;
}
