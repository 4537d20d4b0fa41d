// A changed site is swapped in without losing a query; a broken one is refused, told, and costs nothing.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../support/apps.ts";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { demarc, demarcJson, run } from "../support/run.ts";
import { waitFor } from "../support/servers.ts";

const hindrance = networkHindrance();
let network: Network;
let file: string;
let good: string;
// Of the first rule, 1-based.
let statusLine: number;

const dig = async (...args: string[]) =>
  (await run("dig", ["@127.0.0.1", "-p", String(network.dns.port), "+tries=1", "+time=5", ...args])).stdout;
const status = () =>
  JSON.parse(readFileSync(join(network.dns.state, "status.json"), "utf8")) as {
    policy: { image: string; refused: { issues: { where: string }[] } | null };
  };

describe.skipIf(hindrance !== null)(
  `hot reload${hindrance === null ? "" : ` (skipped: ${hindrance})`}`,
  () => {
    beforeAll(async () => {
      network = await startNetwork();
      file = join(network.site, "policies", "courts.yaml");
      good = readFileSync(file, "utf8");
      statusLine = good.split("\n").indexOf("    status: in-force") + 1;
    });
    afterAll(() => network.stop());

    test("a changed policy takes effect, and no query is lost meanwhile", async () => {
      const before = status().policy.image;
      let asking = true;
      let lost = 0;
      let asked = 0;
      const ask = async () => {
        while (asking) {
          asked += 1;
          if (!(await dig("www.piracy.example")).includes("status: ")) lost += 1;
        }
      };
      const askers = [ask(), ask()];
      writeFileSync(
        file,
        good
          .replace("value: piracy.example", "value: moved.example")
          .replaceAll("target: www.piracy.example", "target: www.moved.example"),
      );
      await waitFor("the new image is in force", () => status().policy.image !== before);
      await waitFor(
        "the old name is answered",
        async () => (await dig("+short", "www.piracy.example")) === "127.0.0.1\n",
      );
      expect(await dig("www.moved.example")).toContain("EDE: 16");
      asking = false;
      await Promise.all(askers);
      expect(asked).toBeGreaterThan(10);
      expect(lost).toBe(0);
      writeFileSync(file, good);
      await waitFor("the first image is in force again", () => status().policy.image === before);
    });

    test("a broken policy is refused with its line in log, command and status, and the last good one stays", async () => {
      const image = status().policy.image;
      writeFileSync(file, good.replace("status: in-force", "staus: in-force"));
      await waitFor("the refusal is told", () => status().policy.refused !== null);
      expect(status().policy.refused?.issues[0]?.where).toBe(`policies/courts.yaml:${statusLine}:5`);
      expect(status().policy.image).toBe(image);
      expect(await dig("www.piracy.example")).toContain("EDE: 16");
      const told = await demarc("status", network.state);
      expect(told.code).toBe(1);
      expect(told.stdout).toContain(`policies/courts.yaml:${statusLine}:5`);
      expect(told.stdout).toContain("did you mean `status`?");
      await waitFor("the refusal is in the log", async () => {
        const { entries } = await demarcJson<{ entries: { entry: { type: string } }[] }>(
          "audit",
          "show",
          network.dns.state,
        );
        return entries.some(({ entry }) => entry.type === "policy.refused");
      });
      expect(network.dns.output()).toContain(`policies/courts.yaml:${statusLine}:5`);
    });

    test("a restart with the broken site goes on with the last good one", async () => {
      await network.dns.stop();
      const again: App = await startApp("dns-filter", {
        site: network.site,
        state: network.state,
        env: { DEMARC_DNS_UPSTREAMS: `127.0.0.1:${network.authorityPort}` },
      });
      const answer = (
        await run("dig", ["@127.0.0.1", "-p", String(again.port), "+tries=1", "www.piracy.example"])
      ).stdout;
      await again.stop();
      expect(answer).toContain("EDE: 16");
      writeFileSync(file, good);
    });

    test("a tunnel that is open stays open through a swap", async () => {
      const slow = run("curl", [
        "-s",
        "-m",
        "20",
        "-p",
        "--limit-rate",
        "1500k",
        "-o",
        "/dev/null",
        "-w",
        "%{size_download}",
        "-x",
        `http://127.0.0.1:${network.proxy.port}`,
        `http://free.example:${network.originPort}/big.bin`,
      ]);
      writeFileSync(file, `${good}# changed\n`);
      expect((await slow).stdout).toBe("3000000");
    });
  },
);
