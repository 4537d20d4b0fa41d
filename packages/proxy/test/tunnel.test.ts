// Tunnels byte by byte, and the proxy's life from its port to its orderly end.
import type { ServerResponse } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Cause, Effect, Exit, Layer } from "effect";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ProxyServer } from "../src/index.ts";
import { exchangeRaw, fakeGate, fakeOrigin, startProxy, throughProxy } from "./rig.ts";

const gate = fakeGate();
let echo: Server;
let echoPort = 0;
let proxy: Awaited<ReturnType<typeof startProxy>>;
const seen = new Set<Socket>();

beforeAll(async () => {
  // Echoes only after the client has ended its side: without half-close nothing would come back.
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    seen.add(socket);
    const chunks: Buffer[] = [];
    socket.on("error", () => {});
    socket.on("close", () => seen.delete(socket));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => socket.end(Buffer.concat(chunks)));
  });
  await new Promise<void>((done) => echo.listen(0, "127.0.0.1", () => done()));
  const address = echo.address();
  echoPort = typeof address === "object" && address !== null ? address.port : 0;
  proxy = await startProxy({ gate });
});
afterAll(async () => {
  await proxy.stop();
  echo.close();
});
afterEach(() => {
  gate.records.length = 0;
});

const connectHead = (port: number): string =>
  `CONNECT a.example:${port} HTTP/1.1\r\nHost: a.example:${port}\r\n\r\n`;

/** A socket whose tunnel is open; `early` is sent in one write with the request. */
function tunnel(proxyPort: number, port: number, early = ""): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ port: proxyPort, host: "127.0.0.1", allowHalfOpen: true }, () =>
      socket.write(connectHead(port) + early),
    );
    socket.once("error", fail);
    socket.once("data", (chunk) => {
      if (chunk.toString("latin1").startsWith("HTTP/1.1 200 ")) done(socket);
      else fail(new Error(chunk.toString("latin1")));
    });
  });
}

const rest = (socket: Socket): Promise<Buffer> =>
  new Promise((done) => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => socket.end());
    socket.on("close", () => done(Buffer.concat(chunks)));
  });

describe("tunnels", () => {
  it("passes an end on and what comes after it back, early bytes included", async () => {
    const socket = await tunnel(proxy.port, echoPort, "early ");
    const large = Buffer.alloc(4_000_000, "x");
    const all = rest(socket);
    socket.end(large);
    const back = await all;
    expect(back.length).toBe(large.length + 6);
    expect(back.subarray(0, 6).toString()).toBe("early ");
    expect(gate.records.map(({ response }) => response)).toEqual(["tunnel"]);
    await vi.waitFor(async () =>
      expect(await proxy.counters()).toMatchObject({ openTunnels: 0, pending: 0 }),
    );
  });

  it("ends the far side when the near one breaks off", async () => {
    const socket = await tunnel(proxy.port, echoPort, "x");
    await vi.waitFor(() => expect(seen.size).toBe(1));
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(seen.size).toBe(0));
  });

  it("ends the near side when the far one breaks off", async () => {
    const socket = await tunnel(proxy.port, echoPort, "x");
    await vi.waitFor(() => expect(seen.size).toBe(1));
    socket.on("error", () => {});
    const closed = new Promise((done) => socket.once("close", done));
    for (const far of seen) far.resetAndDestroy();
    socket.resume();
    socket.on("end", () => socket.end());
    await closed;
  });

  it("ends after silence", async () => {
    const impatient = await startProxy({ gate, idleMs: 100 });
    const socket = await tunnel(impatient.port, echoPort);
    expect((await rest(socket)).length).toBe(0);
    await impatient.stop();
  });

  it("slows a fast sender down to what the far side reads", async () => {
    const slow = createServer((socket) => {
      socket.pause();
      socket.on("error", () => {});
    });
    await new Promise<void>((done) => slow.listen(0, "127.0.0.1", () => done()));
    const address = slow.address();
    const socket = await tunnel(
      proxy.port,
      typeof address === "object" && address !== null ? address.port : 0,
    );
    const before = (await proxy.counters()).bytesToOrigins;
    const chunk = Buffer.alloc(1_000_000);
    for (let sent = 0; sent < 40; sent++) socket.write(chunk);
    await new Promise((done) => setTimeout(done, 300));
    expect((await proxy.counters()).bytesToOrigins - before).toBeLessThan(30_000_000);
    socket.destroy();
    slow.close();
  });

  it("tells a dead destination in the status line", async () => {
    const gone = createServer();
    await new Promise<void>((done) => gone.listen(0, "127.0.0.1", () => done()));
    const address = gone.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((done) => gone.close(done));
    const text = await exchangeRaw(proxy.port, connectHead(port));
    expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    expect(text).toContain("error=connection_refused");
    expect(gate.records.map(({ response }) => response)).toEqual(["502"]);
  });
});

/** Why a proxy with these settings does not start. */
const failureOf = async (options: { listen?: string; resolvers?: string[]; allowPrefixes?: string[] }) => {
  const exit = await Effect.runPromiseExit(
    Effect.scoped(Layer.build(ProxyServer.layer({ gate, listen: "127.0.0.1:0", ...options }))),
  );
  return Exit.isFailure(exit) ? (Cause.squash(exit.cause) as { _tag: string; message: string }) : null;
};

describe("life", () => {
  it("says who may hold a taken port", async () => {
    const failure = await failureOf({ listen: `127.0.0.1:${proxy.port}` });
    expect(failure?._tag).toBe("PortTaken");
    expect(failure?.message).toContain(`ss -ltnp sport = :${proxy.port}`);
  });

  it.each([
    [{ listen: "localhost:3128" }, "127.0.0.1:3128"],
    [{ resolvers: ["dns.example"] }, "192.0.2.1"],
    [{ allowPrefixes: ["10.0.0.1/8"] }, "10.0.0.0/8"],
  ])("refuses the setting %j with a right one", async (options, right) => {
    const failure = await failureOf(options);
    expect(failure?._tag).toBe("ProxySettingsInvalid");
    expect(failure?.message).toContain(right);
  });

  it("answers what is under way before it stops, and takes nothing new", async () => {
    const held: ServerResponse[] = [];
    const origin = await fakeOrigin((_request, response) => {
      held.push(response);
    });
    const stopping = await startProxy({ gate, drainMs: 3_000 });
    const answer = throughProxy(stopping.port, `http://a.example:${origin.port}/`);
    await vi.waitFor(() => expect(held.length).toBe(1));
    const stopped = stopping.stop();
    await new Promise((done) => setTimeout(done, 50));
    expect(await exchangeRaw(stopping.port, "GET / HTTP/1.1\r\n\r\n")).toBe("");
    for (const response of held) response.end("late");
    expect((await answer).body.toString()).toBe("late");
    await stopped;
    origin.close();
  });

  it("ends tunnels that outlast the drain", async () => {
    const stopping = await startProxy({ gate, drainMs: 100 });
    const socket = await tunnel(stopping.port, echoPort);
    const closed = rest(socket);
    await stopping.stop();
    await closed;
  });
});
