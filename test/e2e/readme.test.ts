// "See one block, from law to log" in the README: each command of it, typed as it stands but for ports and folder.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/apps.ts";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { run } from "../support/run.ts";

const hindrance = networkHindrance();

// What each command must print, by its first distinct words.
const SHOWN: Record<string, RegExp> = {
  "dig @127.0.0.1":
    /status: NXDOMAIN[\s\S]*EDE: 16.*Landgericht Example.*until 2027-02-01; appeal .*ref \S+\)/,
  "dig -b 127.0.0.3": /status: NOERROR/,
  "curl -x": /^HTTP\/1\.1 451 [\s\S]*Link: <[^>]+>; rel="blocked-by"/,
  "demarc explain": /refused: block[\s\S]*de-court-2026-0115/,
  "demarc audit show": /refuse block {2}www\.piracy\.example/,
  "demarc audit verify": /^holds: \d+ entries checked/,
  "demarc audit prove": /is in the log of \d+ entries; wrote .*block\.tlog-proof/,
};

describe.skipIf(hindrance !== null)(
  `the README's walk${hindrance === null ? "" : ` (skipped: ${hindrance})`}`,
  () => {
    let network: Network;
    beforeAll(async () => {
      network = await startNetwork();
    });
    afterAll(() => network.stop());

    test("each command shows what is written beside it", async () => {
      const commands = walkCommands();
      expect(commands.map((command) => keyOf(command))).toEqual(Object.keys(SHOWN));
      let reference = "";
      for (const command of commands) {
        // Entries are shown once they are under a checkpoint, which is published each second.
        if (keyOf(command) === "demarc audit show") await setTimeout(1100);
        const { stdout, stderr } = await run("bash", ["-c", here(command, reference)]);
        expect(stdout + stderr, command).toMatch(SHOWN[keyOf(command) ?? ""] ?? /^$/);
        reference ||= /; ref ([\w-]+)\)/.exec(stdout)?.[1] ?? "";
      }
    }, 60_000);

    function here(command: string, reference: string): string {
      const cli = `"${process.execPath}" "${join(root, "packages", "cli", "dist", "main.js")}"`;
      return command
        .replace("npx demarc", cli)
        .replace("-p 8053", `-p ${network.dns.port}`)
        .replace("127.0.0.1:3128", `127.0.0.1:${network.proxy.port}`)
        .replace(".demarc/dns-filter", network.dns.state)
        .replace("REF", reference)
        .replace("--out block", `--out ${join(network.scratch.path, "block")}`);
    }
  },
);

function walkCommands(): string[] {
  const section = /^## See one block.*?```sh\n(.*?)```/ms.exec(
    readFileSync(join(root, "README.md"), "utf8"),
  )?.[1];
  return (section ?? "")
    .split("\n")
    .map((line) => line.replace(/#.*$/, "").trim())
    .filter((line) => line !== "");
}

function keyOf(command: string): string | undefined {
  return Object.keys(SHOWN).find((key) => command.replace("npx ", "").startsWith(key));
}
