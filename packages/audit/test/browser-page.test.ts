// The verifier for pages in a real browser, under a content security policy that allows nothing but itself: it hashes and
// checks signatures with the browser's own WebCrypto, against a log that a plain static server shows.
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { type Entry, encodeEntry } from "@demarc/audit";
import { loadOrCreateKey, openLog } from "@demarc/audit/node";
import { chromium } from "playwright-core";
import { build, type Options } from "tsup";
import { afterAll, beforeAll, expect, it } from "vitest";
import browserBundle from "../tsup.browser.config.ts";

const LIMIT = 15 * 1024;
const origin = "log.example/page";
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => existsSync(path),
);
const entryOf = (seq: number): Entry => ({
  v: 1,
  type: "heartbeat",
  enforcer: "dns.example",
  time: "2026-03-01T12:00:00Z",
  run: "page",
  seq,
});
const SIZE = 600;

let root = "";
let verifierKey = "";
let older = "";
let proof = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-page-"));
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  ({ verifierKey } = signer);
  const log = await openLog({ dir: join(root, "log"), origin, signer, checkpointIntervalMs: 0 });
  for (let seq = 0; seq < 300; seq += 1) await log.append(entryOf(seq));
  await log.checkpoint();
  older = await readFile(join(root, "log", "checkpoint"), "utf8");
  for (let seq = 300; seq < SIZE; seq += 1) await log.append(entryOf(seq));
  proof = await log.prove(123);
  await log.close();
  await cp(join(root, "log"), join(root, "damaged"), { recursive: true });
  const tile = join(root, "damaged", "tile/0/001");
  const bytes = await readFile(tile);
  bytes[40] = (bytes[40] as number) ^ 1;
  await writeFile(tile, bytes);
  await build({
    ...(browserBundle as Options),
    config: false,
    entry: { verifier: join(import.meta.dirname, "../src/browser/index.ts") },
    outDir: join(root, "page"),
    silent: true,
    sourcemap: false,
    minify: true,
  } satisfies Options);
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

/** What the page does; it runs in the browser, so it has nothing but what it imports and its arguments. */
const PAGE = `
import * as audit from "/page/verifier.js";
const { verifierKey, older, proof, entry } = await (await fetch("/given.json")).json();
const bytes = (text) => new TextEncoder().encode(text);
const outcome = (result) => result.ok ? "ok" : result.issue.code;
const log = audit.openStaticLog(audit.httpFiles("/log/"), verifierKey);
const newest = await log.checkpoint();
const before = await audit.openStaticLog(async () => bytes(older), verifierKey).checkpoint();
const damaged = audit.openStaticLog(audit.httpFiles("/damaged/"), verifierKey);
const forged = older.replace("300", "301");
let canEval = true; try { (0, eval)("1"); } catch { canEval = false; }
document.title = JSON.stringify({
  checkpoint: newest.ok ? newest.value.size : newest.issue.code,
  entries: await Promise.all([0, 255, 256, 599].map(async (at) => outcome(await log.entry(at, newest.value)))),
  grown: (await log.extends(before.value, newest.value)).value,
  shrunk: outcome(await log.extends(newest.value, before.value)),
  proof: outcome(await audit.verifyTlogProof(proof, bytes(entry), verifierKey)),
  otherEntry: outcome(await audit.verifyTlogProof(proof, bytes(entry + " "), verifierKey)),
  forged: outcome(await audit.openStaticLog(async () => bytes(forged), verifierKey).checkpoint()),
  damagedTile: outcome(await damaged.entry(300, newest.value)),
  canEval,
});
`;

it.skipIf(executablePath === undefined)(
  `verifies in Chromium with WebCrypto alone${executablePath === undefined ? " (skipped: needs chromium)" : ""}`,
  { timeout: 180_000 },
  async () => {
    const code = await readFile(join(root, "page", "verifier.js"));
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(LIMIT);
    const encoded = encodeEntry(entryOf(123));
    if (!encoded.ok) throw new Error(encoded.issue.message);
    const entry = new TextDecoder().decode(encoded.value);
    const made: Readonly<Record<string, readonly [type: string, body: string]>> = {
      "/": [
        "text/html",
        '<!doctype html><title>waiting</title><script type="module" src="/page.js"></script>',
      ],
      "/page.js": ["text/javascript", PAGE],
      "/given.json": ["application/json", JSON.stringify({ verifierKey, older, proof, entry })],
    };
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://page.example").pathname;
      response.setHeader(
        "content-security-policy",
        "default-src 'none'; script-src 'self'; connect-src 'self'",
      );
      const text = made[path];
      if (text !== undefined) {
        response.setHeader("content-type", text[0]).end(text[1]);
        return;
      }
      response.setHeader(
        "content-type",
        path.endsWith(".js") ? "text/javascript" : "application/octet-stream",
      );
      readFile(join(root, normalize(path))).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await expect
        .poll(async () => faults[0] ?? (await page.title()), { timeout: 120_000 })
        .not.toBe("waiting");
      expect(faults).toEqual([]);
      expect(JSON.parse(await page.title())).toEqual({
        checkpoint: SIZE,
        entries: ["ok", "ok", "ok", "ok"],
        grown: 300,
        shrunk: "audit/log-forked",
        proof: "ok",
        otherEntry: "audit/proof-invalid",
        forged: "audit/note-signature",
        damagedTile: "audit/proof-invalid",
        canEval: false,
      });
    } finally {
      await browser.close();
      server.close();
    }
  },
);
