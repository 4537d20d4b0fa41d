// The DNS filter as a stranger meets it: the real app between dig, kdig, a stub resolver and a real authoritative server.
import { Resolver } from "node:dns";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { hasProgram } from "../support/programs.ts";
import { demarc, demarcJson, run } from "../support/run.ts";
import { waitFor } from "../support/servers.ts";

const hindrance = networkHindrance();
let network: Network;

const dig = async (...args: string[]) =>
  (await run("dig", ["@127.0.0.1", "-p", String(network.dns.port), "+tries=1", "+time=5", ...args])).stdout;

describe.skipIf(hindrance !== null)(
  `DNS filter${hindrance === null ? "" : ` (skipped: ${hindrance})`}`,
  () => {
    beforeAll(async () => {
      network = await startNetwork();
    });
    afterAll(() => network.stop());

    test("a name that is not blocked gets the authority's answer", async () => {
      expect(await dig("+short", "free.example")).toBe("127.0.0.1\n");
      expect(await dig("+short", "free.example", "AAAA")).toBe("2001:db8::1\n");
    });

    test("a court order is disclosed as an external demand, with law, end, appeal and reference", async () => {
      const answer = await dig("www.piracy.example");
      expect(answer).toContain("status: NXDOMAIN");
      expect(answer).toMatch(
        /EDE: 16 \(Censored\): \(Blocked by court order \(Landgericht Example, ECLI:DE:LGEXMPL:2026/,
      );
      expect(answer).toContain("until 2027-02-01; appeal https://isp.example/appeal; ref ");
      expect(answer).not.toMatch(/flags:[^;]* ad/);
    });

    test("what the client chose is told apart from law", async () => {
      expect(await dig("www.malware.example")).toContain("EDE: 17 (Filtered)");
    });

    test("the same name in another place is answered", async () => {
      expect(await dig("-b", "127.0.0.3", "+short", "www.piracy.example")).toBe("127.0.0.1\n");
      expect(await dig("-b", "127.0.0.2", "adult.example")).toContain("EDE: 16");
      expect(await dig("-b", "127.0.0.1", "+short", "adult.example")).toBe("127.0.0.1\n");
    });

    test("a client in an unknown place is not blocked by a rule for a place", async () => {
      expect(await dig("-b", "127.0.0.99", "+short", "www.piracy.example")).toBe("127.0.0.1\n");
    });

    test("an exception holds", async () => {
      expect(await dig("+short", "archive.piracy.example")).toBe("127.0.0.1\n");
    });

    test("a CNAME that leads to a blocked name is blocked", async () => {
      expect(await dig("alias.example")).toContain("EDE: 16");
    });

    test("an answer address in a listed network is blocked, one in the excepted half is not", async () => {
      expect(await dig("listed-network.example")).toContain("EDE: 16");
      expect(await dig("+short", "rented.example")).toBe("203.0.113.200\n");
    });

    test("a client that asks with option 26 gets one JSON object", async () => {
      const answer = await dig("+ednsopt=26", "www.piracy.example");
      const text = /EDE: 16 \(Censored\): \((\{.*\})\)/.exec(answer)?.[1] ?? "";
      const error = JSON.parse(text) as Record<string, unknown>;
      expect(error["c"]).toEqual(["mailto:transparency@isp.example"]);
      expect(error["j"]).toContain("Landgericht Example");
      expect(error["o"]).toBe("Example Access GmbH");
      expect(error).not.toHaveProperty("s");
    });

    test("a client without EDNS gets none back", async () => {
      const answer = await dig("+noedns", "www.piracy.example");
      expect(answer).toContain("status: NXDOMAIN");
      expect(answer).not.toContain("OPT PSEUDOSECTION");
    });

    test("a large answer is truncated over UDP and whole over TCP", async () => {
      expect(await dig("+ignore", "+bufsize=512", "big.example", "TXT")).toMatch(/flags:[^;]* tc/);
      expect(await dig("+tcp", "big.example", "TXT")).toContain("ANSWER: 1,");
      expect(await dig("big.example", "TXT")).toContain("ANSWER: 1,");
    });

    test.skipIf(!hasProgram("kdig"))("kdig reads the same", async () => {
      const { stdout } = await run("kdig", [
        "@127.0.0.1",
        "-p",
        String(network.dns.port),
        "+edns",
        "www.piracy.example",
      ]);
      expect(stdout).toContain("NXDOMAIN");
      expect(stdout).toMatch(/EDE: 16 \(Censored\)/);
    });

    test("a stub resolver works through it", async () => {
      const resolver = new Resolver();
      resolver.setServers([`127.0.0.1:${network.dns.port}`]);
      const resolve4 = promisify(resolver.resolve4.bind(resolver)) as (name: string) => Promise<string[]>;
      expect(await resolve4("free.example")).toEqual(["127.0.0.1"]);
      await expect(resolve4("www.piracy.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
    });

    test("the reference of a notice leads to its log entry, and the entry to a proof", async () => {
      const ref = /ref ([a-z0-9]+-\d+)\)/.exec(await dig("proved.piracy.example"))?.[1] ?? "";
      await waitFor(
        "the entry is in the log",
        async () => (await demarc("audit", "show", network.dns.state, ref)).code === 0,
      );
      const { entry } = await demarcJson<{
        entry: { input: { name: string }; decision: { rule: string }; law: { authority: { name: string } } };
      }>("audit", "show", network.dns.state, ref);
      expect(entry.input.name).toBe("proved.piracy.example");
      expect(entry.decision.rule).toBe("de-court-2026-0115");
      expect(entry.law.authority.name).toBe("Landgericht Example");
      const out = `${network.scratch.path}/proved`;
      expect((await demarc("audit", "prove", network.dns.state, ref, "--out", out)).code).toBe(0);
      const checked = await demarc(
        "audit",
        "check",
        `${out}.tlog-proof`,
        `${out}.entry`,
        "--key",
        `${network.dns.state}/key.pub`,
      );
      expect(checked.stdout).toContain("holds: the entry is in the log");
      expect((await demarc("audit", "verify", network.dns.state)).stdout).toContain("holds: ");
    });

    test("allowed names and clients are nowhere in the log", async () => {
      await dig("-b", "127.0.0.3", "free.example");
      const { stdout } = await run("grep", ["-rlaE", "free\\.example|127\\.0\\.0\\.3", network.dns.state]);
      // The network map is kept beside the last good image; it is the operator's, not a log.
      expect(
        stdout
          .split("\n")
          .filter((file) => file !== "" && !file.endsWith("networks.json") && !file.includes("/objects/")),
      ).toEqual([]);
    });
  },
);
