import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeEntry,
  formatForkEvidence,
  parseForkEvidence,
  parseVerifierKey,
  type VerifierKey,
  verifyForkEvidence,
} from "@demarc/audit";
import { checkContent, compareLogs, loadOrCreateKey, openLog, openReader } from "@demarc/audit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisionSample } from "./samples.ts";

const origin = "log.example/compare";
let root = "";
let key: VerifierKey;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-compare-"));
  const parsed = parseVerifierKey((await loadOrCreateKey(join(root, "key"), origin)).verifierKey);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  key = parsed.value;
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A log of `size` entries; the one at `other` is another one. */
async function logOf(size: number, other = -1) {
  const dir = join(root, `${size}-${other}`);
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  const log = await openLog({ dir, origin, signer, checkpointIntervalMs: 0 });
  if (log.size === 0)
    await log.appendAll(
      Array.from({ length: size }, (_, at) =>
        new TextEncoder().encode(at === other ? "other" : `entry ${at}`),
      ),
    );
  await log.close();
  return openReader(dir);
}

describe("compareLogs", () => {
  it("knows the same history, shorter and longer", async () => {
    const [small, large] = [await logOf(300), await logOf(70_000)];
    expect(await compareLogs(small, small, key)).toEqual({ relation: "same", common: 300 });
    expect(await compareLogs(small, large, key)).toEqual({
      relation: "extends",
      common: 300,
      longer: 1,
      added: 69_700,
    });
    expect(await compareLogs(large, small, key)).toMatchObject({ relation: "extends", longer: 0 });
    expect(await compareLogs(await logOf(0), small, key)).toMatchObject({
      relation: "extends",
      common: 0,
      added: 300,
    });
  });

  it.each([
    [300, 70_000, 0],
    [300, 70_000, 255],
    [300, 70_000, 299],
    [70_000, 70_001, 65_535],
    [70_000, 70_001, 69_999],
    [1, 1, 0],
    [513, 512, 511],
  ])("finds where %i and %i entries part, at %i, and proves it", async (a, b, at) => {
    const found = await compareLogs(await logOf(a), await logOf(b, at), key);
    if (found.relation !== "fork") throw new Error(found.relation);
    expect(found.common).toBe(at);
    const text = formatForkEvidence(found.evidence);
    const evidence = parseForkEvidence(text);
    if (!evidence.ok) throw new Error(evidence.issue.message);
    expect(await verifyForkEvidence(evidence.value, key)).toEqual({ ok: true, value: { index: at } });
    // One side twice proves nothing, nor does evidence that was touched.
    const [left, right] = evidence.value.sides;
    expect(await verifyForkEvidence({ ...evidence.value, sides: [left, left] }, key)).toMatchObject({
      issue: { code: "audit/evidence-invalid" },
    });
    if (a !== b) {
      const changed = { ...right, entry: left.entry };
      expect((await verifyForkEvidence({ ...evidence.value, sides: [left, changed] }, key)).ok).toBe(false);
    }
    const forged = { ...right, checkpoint: right.checkpoint.replace(/\n\d+\n/, "\n7\n") };
    expect((await verifyForkEvidence({ ...evidence.value, sides: [left, forged] }, key)).ok).toBe(false);
  });

  it("calls damage damage, not a fork", async () => {
    const [a, b] = [await logOf(700), await logOf(701)];
    const tile = join(b.directory, "tile/0/002.p/189");
    const bytes = await readFile(tile);
    bytes[40] = (bytes[40] as number) ^ 1;
    await writeFile(tile, bytes);
    await expect(compareLogs(a, b, key)).rejects.toMatchObject({ code: "audit/log-corrupt" });
  });

  it.each([
    "",
    "{}",
    "[]",
    '{"v":1,"kind":"fork"}',
    '{"v":1,"kind":"fork","origin":"x","index":0.5,"sides":[]}',
  ])("refuses `%s` as evidence", (text) =>
    expect(parseForkEvidence(text)).toMatchObject({ ok: false, issue: { code: "audit/evidence-malformed" } }),
  );
});

describe("checkContent", () => {
  const time = "2026-03-01T12:00:00.000Z";
  const decision = (seq: number) => ({ ...decisionSample, seq, run: "r", input: {} });
  const common = { v: 1, enforcer: "x", time } as const;

  async function contentOf(name: string, entries: readonly unknown[]) {
    const dir = join(root, name);
    const signer = await loadOrCreateKey(join(root, "key"), origin);
    const log = await openLog({ dir, origin, signer });
    await log.appendAll(
      entries.map((entry) => {
        if (typeof entry === "string") return new TextEncoder().encode(entry);
        const encoded = encodeEntry(entry as typeof decisionSample);
        if (!encoded.ok) throw new Error(encoded.issue.message);
        return encoded.value;
      }),
    );
    await log.close();
    return checkContent(await openReader(dir));
  }

  it("tells what is no entry, what names nothing, and numbers that are missing or twice", async () => {
    const report = await contentOf("holes", [
      "no entry",
      decision(1),
      decision(2),
      decision(2),
      decision(5),
      {
        ...common,
        type: "gap",
        from: time,
        until: time,
        count: 1,
        cause: "disk",
        run: "r",
        first: 3,
        last: 3,
        time: undefined,
      },
      { ...common, type: "heartbeat", run: "r", seq: 7 },
    ]);
    expect(report).toMatchObject({
      ok: false,
      entries: 7,
      lost: 1,
      byType: { decision: 4, gap: 1, unreadable: 1 },
    });
    const said = (code: string) =>
      report.findings.filter((each) => each.code === code).map(({ message }) => message);
    expect(said("audit/entry-invalid").length).toBe(1);
    expect(said("audit/sequence")).toEqual([
      "number 2 of run r is there twice",
      "numbers 4 to 4 of run r are missing, and no gap says so",
      "numbers 6 to 7 of run r are missing, and no gap says so",
    ]);
    expect(said("audit/activation").length).toBe(4);
    expect(said("audit/object-missing").length).toBe(1);
  });

  it("knows an instant that does not exist", async () => {
    const report = await contentOf("time", [{ ...common, type: "heartbeat", time: "2026-13-45T12:00:00Z" }]);
    expect(report.findings).toMatchObject([{ code: "audit/time", index: 0 }]);
  });
});
