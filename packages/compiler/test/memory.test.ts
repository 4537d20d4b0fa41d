// What a compilation takes of memory, in a process of its own that compiled before: the rest is the engine's, for its code.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const COUNT = 1_000_000;
// It is 1.3 to 1.8 times; when every array grew by copies and every line was a text, it was 6.5.
const MOST_TIMES = 2.5;

test(`${COUNT} names take ${MOST_TIMES} times their image at most, that included`, () => {
  const printed = execFileSync(
    process.execPath,
    [
      "--conditions=@demarc/source",
      "--disable-warning=ExperimentalWarning",
      join(import.meta.dirname, "support/memory-process.ts"),
      String(COUNT),
    ],
    { encoding: "utf8" },
  );
  expect(Number(printed)).toBeGreaterThan(1);
  expect(Number(printed)).toBeLessThan(MOST_TIMES);
}, 120_000);
