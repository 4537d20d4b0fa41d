// The forward proxy as curl meets it, in front of a real origin.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { demarc, run } from "../support/run.ts";

const hindrance = networkHindrance();
let network: Network;

const curl = async (...args: string[]) =>
  (await run("curl", ["-s", "-m", "10", "-x", `http://127.0.0.1:${network.proxy.port}`, ...args])).stdout;
const origin = (host: string, path = "/") => `http://${host}:${network.originPort}${path}`;

describe.skipIf(hindrance !== null)(
  `forward proxy${hindrance === null ? "" : ` (skipped: ${hindrance})`}`,
  () => {
    beforeAll(async () => {
      network = await startNetwork();
    });
    afterAll(() => network.stop());

    test("a page that is not blocked is the origin's", async () => {
      expect(await curl(origin("free.example"))).toBe("the origin\n");
    });

    test("a court order answers 451, names who blocks and why, and is not cached", async () => {
      const answer = await curl("-i", origin("www.piracy.example"));
      expect(answer).toMatch(/^HTTP\/1\.1 451 Unavailable For Legal Reasons\r$/m);
      expect(answer).toMatch(/^link: <https:\/\/isp\.example\/[^>]*>; rel="?blocked-by"?/im);
      expect(answer).toMatch(/^proxy-status: .*http_request_denied/im);
      expect(answer).toMatch(/^cache-control: .*no-store/im);
      expect(answer).toMatch(/^content-type: application\/problem\+json/im);
      const problem = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))) as Record<string, unknown>;
      expect(problem["status"]).toBe(451);
      expect(JSON.stringify(problem)).toContain("Landgericht Example");
    });

    test("a browser gets a page", async () => {
      const page = await curl("-H", "Accept: text/html", origin("www.piracy.example"));
      expect(page).toMatch(/^<!doctype html>/i);
      expect(page).toContain("Landgericht Example");
      expect(page).toContain("https://isp.example/appeal");
    });

    test("the subscriber's own choice answers 403", async () => {
      expect(await curl("-o", "/dev/null", "-w", "%{http_code}", origin("www.malware.example"))).toBe("403");
    });

    test("CONNECT to a blocked name is refused with the same status", async () => {
      expect(await curl("-o", "/dev/null", "-w", "%{http_connect}", "https://www.piracy.example/")).toBe(
        "451",
      );
    });

    test("CONNECT to another name is a tunnel", async () => {
      expect(await curl("-p", origin("free.example"))).toBe("the origin\n");
    });

    test("one discussion is blocked, its neighbour is not", async () => {
      // The rule names port 80, which is not the origin's here: only the refusal can be seen.
      expect(
        await curl("-o", "/dev/null", "-w", "%{http_code}", "http://forum.example/thread/7/page/2"),
      ).toBe("451");
      expect(await curl(origin("forum.example", "/thread/70"))).toBe("discussion seventy\n");
    });

    test("an exception holds", async () => {
      expect(await curl(origin("archive.piracy.example"))).toBe("the origin\n");
    });

    test("the place of the client decides", async () => {
      expect(await curl("--interface", "127.0.0.3", origin("www.piracy.example"))).toBe("the origin\n");
    });

    test("an address in a listed network is refused after resolution", async () => {
      expect(await curl("-o", "/dev/null", "-w", "%{http_code}", "http://listed-network.example/")).toBe(
        "451",
      );
    });

    test("personal data leaves only to where it may: unknown and outside are refused, and disclosed", async () => {
      const answer = await curl("-i", "--interface", "127.0.0.5", origin("crm.example"));
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer).toContain("eu-personal-data-egress");
    });

    test("a name that resolves to a private address is not connected to", async () => {
      const answer = await curl("-i", "http://private.example/");
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer).toMatch(/^proxy-status: .*destination_ip_prohibited/im);
    });

    test("a large body comes through whole", async () => {
      expect(
        await curl("-o", "/dev/null", "-w", "%{size_download}", origin("free.example", "/big.bin")),
      ).toBe("3000000");
    });

    test("its log verifies", async () => {
      expect((await demarc("audit", "verify", network.proxy.state)).code).toBe(0);
    });
  },
);
