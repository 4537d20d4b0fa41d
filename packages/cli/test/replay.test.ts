// Replay of a whole (simulated) day from a copy of the public files alone, and every way in which it can fail to follow.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeEntry, type Entry, encodeEntry } from "@demarc/audit";
import { loadOrCreateKey, openLog, openReader } from "@demarc/audit/node";
import { loadedEngine, loadedTerritories, objectDigest } from "@demarc/runtime";
import { Effect } from "effect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReplayOptions, replayLog } from "../src/replay/replay-log.ts";

const DECISIONS = 2000;
let root = "";
/** The public files of the day's log, without state, key and site. */
let day = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "demarc-replay-"));
  const script = join(import.meta.dirname, "support", "make-log.ts");
  const made = spawnSync(process.execPath, ["--conditions=@demarc/source", script, root, String(DECISIONS)], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  if (made.status !== 0) throw new Error(made.stderr);
  day = join(root, "public");
  mkdirSync(day);
  for (const part of ["checkpoint", "tile", "objects"])
    cpSync(join(root, "dns-filter", "log", part), join(day, part), { recursive: true });
  rmSync(join(root, "dns-filter"), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const replay = async (dir: string, options: Partial<ReplayOptions> = {}) => {
  const reader = await openReader(dir);
  const defaults = {
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    spare: null,
    runEngine: false,
    onProgress: () => undefined,
  };
  return Effect.runPromise(Effect.scoped(replayLog(reader, { ...defaults, ...options })));
};

const copy = (name: string): string => {
  const dir = join(root, name);
  cpSync(day, dir, { recursive: true });
  return dir;
};

/** Changes one byte of an object and gives the copy. */
function flipped(name: string, digest: string, byte: number): string {
  const dir = copy(name);
  const file = join(dir, "objects", "sha256", digest);
  const bytes = readFileSync(file);
  bytes[byte] = (bytes[byte] as number) ^ 1;
  writeFileSync(file, bytes);
  return dir;
}

async function entriesOf(dir: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const { bytes } of (await openReader(dir)).entries(0, Number.MAX_SAFE_INTEGER)) {
    const decoded = decodeEntry(bytes);
    if (decoded.ok) entries.push(decoded.value);
  }
  return entries;
}

/** The day's log with changed entries, signed anew: what an operator could write who does not tell the truth. */
async function rewritten(
  name: string,
  change: (entry: Entry, index: number) => Entry,
  objects: Uint8Array[] = [],
) {
  const entries = await entriesOf(day);
  const dir = copy(name);
  rmSync(join(dir, "checkpoint"));
  rmSync(join(dir, "tile"), { recursive: true });
  const signer = await loadOrCreateKey(join(root, `${name}-key`), "demarc.example/other");
  const log = await openLog({ dir, origin: signer.name, signer });
  await log.appendAll(
    entries.map((entry, index) => {
      const encoded = encodeEntry(change(entry, index));
      if (!encoded.ok) throw new Error(encoded.issue.message);
      return encoded.value;
    }),
  );
  for (const bytes of objects) await log.putObject(bytes);
  await log.close();
  return dir;
}

/** The engine with one file changed: its manifest's digest and all its objects. */
function otherEngine(path: string, change: (text: string) => string) {
  const { files, objects } = loadedEngine();
  const manifest = JSON.parse(new TextDecoder().decode(objects[0])) as {
    files: { path: string; sha256: string; bytes: number }[];
  };
  const changed = new TextEncoder().encode(change(new TextDecoder().decode(files.get(path)?.bytes)));
  const listed = manifest.files.map((file) =>
    file.path === path ? { ...file, sha256: objectDigest(changed), bytes: changed.length } : file,
  );
  const bytes = new TextEncoder().encode(JSON.stringify({ ...manifest, files: listed }));
  return { digest: objectDigest(bytes), objects: [bytes, changed] };
}

const withEngine =
  (digest: string) =>
  (entry: Entry): Entry =>
    entry.type === "decision" ? { ...entry, engine: { ...entry.engine, digest } } : entry;

const firstDecision = async () => {
  const entries = await entriesOf(day);
  const index = entries.findIndex((entry) => entry.type === "decision");
  const entry = entries[index];
  if (entry?.type !== "decision") throw new Error("no decision");
  return { index, entry, entries };
};

describe("replayLog", () => {
  it("makes every decision of the day again, from the public files alone", async () => {
    const report = await replay(day);
    const { entries } = await firstDecision();
    const listed = entries.filter((entry) => entry.type === "decision");
    expect(listed.filter(({ decision }) => decision.verdict === "refuse").length).toBeGreaterThan(
      DECISIONS / 2,
    );
    expect(new Set(listed.map(({ decision }) => decision.rule)).size).toBeGreaterThan(2);
    expect(report).toMatchObject({
      ok: true,
      decisions: DECISIONS,
      same: DECISIONS,
      differing: 0,
      parts: [],
    });
    expect(report.engines).toMatchObject([{ ran: "this program", digest: loadedEngine().reference.digest }]);
  });

  it("takes a range and a day", async () => {
    expect(await replay(day, { from: 10, to: 20 })).toMatchObject({ ok: true, decisions: 10 });
    expect(await replay(day, { day: "2026-11-24" })).toMatchObject({ ok: true, decisions: DECISIONS });
    expect(await replay(day, { day: "2026-11-25" })).toMatchObject({ ok: true, decisions: 0 });
  });

  it("names the byte of a changed policy document, and of a changed image where a good copy tells it", async () => {
    const { entries, entry } = await firstDecision();
    const activated = entries.find(({ type }) => type === "policy.activated");
    if (activated?.type !== "policy.activated") throw new Error("no activation");
    const manifest = JSON.parse(readFileSync(join(day, "objects/sha256", activated.manifest), "utf8"));
    const document = manifest.documents.find(({ path }: { path: string }) => path.endsWith("courts.yaml"));
    const changed = flipped("document", document.sha256, 321);
    expect((await replay(changed, { spare: await openReader(day) })).parts).toEqual([
      {
        part: "policy",
        object: `objects/sha256/${document.sha256}`,
        path: document.path,
        byte: 321,
        message: "does not have the digest that it is named for",
      },
    ]);
    const image = flipped("image", entry.policy.object, 4321);
    const alone = await replay(image);
    expect(alone).toMatchObject({ ok: false, same: 0, undecidable: DECISIONS });
    expect(alone.parts).toMatchObject([{ part: "policy", path: "image" }]);
    const beside = await replay(image, { spare: await openReader(day) });
    expect(beside).toMatchObject({ ok: false, same: DECISIONS });
    expect(beside.parts).toMatchObject([{ part: "policy", path: "image", byte: 4321 }]);
  });

  it("names the byte of changed data and of a changed engine, which this program has a copy of", async () => {
    const [dataFile] = [...loadedTerritories().files].filter(([path]) => path.includes("index"));
    if (dataFile === undefined) throw new Error("no data");
    const data = await replay(flipped("data", dataFile[1].digest, 12));
    expect(data.parts).toMatchObject([{ part: "data", path: dataFile[0], byte: 12 }]);
    const decideFile = loadedEngine().files.get("@demarc/matcher/decide.ts");
    const engine = await replay(flipped("engine", decideFile?.digest ?? "", 99));
    expect(engine.ok).toBe(false);
    expect(engine.parts).toMatchObject([{ part: "engine", path: "@demarc/matcher/decide.ts", byte: 99 }]);
  });

  it("says which file and byte of another engine differ, and runs that engine when asked", async () => {
    const harmless = otherEngine("@demarc/matcher/decide.ts", (text) => `${text}// another version\n`);
    const dir = await rewritten("harmless", withEngine(harmless.digest), harmless.objects);
    const stood = await replay(dir);
    expect(stood).toMatchObject({ ok: false, same: DECISIONS, differing: 0 });
    const { size } = { size: loadedEngine().files.get("@demarc/matcher/decide.ts")?.bytes.length };
    expect(stood.engines).toMatchObject([
      { ran: "this program instead", other: { path: "@demarc/matcher/decide.ts", byte: size } },
    ]);
    const ran = await replay(dir, { runEngine: true });
    expect(ran).toMatchObject({ ok: true, same: DECISIONS });
    expect(ran.engines).toMatchObject([{ ran: "the log's files" }]);
  });

  it("an engine that decides otherwise is named as the cause, and its run shows that the log is true to it", async () => {
    const lenient = otherEngine("@demarc/matcher/index.ts", (text) =>
      text.replace(
        'export { decide } from "./decide.ts";',
        'import { decide as strict } from "./decide.ts";\nexport const decide = (image: any, request: any) => ({ ...strict(image, request), reason: "default" });',
      ),
    );
    const dir = await rewritten(
      "lenient",
      (entry) => {
        const named = withEngine(lenient.digest)(entry);
        return named.type === "decision"
          ? { ...named, decision: { ...named.decision, reason: "default" } }
          : named;
      },
      lenient.objects,
    );
    const stood = await replay(dir, { to: 50 });
    expect(stood.differences[0]).toMatchObject({
      cause: "engine",
      pointer: "/decision/reason",
      logged: "default",
      derived: "rule",
    });
    expect(await replay(dir, { to: 50, runEngine: true })).toMatchObject({ ok: true, differing: 0 });
  });

  it("an engine from a log can not read or write beyond its folder", async () => {
    const curious = otherEngine(
      "@demarc/matcher/index.ts",
      (text) => `${text}\nimport { readFileSync } from "node:fs";\nreadFileSync("/etc/passwd");\n`,
    );
    const dir = await rewritten("curious", withEngine(curious.digest), curious.objects);
    await expect(replay(dir, { to: 50, runEngine: true })).rejects.toThrow(
      /ERR_ACCESS_DENIED|Access to this API/,
    );
  });

  it("names entry, member and byte of a decision that does not follow", async () => {
    const { index, entry } = await firstDecision();
    const dir = await rewritten("lie", (each, at) =>
      at === index && each.type === "decision"
        ? { ...each, decision: { ...each.decision, rule: "de-court-2026-9999" } }
        : each,
    );
    const report = await replay(dir);
    expect(report).toMatchObject({ ok: false, differing: 1, same: DECISIONS - 1 });
    const [difference] = report.differences;
    expect(difference).toMatchObject({
      index,
      cause: "entry",
      pointer: "/decision/rule",
      derived: entry.decision.rule,
    });
    const bytes = Buffer.from(await (await openReader(dir)).entry(index));
    expect(bytes.subarray(0, difference?.byte).toString()).toMatch(/"rule":"[^"]*$/);
  });

  it("a decision under an image that was never announced, and a sealed one, are told", async () => {
    const { index } = await firstDecision();
    const dir = await rewritten("unannounced", (each, at) => {
      if (each.type !== "decision") return each;
      if (at === index) return { ...each, policy: { ...each.policy, activation: 0 } };
      const sealed = [{ field: "name" as const, epoch: "e", commitment: "00".repeat(32) }];
      return at === index + 1 ? { ...each, input: { sealed } } : each;
    });
    const report = await replay(dir);
    expect(report).toMatchObject({ ok: false, sealed: 1, same: DECISIONS - 1 });
    expect(report.parts).toMatchObject([{ object: "entry 0", message: "is no activation of a policy set" }]);
  });
});
