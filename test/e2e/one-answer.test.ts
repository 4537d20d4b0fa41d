// The same request through the DNS filter, the proxy, the command and the library gives the same decision.
import { readFileSync } from "node:fs";
import { decide } from "@demarc/matcher";
import { loadSite, readQuestion } from "@demarc/runtime";
import { Effect } from "effect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { demarcJson, run } from "../support/run.ts";

interface Case {
  readonly name: string;
  readonly client: string;
  readonly territory: string;
  readonly rule: string | null;
  readonly verdict: "pass" | "refuse";
  readonly why: string;
}

const cases = (
  JSON.parse(readFileSync(new URL("../vectors/one-answer.json", import.meta.url), "utf8")) as {
    cases: readonly Case[];
  }
).cases;
const hindrance = networkHindrance();
let network: Network;

describe.skipIf(hindrance !== null)(
  `one answer${hindrance === null ? "" : ` (skipped: ${hindrance})`}`,
  () => {
    beforeAll(async () => {
      network = await startNetwork();
    });
    afterAll(() => network.stop());

    test.each(cases.map((each) => [`${each.name} for ${each.client}: ${each.why}`, each] as const))(
      "%s",
      async (_title, each) => {
        const site = await Effect.runPromise(loadSite(network.site));
        const question = readQuestion(
          site.image,
          { target: each.name, territory: each.territory },
          Date.now(),
        );
        if (!question.ok) throw new Error(question.issue.issue.message);
        const library = decide(site.image, question.value);
        expect({ verdict: library.verdict, rule: library.rule?.id ?? null }).toEqual({
          verdict: each.verdict,
          rule: each.rule,
        });

        const command = await demarcJson<{
          explanation: { decision: { verdict: string; rule: { id: string } | null } };
        }>("explain", each.name, "--site", network.site, "--client", each.client);
        const { decision } = command.explanation;
        expect({ verdict: decision.verdict, rule: decision.rule?.id ?? null }).toEqual({
          verdict: each.verdict,
          rule: each.rule,
        });

        const answer = (
          await run("dig", [
            "@127.0.0.1",
            "-p",
            String(network.dns.port),
            "-b",
            each.client,
            "+tries=1",
            each.name,
          ])
        ).stdout;
        expect(/EDE: \d+/.test(answer) ? "refuse" : "pass").toBe(each.verdict);
        if (each.verdict === "refuse") expect(answer).toContain(`rule ${each.rule}`);

        const url = `http://${each.name}:${network.originPort}/`;
        const page = (
          await run("curl", [
            "-s",
            "-i",
            "-m",
            "10",
            "--interface",
            each.client,
            "-x",
            `http://127.0.0.1:${network.proxy.port}`,
            url,
          ])
        ).stdout;
        expect(/^HTTP\/1\.1 (?:451|403)/.test(page) ? "refuse" : "pass").toBe(each.verdict);
        if (each.verdict === "refuse") expect(page).toContain(each.rule ?? "");
      },
    );
  },
);
