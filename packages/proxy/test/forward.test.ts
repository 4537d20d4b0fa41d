// What can go wrong between a client, the proxy and an origin, and what is told of it.
import { connect, createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { exchangeRaw, fakeGate, fakeOrigin, fakeResolve, startProxy, throughProxy } from "./rig.ts";

type Proxy = Awaited<ReturnType<typeof startProxy>>;

const gate = fakeGate();
const open: { stop: () => unknown }[] = [];
let origin: Awaited<ReturnType<typeof fakeOrigin>>;
let proxy: Proxy;

const at = (name: string, path = "/"): string => `http://${name}:${origin.port}${path}`;
const words = (): readonly string[] => gate.records.map(({ response }) => response);

async function start(options: Omit<Parameters<typeof startProxy>[0], "gate">): Promise<Proxy> {
  const started = await startProxy({ gate, ...options });
  open.push(started);
  return started;
}

/** A raw TCP origin that does as told with each connection. */
async function rawOrigin(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer();
  server.on("connection", serve);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  open.push({ stop: () => server.close() });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const answering = (text: string, andThen: "end" | "stay" | "reset" = "end"): Promise<number> =>
  rawOrigin((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(text, () => {
        if (andThen === "end") socket.end();
        if (andThen === "reset") setTimeout(() => socket.resetAndDestroy(), 30);
      });
    });
  });

beforeAll(async () => {
  origin = await fakeOrigin((request, response) => {
    if (request.url === "/silent") return;
    if (request.url === "/stalls") {
      response.writeHead(200, { "Content-Length": "1000" });
      response.write("the beginning");
      return;
    }
    if (request.url === "/resets") {
      response.writeHead(200);
      response.write("the beginning");
      setTimeout(() => response.destroy(), 20);
      return;
    }
    request.resume();
    request.on("end", () => response.end(`reached ${request.url}`));
  });
  proxy = await startProxy({ gate });
});
afterAll(async () => {
  await proxy.stop();
  origin.close();
});
afterEach(async () => {
  for (const { stop } of open.splice(0)) await stop();
  gate.records.length = 0;
  gate.asked.length = 0;
});

describe("origins that fail", () => {
  it("tells a refused connection as 502, with a text for people", async () => {
    const port = await answering("");
    for (const { stop } of open.splice(0)) await stop();
    const answer = await throughProxy(proxy.port, `http://a.example:${port}/`, {
      headers: { Accept: "text/html" },
    });
    expect(answer.status).toBe(502);
    expect(answer.headers["proxy-status"]).toContain("error=connection_refused");
    expect(answer.body.toString()).toContain("This is an answer of the proxy, not of the site.");
    expect(words()).toEqual(["502"]);
  });

  it("tells a name without addresses as 502", async () => {
    const answer = await throughProxy(proxy.port, at("missing.example"));
    expect([answer.status, answer.headers["proxy-status"]]).toEqual([
      502,
      expect.stringContaining("dns_error"),
    ]);
  });

  it("tells silence as 504", async () => {
    const impatient = await start({ idleMs: 150 });
    const answer = await throughProxy(impatient.port, at("a.example", "/silent"));
    expect(answer.status).toBe(504);
    expect(answer.headers["proxy-status"]).toContain("error=http_response_timeout");
    expect(words()).toEqual(["504"]);
  });

  it.each([
    ["SSH-2.0-test\r\n", "what is no HTTP"],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "a coding that is not forwarded"],
    ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "two lengths"],
    [`HTTP/1.1 200 OK\r\nX: ${"a".repeat(70_000)}\r\n\r\n`, "a head too long"],
    [
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
      "an upgrade nobody asked for",
    ],
    ["", "nothing"],
  ])("tells %j as 502: %s", async (text) => {
    const port = await answering(text);
    const answer = await throughProxy(proxy.port, `http://a.example:${port}/`, { method: "POST" });
    expect(answer.status).toBe(502);
    expect(answer.headers["proxy-status"]).toMatch(/error=http_/);
    expect(words()).toEqual(["502"]);
  });

  it.each(["/resets", "/stalls"])("breaks off what breaks off: %s", async (path) => {
    const impatient = await start({ idleMs: 150 });
    await expect(throughProxy(impatient.port, at("a.example", path))).rejects.toThrow(
      /aborted|hang up|ECONNRESET/,
    );
    expect(words()).toEqual(["forwarded"]);
  });

  it("resets a client that would take a part for the whole", async () => {
    const port = await answering(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\nthe beginning\r\n",
    );
    const closed = await new Promise<string>((done) => {
      const socket = connect(proxy.port, "127.0.0.1", () =>
        socket.write(`GET http://a.example:${port}/ HTTP/1.0\r\nHost: a.example:${port}\r\n\r\n`),
      );
      socket.resume();
      socket.on("end", () => done("end"));
      socket.on("error", ({ message }) => done(message));
    });
    expect(closed).toMatch(/ECONNRESET/);
  });

  it("passes early hints on, and what comes after them", async () => {
    const port = await answering(
      "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; as=style\r\nLink: </b.css>; rel=preload\r\nConnection: x-hop\r\nX-Hop: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    );
    const ask = (version: string): string =>
      `GET http://a.example:${port}/ HTTP/${version}\r\nHost: a.example:${port}\r\n\r\n`;
    const text = await exchangeRaw(proxy.port, ask("1.1"));
    expect(text).toMatch(
      /^HTTP\/1\.1 102 Processing\r\n\r\nHTTP\/1\.1 103 Early Hints\r\n[\s\S]*\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
    );
    expect(text.slice(0, text.indexOf("200 OK"))).toMatch(/a\.css[\s\S]*b\.css/);
    expect(text.toLowerCase()).not.toContain("x-hop");
    expect(await exchangeRaw(proxy.port, ask("1.0"))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it("passes an answer on that comes before the upload has ended", async () => {
    const port = await rawOrigin((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.end("HTTP/1.1 413 Content Too Large\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlarge");
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
    });
    const host = `a.example:${port}`;
    const head = `POST http://${host}/ HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 500000\r\n\r\n`;
    const text = await exchangeRaw(proxy.port, head + "x".repeat(400_000));
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*large$/);
    await vi.waitFor(async () => expect((await proxy.counters()).pending).toBe(0));
  });

  it("ends the connection when a body that was announced was not asked for", async () => {
    const port = await answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "stay");
    const host = `a.example:${port}`;
    const head = `POST http://${host}/ HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`;
    const text = await exchangeRaw(proxy.port, head);
    expect(text).toMatch(/^HTTP\/1\.1 401 [\s\S]*Connection: close\r\n/);
  });

  it("tries the next address when one does not accept", async () => {
    const port = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const two = await start({ resolve: fakeResolve({ "two.example": ["127.0.0.9", "127.0.0.1"] }) });
    const answer = await throughProxy(two.port, `http://two.example:${port}/`);
    expect(answer.body.toString()).toBe("ok");
    expect(gate.records[0]?.facts.address).toEqual(Uint8Array.of(127, 0, 0, 1));
  });
});

describe("clients that fail", () => {
  it("gives up the origin when the client goes away", async () => {
    const socket = connect(proxy.port, "127.0.0.1");
    const host = `a.example:${origin.port}`;
    socket.write(
      `POST http://${host}/ HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100000\r\n\r\nthe beginning`,
    );
    await new Promise((done) => setTimeout(done, 80));
    socket.destroy();
    await vi.waitFor(() => expect(words()).toEqual(["aborted"]));
    await vi.waitFor(async () => expect((await proxy.counters()).pending).toBe(0));
  });

  it("refuses a client that pipelines without end", async () => {
    const one = `GET ${at("a.example", "/silent")} HTTP/1.1\r\nHost: a.example:${origin.port}\r\n\r\n`;
    await exchangeRaw(proxy.port, one.repeat(100), 100);
    await vi.waitFor(async () => expect((await proxy.counters()).pending).toBe(0));
    expect(gate.records.length).toBeLessThanOrEqual(17);
  });

  it("answers pipelined requests in their order", async () => {
    const host = `a.example:${origin.port}`;
    const one = (path: string, more = ""): string =>
      `GET http://${host}${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
    const text = await exchangeRaw(proxy.port, one("/1") + one("/2") + one("/3", "Connection: close\r\n"));
    expect(text.match(/reached \/\d/g)).toEqual(["reached /1", "reached /2", "reached /3"]);
  });

  it("keeps the connection open after a refusal, and sends no body on HEAD", async () => {
    const head = "HEAD http://court.example/ HTTP/1.1\r\nHost: court.example\r\n\r\n";
    const get = `GET ${at("a.example")} HTTP/1.1\r\nHost: a.example:${origin.port}\r\nConnection: close\r\n\r\n`;
    const text = await exchangeRaw(proxy.port, head + get);
    expect(text).toMatch(/^HTTP\/1\.1 451 [\s\S]*?\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  it("closes connections over the limit", async () => {
    const small = await start({ maxConnections: 1 });
    const first = connect(small.port, "127.0.0.1");
    await new Promise((done) => first.once("connect", done));
    expect(await exchangeRaw(small.port, "GET / HTTP/1.1\r\n\r\n")).toBe("");
    expect((await small.counters()).dropped).toBe(1);
    first.destroy();
  });
});

describe("where a request may go", () => {
  it("judges an egress rule again with the address", async () => {
    expect((await throughProxy(proxy.port, at("egress.example"))).status).toBe(200);
    expect(gate.asked.map(({ address }) => address?.join("."))).toEqual([undefined, "127.0.0.1"]);
    expect(words()).toEqual(["forwarded"]);
  });

  it("connects to what it judged, and judges anew on every request", async () => {
    let turn = 0;
    const rebinding = await start({
      resolve: (name, done) => {
        turn++;
        fakeResolve({ [name]: [turn === 1 ? "127.0.0.1" : "192.168.0.1"] })(name, done);
      },
    });
    const host = `rebinds.example:${origin.port}`;
    const one = (more: string): string => `GET http://${host}/ HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
    const text = await exchangeRaw(rebinding.port, one("") + one("Connection: close\r\n"));
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 403"]);
    expect(text).toContain("error=destination_ip_prohibited");
    expect(turn).toBe(2);
  });

  it("reaches no private address unless a prefix allows it", async () => {
    const strict = await start({ allowPrefixes: [] });
    const answer = await throughProxy(strict.port, at("a.example"));
    expect([answer.status, answer.headers["proxy-status"]]).toEqual([
      403,
      expect.stringContaining("destination_ip_prohibited"),
    ]);
    expect(answer.headers["proxy-status"]).not.toContain("127.0.0.1");
    expect(gate.records[0]).toMatchObject({ response: "403", decision: { verdict: "pass" } });
  });

  it("denies loops, by Via and by address", async () => {
    const via = { Via: `1.0 other, 1.1 ${proxy.service.name}` };
    expect((await throughProxy(proxy.port, at("a.example"), { headers: via })).status).toBe(508);
    expect((await throughProxy(proxy.port, `http://a.example:${proxy.port}/`)).status).toBe(508);
    const other = { Via: "1.1 another" };
    expect((await throughProxy(proxy.port, at("a.example"), { headers: other })).status).toBe(200);
  });
});
