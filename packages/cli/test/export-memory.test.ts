// An export holds one bundle at a time: a log many times larger than the memory that the command gets comes out whole.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";

const main = join(import.meta.dirname, "../src/main.ts");
const makeLog = join(import.meta.dirname, "support/make-log.ts");
const DECISIONS = 50_000;
const HEAP_MB = 64;
const source = ["--conditions=@demarc/source", "--disable-warning=ExperimentalWarning"];
const folder = mkdtempSync(join(tmpdir(), "demarc-export-"));
const state = join(folder, "state");

beforeAll(() => {
  execFileSync(process.execPath, [...source, makeLog, state, String(DECISIONS)]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exported(format: string): Promise<{ lines: number; bytes: number; code: number | null }> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      ...source,
      main,
      "audit",
      "export",
      join(state, "dns-filter"),
      "--format",
      format,
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let [lines, bytes] = [0, 0];
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  for await (const line of createInterface(child.stdout)) {
    lines += 1;
    bytes += line.length;
    if (lines === 1) JSON.parse(line);
  }
  return { lines, bytes, code: await closed };
}

test.each(["jsonl", "ocsf", "otlp"])(
  `%s of ${DECISIONS} decisions, in ${HEAP_MB} MB`,
  async (format) => {
    const { lines, bytes, code } = await exported(format);
    expect(code).toBe(0);
    expect(lines).toBeGreaterThanOrEqual(format === "otlp" ? DECISIONS / 256 : DECISIONS);
    // What came out would not have fitted.
    expect(bytes).toBeGreaterThan(HEAP_MB * 2 ** 20);
  },
  60_000,
);
