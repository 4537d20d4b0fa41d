// `node test/commands/kill.ts [rounds]`: kill -9 at a random instant, 200 times by default, and what must hold after each.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killRounds } from "../support/kill-rounds.ts";

const rounds = Number(process.argv[2] ?? 200);
const root = await mkdtemp(join(tmpdir(), "demarc-kill-"));
const started = performance.now();
try {
  const { acknowledged, newest } = await killRounds(root, rounds, (round, known) => {
    if (round % 20 === 0)
      console.log(`round ${round}: ${known.acknowledged.size} entries acknowledged, all there`);
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${rounds} rounds in ${seconds} s: ${acknowledged.size} entries acknowledged, none lost, no index twice, no fork, no smaller checkpoint; size ${newest?.size}`,
  );
} finally {
  await rm(root, { recursive: true, force: true });
}
