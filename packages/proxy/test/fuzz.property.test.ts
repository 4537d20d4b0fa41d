// Whatever bytes come, from clients and from origins: one outcome each, no crash, nothing left open.
import { createServer, type Server } from "node:net";
import { parseUrl } from "@demarc/net";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { prefersHtml } from "../src/accept.ts";
import { readConnect, readForward } from "../src/request-head.ts";
import { exchangeRaw, fakeGate, startProxy, throughProxy } from "./rig.ts";

const gate = fakeGate();
let proxy: Awaited<ReturnType<typeof startProxy>>;
let origin: Server;
let originPort = 0;
let answer: Uint8Array = new Uint8Array();
const faults: unknown[] = [];
const note = (error: unknown): number => faults.push(error);

beforeAll(async () => {
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  origin = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(answer));
  });
  await new Promise<void>((done) => origin.listen(0, "127.0.0.1", () => done()));
  const address = origin.address();
  originPort = typeof address === "object" && address !== null ? address.port : 0;
  proxy = await startProxy({ gate, idleMs: 500 });
});
afterAll(async () => {
  await proxy.stop();
  origin.close();
  process.off("uncaughtException", note);
  process.off("unhandledRejection", note);
  expect(faults).toEqual([]);
});

const PARTS = [
  "GET ",
  "CONNECT ",
  "POST ",
  "HEAD ",
  "http://a.example",
  "http://court.example/",
  "a.example:443",
  " HTTP/1.1",
  " HTTP/1.0",
  "\r\n",
  "\r\n\r\n",
  "\n",
  "Host: a.example",
  "Host: court.example",
  "Content-Length: 5",
  "Transfer-Encoding: chunked",
  "Connection: close",
  "Expect: 100-continue",
  "Via: 1.1 x",
  "5\r\nhello\r\n",
  "0\r\n\r\n",
  "HTTP/1.1 200 OK\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  "HTTP/1.1 304 Not Modified\r\n",
];
const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const pieces = fc
  .array(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PARTS.map((text) => Buffer.from(text))) }, noise),
    {
      maxLength: 14,
    },
  )
  .map((parts) => Buffer.concat(parts));

async function isQuiet(): Promise<void> {
  await vi.waitFor(async () => expect((await proxy.counters()).pending).toBe(0), 3_000);
  expect(faults).toEqual([]);
}

it("answers any bytes of a client in HTTP, or not at all", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (bytes) => {
      const text = await exchangeRaw(proxy.port, bytes, 40);
      expect(text === "" || text.startsWith("HTTP/1.1 ")).toBe(true);
    }),
    { numRuns: 150 },
  );
  await isQuiet();
}, 30_000);

it("makes of any bytes of an origin an answer or a break", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (bytes) => {
      answer = bytes;
      const outcome = await throughProxy(proxy.port, `http://a.example:${originPort}/`).then(
        ({ status }) => status,
        () => "broken",
      );
      expect(outcome === "broken" || (Number(outcome) >= 200 && Number(outcome) < 600)).toBe(true);
    }),
    { numRuns: 150 },
  );
  await isQuiet();
}, 30_000);

it("reads any head without throwing, and lets through no target but a canonical one", () => {
  const text = fc.string({ unit: "binary", maxLength: 60 });
  const target = fc.oneof(
    text,
    text.map((rest) => `http://${rest}`),
    text.map((rest) => `http://a.example${rest}`),
    text.map((rest) => `${rest}:443`),
  );
  const field = fc.tuple(
    fc.constantFrom("Host", "Content-Length", "Transfer-Encoding", "Connection", "Via"),
    text,
  );
  fc.assert(
    fc.property(target, fc.array(field, { maxLength: 4 }), (target, fields) => {
      const rawFields = ["Host", "a.example", ...fields.flat()];
      const head = { method: "GET", target, httpVersion: "1.1", rawFields };
      const forward = readForward(head);
      if (forward.kind === "forward") {
        expect(forward.host).toBe("a.example");
        expect(forward.path).toMatch(/^\/[\x21-\x7e]*$/);
        // What is judged is canonical: reading it again changes nothing.
        expect(parseUrl(forward.url)).toMatchObject({ ok: true, value: { href: forward.url } });
      }
      const tunnel = readConnect(head);
      if (tunnel.kind === "connect") expect(tunnel.authority).toBe(`a.example:${tunnel.port}`);
    }),
    { numRuns: 3_000 },
  );
});

it("reads any Accept", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (accept) => typeof prefersHtml(accept) === "boolean"));
});
