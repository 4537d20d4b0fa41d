// `node test/commands/faults.ts`: EIO, ENOSPC and kill at every write, sync, rename, link, unlink and mkdir of a writer in
// turn, by strace (Linux), and what must hold after each.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FAULTS, type Fault, FaultRig } from "../support/faults.ts";

const root = await mkdtemp(join(tmpdir(), "demarc-faults-"));
let points = 0;
try {
  const rig = await FaultRig.make(root);
  for (const [call, count] of await rig.count()) {
    const seen = { failed: 0, killed: 0, survived: 0 };
    for (let number = 1; number <= count; number += 1) {
      for (const fault of Object.keys(FAULTS) as Fault[]) {
        try {
          seen[await rig.inject(call, fault, number)] += 1;
        } catch (cause) {
          throw new Error(`${fault} at ${call} ${number} of ${count}`, { cause });
        }
        points += 1;
      }
    }
    console.log(
      `${call}: ${count} calls, each with ${Object.keys(FAULTS).join(", ")}: the writer failed ${seen.failed}, was killed ${seen.killed}, went on ${seen.survived} times`,
    );
  }
  console.log(`${points} faults: no acknowledged entry lost, no index twice, no fork, no smaller checkpoint`);
} finally {
  await rm(root, { recursive: true, force: true });
}
