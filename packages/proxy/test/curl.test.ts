// The proxy as curl sees it: refusals on GET and CONNECT, what Accept asks for, bodies, tunnels.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fakeGate, fakeOrigin, startProxy } from "./rig.ts";

const gate = fakeGate();
const payload = randomBytes(3_000_000);
let folder: string;
let origin: Awaited<ReturnType<typeof fakeOrigin>>;
let proxy: Awaited<ReturnType<typeof startProxy>>;

// 22 is a transfer refused, 56 a CONNECT that was: curl's exit codes are not the subject here.
const curl = (...args: string[]): Promise<string> =>
  new Promise((done) => {
    const fixed = ["-sS", "-m", "10", "--noproxy", "", "-x", `http://127.0.0.1:${proxy.port}`];
    const options = {
      encoding: "latin1",
      maxBuffer: 16_000_000,
      env: { PATH: process.env["PATH"] },
    } as const;
    execFile("curl", [...fixed, ...args], options, (_error, stdout) => done(stdout));
  });

const at = (name: string, path = "/"): string => `http://${name}:${origin.port}${path}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "demarc-proxy-"));
  writeFileSync(join(folder, "payload"), payload);
  origin = await fakeOrigin((request, response) => {
    if (request.url === "/echo") request.pipe(response);
    else if (request.url === "/large") response.end(payload);
    else response.end(`reached ${request.url}`);
  });
  proxy = await startProxy({ gate });
});
afterAll(async () => {
  await proxy.stop();
  origin.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  gate.records.length = 0;
});

describe("refusals", () => {
  it("answers 451 with law, end, appeal and who blocks", async () => {
    const text = await curl("-i", at("court.example"));
    expect(text).toMatch(/^HTTP\/1\.1 451 Unavailable For Legal Reasons\r\n/);
    expect(text).toContain('Link: <mailto:noc@isp.example>; rel="blocked-by"');
    expect(text).toContain("error=http_request_denied");
    expect(text).toContain("Cache-Control: no-store");
    expect(text).toContain("Content-Language: en");
    expect(text).toContain("Content-Type: application/problem+json");
    const problem = JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4)) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 451, rule: "court", reference: "log/1" });
    expect(gate.records.map(({ response }) => response)).toEqual(["451"]);
  });

  it("answers 403 when the operator decides, 451 for a URL alone", async () => {
    expect(await curl("-i", at("own.example"))).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(await curl("-i", at("a.example", "/secret/x"))).toMatch(/^HTTP\/1\.1 451 /);
    expect(gate.records.map(({ response }) => response)).toEqual(["403", "451"]);
  });

  it("answers 451 on CONNECT, in words that stand alone", async () => {
    const text = await curl("-p", "-i", at("court.example"));
    expect(text).toMatch(/^HTTP\/1\.1 451 Unavailable For Legal Reasons\r\n/);
    expect(text).toContain("Proxy-Status: ");
    expect(text).toContain('rel="blocked-by"');
    expect(gate.records.map(({ response, facts }) => [response, facts.url])).toEqual([["451", undefined]]);
  });

  it.each([
    ["text/html,application/xhtml+xml,*/*;q=0.8", "text/html"],
    ["*/*", "application/problem+json"],
    ["application/json", "application/problem+json"],
    ["text/html;q=0", "application/problem+json"],
    ["image/png", "application/problem+json"],
  ])("for Accept %s sends %s", async (accept, type) => {
    const text = await curl("-i", "-H", `Accept: ${accept}`, at("court.example"));
    expect(text).toContain(`Content-Type: ${type}`);
    expect(text.includes("Content-Security-Policy: ")).toBe(type === "text/html");
  });

  it("speaks the language asked for", async () => {
    const text = await curl("-i", "-H", "Accept-Language: de-AT, en;q=0.5", at("court.example"));
    expect(text).toContain("Content-Language: de");
  });

  it("sends no body on HEAD", async () => {
    const text = await curl("-I", at("court.example"));
    expect(text).toMatch(/^HTTP\/1\.1 451 /);
    expect(text.slice(text.indexOf("\r\n\r\n") + 4)).toBe("");
  });
});

describe("what passes", () => {
  it("forwards and says so once", async () => {
    const text = await curl("-i", at("a.example", "/x?y=%20"));
    expect(text).toContain("reached /x?y=%20");
    expect(text).toMatch(new RegExp(`^Via: 1\\.1 ${proxy.service.name}`, "m"));
    expect(gate.records.map(({ response }) => response)).toEqual(["forwarded"]);
    expect(gate.records[0]?.facts.address).toEqual(Uint8Array.of(127, 0, 0, 1));
  });

  it.each([[["-p"]], [["--http1.1"]], [["--http1.0"]]])(
    "carries large bodies both ways: %j",
    async (options) => {
      const down = await curl(...options, at("a.example", "/large"));
      expect(Buffer.from(down, "latin1").equals(payload)).toBe(true);
      const body = `@${join(folder, "payload")}`;
      const echoed = await curl(...options, "--data-binary", body, at("a.example", "/echo"));
      expect(Buffer.from(echoed, "latin1").equals(payload)).toBe(true);
    },
  );

  it("carries chunked uploads", async () => {
    const body = `@${join(folder, "payload")}`;
    const options = ["-H", "Transfer-Encoding: chunked", "--data-binary", body];
    const echoed = await curl(...options, at("a.example", "/echo"));
    expect(Buffer.from(echoed, "latin1").equals(payload)).toBe(true);
  });

  it("tunnels without looking inside", async () => {
    expect(await curl("-p", at("a.example", "/secret/inside"))).toBe("reached /secret/inside");
    expect(gate.records.map(({ response, facts }) => [response, facts.url])).toEqual([["tunnel", undefined]]);
  });
});
