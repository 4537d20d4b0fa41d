import { readFile } from "node:fs";
import { cp, mkdtemp, readFile as read, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Checkpoint, parseSignedCheckpoint, parseTlogPolicy } from "@demarc/audit";
import { httpReader, loadOrCreateKey, openLog, verifyLog } from "@demarc/audit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const origin = "log.example/incremental";
const SIZES = [1, 255, 256, 257, 700, 66_000];
const entryOf = (value: number): Uint8Array => new TextEncoder().encode(`entry ${value}`);
const checkpoints = new Map<number, Checkpoint>();
let root = "";
let dir = "";
let verifierKey = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-verify-"));
  dir = join(root, "log");
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  ({ verifierKey } = signer);
  const log = await openLog({ dir, origin, signer, checkpointIntervalMs: 0 });
  for (const size of SIZES) {
    await log.appendAll(Array.from({ length: size - log.size }, (_, at) => entryOf(log.size + at)));
    const { text } = await log.checkpoint();
    const signed = parseSignedCheckpoint(text);
    if (signed.ok) checkpoints.set(size, signed.value.checkpoint);
  }
  await log.close();
});
afterAll(() => rm(root, { recursive: true, force: true }));
const at = (size: number): Checkpoint => checkpoints.get(size) as Checkpoint;

/** Another log of the same size in which byte `where` of a file is changed. */
async function damagedCopy(name: string, path: string, where: number): Promise<string> {
  const copy = join(root, name);
  await cp(dir, copy, { recursive: true });
  const file = join(copy, path);
  const bytes = await read(file);
  bytes[where] = (bytes[where] as number) ^ 1;
  await writeFile(file, bytes);
  return copy;
}

describe("verifyLog from a checkpoint that held", () => {
  it.each(SIZES)("builds on %i entries and reads only what was added", async (size) => {
    const report = await verifyLog(dir, { verifierKey, from: at(size) });
    expect(report).toMatchObject({ ok: true, from: size, size: 66_000, findings: [] });
    expect(report.checkedEntries).toBe(66_000 - Math.floor(size / 256) * 256);
  });

  it("finds damage in what was added, and names file, byte and entry", async () => {
    const copy = await damagedCopy("damaged", "tile/entries/200", 2000);
    const report = await verifyLog(copy, { verifierKey, from: at(700) });
    expect(report.ok).toBe(false);
    const [finding] = report.findings;
    expect(finding).toMatchObject({ code: "audit/bundle", file: "tile/entries/200" });
    // 13 bytes an entry ("entry 51200" and its length): the byte is inside the named entry.
    const inside = (finding?.index ?? 0) - 200 * 256;
    expect(finding?.byte).toBe(inside * 13);
    expect(Math.floor(2000 / 13)).toBe(inside);
  });

  it("finds a changed tile, with its byte", async () => {
    const copy = await damagedCopy("tile", "tile/0/100", 40);
    const report = await verifyLog(copy, { verifierKey, from: at(257) });
    expect(report.findings).toMatchObject([
      { code: "audit/tile", file: "tile/0/100", byte: 40, index: 100 * 256 + 1 },
    ]);
  });

  it("refuses a log that is smaller, another, or has another past", async () => {
    const older = { ...at(66_000), size: 70_000 };
    expect((await verifyLog(dir, { verifierKey, from: older })).findings).toMatchObject([
      { code: "audit/consistency" },
    ]);
    const other = { ...at(257), root: at(256).root };
    const report = await verifyLog(dir, { verifierKey, from: other });
    expect(report.findings).toMatchObject([{ code: "audit/consistency", file: "checkpoint" }]);
    // Then everything is looked at, so that it is known whether the log is whole in itself.
    expect(report).toMatchObject({ from: 0, checkedEntries: 66_000 });
    expect((await verifyLog(dir, { verifierKey, from: { ...at(1), origin: "x" } })).ok).toBe(false);
  });

  it("asks a policy for the quorum, and takes the log's key from it", async () => {
    const witness = "witness.example+3242dd05+BGa+fjMsekUzMr2dCn99sFX1xe8aBq2mbZizn7aBDEc6";
    const policy = (quorum: string) => {
      const parsed = parseTlogPolicy(`log ${verifierKey}\nwitness w ${witness}\nquorum ${quorum}\n`);
      if (!parsed.ok) throw new Error(parsed.issue.message);
      return parsed.value;
    };
    expect(await verifyLog(dir, { policy: policy("none"), from: at(700) })).toMatchObject({
      ok: true,
      cosigners: [],
    });
    const lacking = await verifyLog(dir, { policy: policy("w") });
    expect(lacking.findings).toMatchObject([{ code: "audit/checkpoint", message: /that is no quorum$/ }]);
  });
});

describe("httpReader", () => {
  let server: Server;
  let url = "";
  let failing = "";
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? "").slice("/logs/a/".length);
      if (path === failing) return void response.writeHead(503).end("busy");
      readFile(join(dir, path), (error, bytes) => {
        if (error !== null) return void response.writeHead(404).end("no");
        // Static servers may compress what they like (tlog-tiles).
        return void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(bytes));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs/a`;
  });
  afterAll(() => void server.close());

  it("verifies a log from its address", async () => {
    const report = await verifyLog(httpReader(url), { verifierKey, from: at(700) });
    expect(report).toMatchObject({ ok: true, size: 66_000, from: 700 });
  });

  it("tells a server that fails from a log that does not hold, and names the file", async () => {
    failing = "tile/0/003";
    const report = await verifyLog(httpReader(url), { verifierKey, from: at(700) });
    failing = "";
    expect(report.findings[0]?.message).toMatch(/^tile\/0\/003 can not be read: HTTP 503 from 127\.0\.0\.1/);
    await expect(httpReader(`${url}/nowhere`).checkpoint()).rejects.toMatchObject({
      code: "audit/entry-missing",
    });
    expect(() => httpReader("ftp://log.example/")).toThrow(
      "`ftp://log.example/` is no http or https address",
    );
  });
});
