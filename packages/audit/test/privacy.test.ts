import { createHmac } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  agreesWithRelease,
  CellCounter,
  clientPseudonym,
  type DecisionEntry,
  decodeEntry,
  type Entry,
  encodeEntry,
  epochCommitment,
  hmacSha256,
  parseVerifierKey,
  verifyOpening,
  verifyTlogProof,
} from "@demarc/audit";
import {
  type AuditKey,
  checkContent,
  discreteLaplace,
  loadOrCreateKey,
  makeRelease,
  openLog,
  openReader,
  PrivacyStore,
  verifyLog,
} from "@demarc/audit/node";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decisionSample } from "./samples.ts";

const origin = "log.example/privacy";
const AT = Date.parse("2026-03-01T12:00:00Z");
let root = "";
let signer: AuditKey;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-privacy-"));
  signer = await loadOrCreateKey(join(root, "key"), origin);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const client = (last: number): Uint8Array => Uint8Array.of(198, 51, 100, last);
const secret = (at: number): string => `secret-${at}.sealed.example`;

describe("keyed forms", () => {
  it("has the HMAC of RFC 4231 and of another implementation", () => {
    const jefe = hmacSha256(Buffer.from("Jefe"), Buffer.from("what do ya want for nothing?"));
    expect(Buffer.from(jefe).toString("hex")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
        const other = createHmac("sha256", key).update(message).digest();
        expect(Buffer.compare(other, hmacSha256(key, message))).toBe(0);
      }),
    );
  });

  it("names one client once in an epoch, and otherwise in another", () => {
    const [a, b] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(clientPseudonym(a, client(1))).toBe(clientPseudonym(a, client(1)));
    expect(
      new Set([a, b].flatMap((key) => [1, 2].map((last) => clientPseudonym(key, client(last))))).size,
    ).toBe(4);
    expect(clientPseudonym(a, client(1))).toMatch(/^[0-9a-f]{32}$/);
  });
});

/** A log whose decisions have pseudonyms and sealed names, of two epochs. */
async function sealedLog(store: PrivacyStore) {
  const dir = join(root, "log");
  const log = await openLog({ dir, origin, signer, checkpointIntervalMs: 0 });
  const common = { v: 1, type: "epoch", enforcer: "dns.operator.example" } as const;
  const entries: DecisionEntry[] = [];
  for (let at = 0; at < 40; at += 1) {
    const now = AT + (at < 20 ? 0 : 86_400_000);
    const time = new Date(now).toISOString();
    const begun = await store.begin(now);
    if (begun !== null) await log.append({ ...common, time, ...begun });
    const entry: DecisionEntry = {
      ...decisionSample,
      id: `d-${at}`,
      seq: at + 1,
      time,
      client: store.pseudonym(now, client(at % 5)),
      input: { sealed: [store.seal(now, "name", secret(at))] },
    };
    entries.push(entry);
  }
  await store.sync();
  const first = log.size;
  for (const entry of entries) await log.append(entry);
  const proofs = await Promise.all(entries.map((_, at) => log.prove(first + at)));
  await log.close();
  return { dir, entries, proofs };
}

describe("erasure", () => {
  it("opens what is sealed; destroying an opening or a key ends that, and leaves every proof valid", async () => {
    const private_ = join(root, "private");
    const store = await PrivacyStore.open(private_);
    const { dir, entries, proofs } = await sealedLog(store);
    const sealedAt = (at: number) =>
      (entries[at] as DecisionEntry).input.sealed?.[0] ?? expect.fail("not sealed");
    const allHold = async () => {
      const key = parseVerifierKey(signer.verifierKey);
      if (!key.ok) throw new Error(key.issue.message);
      for (const [at, entry] of entries.entries()) {
        const bytes = encodeEntry(entry);
        if (!bytes.ok) throw new Error(bytes.issue.message);
        expect((await verifyTlogProof(proofs[at] as string, bytes.value, key.value)).ok).toBe(true);
      }
      expect(await verifyLog(dir, { verifierKey: signer.verifierKey })).toMatchObject({
        ok: true,
        findings: [],
      });
    };
    await allHold();
    for (const at of [0, 7, 39]) {
      const opening = await store.opening(sealedAt(at));
      expect(opening?.value).toBe(secret(at));
      expect(opening !== null && verifyOpening(sealedAt(at).commitment, opening)).toBe(true);
      expect(
        opening !== null && verifyOpening(sealedAt(at + 1 - (at === 39 ? 2 : 0)).commitment, opening),
      ).toBe(false);
    }
    expect(new Set(entries.map((entry) => entry.client?.pseudonym)).size).toBe(10);

    expect(await store.forget(sealedAt(7))).toBe(true);
    expect(await store.forget(sealedAt(7))).toBe(false);
    expect(await store.opening(sealedAt(7))).toBeNull();
    expect((await store.opening(sealedAt(8)))?.value).toBe(secret(8));

    expect(store.epochs).toEqual(["2026-03-01", "2026-03-02"]);
    const key = Buffer.from((await readFile(join(private_, "epoch-2026-03-01.key"), "utf8")).trim(), "hex");
    expect(await store.destroy("2026-03-01")).toEqual({
      epoch: "2026-03-01",
      state: "destroyed",
      commitment: epochCommitment(key),
    });
    expect(await store.opening(sealedAt(8))).toBeNull();
    expect((await store.opening(sealedAt(30)))?.value).toBe(secret(30));
    expect(() => store.pseudonym(AT, client(1))).toThrow(/not begun/);
    await expect(store.begin(AT)).rejects.toMatchObject({ code: "audit/epoch-destroyed" });
    const left = await readdir(private_);
    expect(left.filter((name) => name.includes("2026-03-01"))).toEqual(["epoch-2026-03-01.destroyed"]);
    for (const name of left)
      expect((await readFile(join(private_, name))).includes(key.toString("hex"))).toBe(false);
    await allHold();

    const again = await PrivacyStore.open(private_);
    expect(again.epochs).toEqual(["2026-03-02"]);
    expect((await again.opening(sealedAt(30)))?.value).toBe(secret(30));
    await expect(again.begin(AT)).rejects.toMatchObject({ code: "audit/epoch-destroyed" });
  });

  it("taint: no address and no sealed name is in any public byte, in no usual form", async () => {
    const store = await PrivacyStore.open(join(root, "private"));
    const { dir } = await sealedLog(store);
    const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    const all = Buffer.concat(
      await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))),
    );
    expect(all.includes("dns.operator.example")).toBe(true);
    for (let last = 0; last < 5; last += 1) {
      const address = Buffer.from(client(last));
      for (const form of [`198.51.100.${last}`, address, address.toString("hex"), address.toString("base64")])
        expect(all.includes(form)).toBe(false);
    }
    expect(all.includes("sealed.example")).toBe(false);
    // Openings are encrypted: the private files do not say the names either.
    for (const name of await readdir(join(root, "private")))
      expect((await readFile(join(root, "private", name))).includes("sealed.example")).toBe(false);
  });
});

describe("releases", () => {
  const decision = (at: number, rule: string, territory: string): DecisionEntry => ({
    ...decisionSample,
    id: `d-${at}`,
    seq: at + 1,
    time: new Date(AT + at * 1000).toISOString(),
    places: [{ connector: "subject-location", territory, confidence: 1 }],
    decision: { ...decisionSample.decision, rule },
  });

  it("names checkpoint, threshold and noise, leaves small cells out, and can be counted again", async () => {
    const dir = join(root, "log");
    const log = await openLog({ dir, origin, signer, checkpointIntervalMs: 0 });
    const shape = [
      ["a", "DE", 30],
      ["a", "FR", 19],
      ["b", "DE", 20],
      ["c", "AT", 1],
    ] as const;
    let at = 0;
    for (const [rule, territory, count] of shape)
      for (let each = 0; each < count; each += 1, at += 1) await log.append(decision(at, rule, territory));
    await log.checkpoint();
    const request = {
      id: "r-1",
      enforcer: "dns.operator.example",
      time: new Date(AT).toISOString(),
      from: "2026-03-01T12:00:00Z",
      until: "2026-03-02T00:00:00Z",
      dimensions: ["rule", "territory"],
      threshold: 20,
      noise: { mechanism: "none" },
    } as const;
    const reader = await openReader(dir);
    const release = await makeRelease(reader, request);
    expect(release).toMatchObject({
      checkpoint: { origin, size: 70, root: Buffer.from(log.published.root).toString("hex") },
      threshold: 20,
      noise: { mechanism: "none" },
      suppressed: 2,
      cells: [
        { key: ["a", "DE"], value: 30 },
        { key: ["b", "DE"], value: 20 },
      ],
    });
    const noisy = await makeRelease(reader, {
      ...request,
      id: "r-2",
      noise: { mechanism: "discrete-laplace", epsilon: 1, sensitivity: 4 },
    });
    for (const entry of [release, noisy])
      expect(await log.append(entry)).toMatchObject({ index: expect.any(Number) });
    // From an index before which nothing of the window is, the same; where the numbers do not fit, fewer of them.
    expect(await makeRelease(reader, { ...request, firstIndex: 0 })).toEqual(release);
    expect((await makeRelease(reader, { ...request, firstIndex: 30 })).cells.length).toBe(1);
    await log.append({ ...release, id: "lie", cells: [{ key: ["a", "DE"], value: 31 }] });
    await log.append({ ...release, id: "other tree", checkpoint: { ...release.checkpoint, size: 69 } });
    await log.append({ ...release, id: "later", checkpoint: { ...release.checkpoint, size: 1000 } });
    await log.close();
    const { findings } = await checkContent(reader);
    expect(findings.filter(({ code }) => code === "audit/release").map(({ message }) => message)).toEqual([
      "release other tree names a tree of 69 entries with another root than this log's",
      "release later names a tree of 1000 entries, which did not exist yet",
      "release lie says other numbers than the decisions of its window",
      "release other tree says other numbers than the decisions of its window",
    ]);
    const counter = new CellCounter(request);
    const decoded: Entry[] = [];
    for await (const { bytes } of reader.entries(0, release.checkpoint.size)) {
      const entry = decodeEntry(bytes);
      if (entry.ok) decoded.push(entry.value);
    }
    for (const entry of decoded) counter.add(entry);
    expect(agreesWithRelease(release, counter.cells())).toBe(true);
    expect(agreesWithRelease(noisy, counter.cells())).toBe(true);
    const lie = {
      ...release,
      cells: release.cells.map((cell, index) => (index === 0 ? { ...cell, value: 31 } : cell)),
    };
    expect(agreesWithRelease(lie, counter.cells())).toBe(false);
  });

  it("raises the threshold as far as the numbers must be fewer to fit one entry", async () => {
    const dir = join(root, "log");
    const log = await openLog({ dir, origin, signer, checkpointIntervalMs: 0 });
    const entries: Uint8Array[] = [];
    for (let at = 0; at < 3000; at += 1)
      for (let each = 0; each <= at % 3; each += 1) {
        const bytes = encodeEntry(decision(at, `rule-${at}`, "DE"));
        if (bytes.ok) entries.push(bytes.value);
      }
    await log.appendAll(entries);
    await log.checkpoint();
    const release = await makeRelease(await openReader(dir), {
      id: "many",
      enforcer: "dns.operator.example",
      time: new Date(AT).toISOString(),
      from: "2026-03-01T12:00:00Z",
      until: "2026-03-02T00:00:00Z",
      dimensions: ["rule"],
      threshold: 1,
      noise: { mechanism: "none" },
    });
    expect(release).toMatchObject({ threshold: 2, suppressed: 1000 });
    expect(release.cells.length).toBe(2000);
    await log.append(release);
    await log.close();
    expect(
      (await checkContent(await openReader(dir))).findings.filter(({ code }) => code === "audit/release"),
    ).toEqual([]);
  });

  it("counts what the window holds, both ends and decimals as they should be", () => {
    const counter = new CellCounter({
      dimensions: ["rule"],
      from: "2026-03-01T12:00:00Z",
      until: "2026-03-01T12:00:02Z",
    });
    for (const time of [
      "2026-03-01T11:59:59.999Z",
      "2026-03-01T12:00:00Z",
      "2026-03-01T12:00:01.999Z",
      "2026-03-01T12:00:02Z",
      "2026-03-01T12:00:02.000Z",
    ])
      counter.add({ ...decisionSample, time });
    expect(counter.cells()).toEqual([{ key: ["order-1"], value: 2 }]);
  });

  it("draws the discrete Laplace distribution", () => {
    for (const [epsilon, sensitivity] of [
      [1, 1],
      [0.5, 2],
    ] as const) {
      const draws = 20_000;
      const counts = new Map<number, number>();
      for (let at = 0; at < draws; at += 1) {
        const value = discreteLaplace(epsilon, sensitivity);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const ratio = Math.exp(-epsilon / sensitivity);
      const probability = (value: number) => ((1 - ratio) / (1 + ratio)) * ratio ** Math.abs(value);
      for (let value = -3; value <= 3; value += 1) {
        const expected = draws * probability(value);
        // Six standard deviations: one false alarm in a hundred million runs.
        expect(Math.abs((counts.get(value) ?? 0) - expected), `${value}`).toBeLessThan(
          6 * Math.sqrt(expected),
        );
      }
    }
  });
});
