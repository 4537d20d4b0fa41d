// Bad input and bad days: each is told in words that say what to do, and nothing is lost.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchApp, startApp } from "../support/apps.ts";
import { hasProgram } from "../support/programs.ts";
import { demarc, run } from "../support/run.ts";
import { freePort, waitFor } from "../support/servers.ts";
import {
  copyExampleSite,
  manyNames,
  type Scratch,
  scratchFolder,
  sharedData,
  writeListSite,
} from "../support/sites.ts";

let scratch: Scratch;
let next = 0;

/** A fresh site and state. */
const place = () => {
  next += 1;
  return {
    site: copyExampleSite(join(scratch.path, `site-${next}`)),
    state: join(scratch.path, `state-${next}`),
  };
};
const env = { DEMARC_DNS_UPSTREAMS: "127.0.0.1:9" };

const refused = async (change: (courts: string) => string): Promise<string> => {
  const at = place();
  const file = join(at.site, "policies", "courts.yaml");
  writeFileSync(file, change(readFileSync(file, "utf8")));
  const app = launchApp("dns-filter", {
    ...at,
    env: { ...env, DEMARC_DNS_LISTEN: `127.0.0.1:${await freePort()}` },
  });
  await waitFor("it ends", () => app.child.exitCode !== null, { timeoutMs: 15_000 });
  expect(app.child.exitCode).not.toBe(0);
  return app.output();
};

describe("faults", () => {
  beforeAll(() => {
    scratch = scratchFolder();
  });
  afterAll(() => scratch.remove());

  test.each([
    [
      "broken YAML",
      (text: string) => text.replace("rules:", "rules: ["),
      /policies\/courts\.yaml:\d+:\d+: .*\(policy\/syntax\)/,
    ],
    [
      "an unknown field",
      (text: string) => text.replace("status:", "stauts:"),
      /courts\.yaml:\d+:5: there is no field `stauts` here \(policy\/unknown-field\)\n\s+help: did you mean `status`\?/,
    ],
    [
      "an unknown territory",
      (text: string) => text.replace("territories: [DE]", "territories: [UK]"),
      /`UK` is no territory \(policy\/unknown-territory\)\n\s+help: did you mean GB\?/,
    ],
    [
      "a rule without its law",
      (text: string) => text.replace(/ {4}legalBasis:[\s\S]*?issued: 2026-01-15\n/, ""),
      /the field `legalBasis` is missing \(policy\/missing-law\)/,
    ],
    [
      "a rule that ends before it starts",
      (text: string) => text.replace("expires: 2027-02-01T00:00:00Z", "expires: 2026-01-01T00:00:00Z"),
      /\(policy\/order-of-dates\)/,
    ],
  ])("%s: the app does not start and says where", async (_name, change, message) => {
    expect(await refused(change)).toMatch(message);
  });

  test("an expired rule applies to nothing and is a finding", async () => {
    const at = place();
    const file = join(at.site, "policies", "courts.yaml");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replaceAll("expires: 2027-02-01T00:00:00Z", "expires: 2026-10-01T00:00:00Z")
        .replaceAll("at: 2027-02-01", "at: 2026-10-01"),
    );
    expect((await demarc("explain", "www.piracy.example", "--in", "DE", "--site", at.site)).stdout).toContain(
      "de-court-2026-0115 (block, name-suffix 2, layer law): has ended",
    );
    const checked = await demarc("check", at.site);
    expect(checked.stdout).toContain("(policy/expired)");
    expect((await demarc("check", "--strict", at.site)).code).toBe(1);
  });

  test("garbage lines in a list are counted and the rest is enforced", async () => {
    const site = writeListSite(join(scratch.path, "garbage"), "bad.example\n??? not a name\nworse.example\n");
    const checked = await demarc("check", site);
    expect(checked.stdout).toMatch(/1 of 3 lines/);
    expect((await demarc("explain", "www.worse.example", "--site", site)).stdout).toContain("refused: block");
  });

  test("a list whose digest is not the one named is left out, and said to be", async () => {
    const at = place();
    writeFileSync(join(at.site, "lists", "malware.rpz"), "$TTL 60\neverything.example CNAME .\n");
    const site = await demarc("check", at.site);
    expect(site.stdout).toContain("(compiler/list-digest)");
    expect((await demarc("explain", "everything.example", "--in", "DE", "--site", at.site)).stdout).toContain(
      "passes: allow",
    );
  });

  test("a truncated image is refused with the offset's reason", async () => {
    const image = join(scratch.path, "cut.image");
    const { site } = place();
    expect((await demarc("compile", site, "-o", image)).code).toBe(0);
    truncateSync(image, 5000);
    const asked = await demarc("explain", "free.example", "--image", image);
    expect(asked.code).toBe(3);
    expect(asked.stderr).toMatch(/is no image: .*\(image\/truncated\)/);
  });

  test("a taken port is told, with what to do", async () => {
    const at = place();
    const first = await startApp("dns-filter", { ...at, env });
    const second = launchApp("dns-filter", {
      site: at.site,
      state: `${at.state}-2`,
      env: { ...env, DEMARC_DNS_LISTEN: `127.0.0.1:${first.port}` },
    });
    await waitFor("it ends", () => second.child.exitCode !== null);
    expect(second.output()).toMatch(/port \d+ on 127\.0\.0\.1 is taken by another process; stop it/);
    await first.stop();
  });

  test("two writers of one log: the second is told", async () => {
    const at = place();
    const first = await startApp("dns-filter", { ...at, env });
    const second = launchApp("dns-filter", {
      ...at,
      env: { ...env, DEMARC_DNS_LISTEN: `127.0.0.1:${await freePort()}` },
    });
    await waitFor("it ends", () => second.child.exitCode !== null);
    expect(second.output()).toMatch(/log/);
    await first.stop();
  });

  test.skipIf(!hasProgram("dig"))("a dead upstream gives SERVFAIL that names it", async () => {
    const app = await startApp("dns-filter", { ...place(), env });
    const { stdout } = await run("dig", [
      "@127.0.0.1",
      "-p",
      String(app.port),
      "+tries=1",
      "+time=15",
      "free.example",
    ]);
    expect(stdout).toContain("status: SERVFAIL");
    expect(stdout).toMatch(/EDE: 2[23] .*127\.0\.0\.1:9/);
    await app.stop();
  });

  test.skipIf(!hasProgram("dig"))("a corrupted tile is named by the verifier", async () => {
    const app = await startApp("dns-filter", { ...place(), env });
    for (const name of ["a", "b", "c"])
      await run("dig", ["@127.0.0.1", "-p", String(app.port), "+tries=1", `${name}.piracy.example`]);
    await app.stop();
    expect((await demarc("audit", "verify", app.state)).code).toBe(0);
    const found = execFileSync(
      "bash",
      ["-c", `ls -d ${join(app.state, "log", "tile", "0")}/*.p/* | sort -t/ -k1 -V | tail -1`],
      { encoding: "utf8" },
    ).trim();
    const bytes = readFileSync(found);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(found, bytes);
    const verified = await demarc("audit", "verify", app.state);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toMatch(/does not hold[\s\S]*tile\/0\/000/);
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(!isRoot || !hasProgram("dig"))(
    `a full disk stops no decision and loses no acknowledged entry${isRoot ? "" : " (skipped: mounting a small tmpfs needs root)"}`,
    async () => {
      const state = join(scratch.path, "small");
      mkdirSync(state);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", state]);
      try {
        const app = await startApp("dns-filter", { site: place().site, state, env });
        writeFileSync(join(state, "filler"), Buffer.alloc(16));
        const status = join(app.state, "status.json");
        await waitFor("the first status", () => existsSync(status));
        const statusOf = () =>
          JSON.parse(readFileSync(status, "utf8")) as {
            audit: { state: string; size: number; message: string | null };
          };
        execFileSync("bash", ["-c", `dd if=/dev/zero of=${join(state, "filler")} bs=4k 2>/dev/null || true`]);
        for (let index = 0; index < 3; index += 1) {
          const { stdout } = await run("dig", [
            "@127.0.0.1",
            "-p",
            String(app.port),
            "+tries=1",
            `full${index}.piracy.example`,
          ]);
          expect(stdout).toContain("EDE: 16");
        }
        await waitFor("the app says that its log fails", () =>
          /can not be written.*disk full|disk full/.test(app.output()),
        );
        execFileSync("rm", [join(state, "filler")]);
        await waitFor(
          "the log is written again",
          () => statusOf().audit.state === "ok" && statusOf().audit.size >= 5,
          { timeoutMs: 30_000 },
        );
        await app.stop();
        expect((await demarc("audit", "verify", app.state)).code).toBe(0);
        for (let index = 0; index < 3; index += 1)
          expect((await demarc("audit", "show", app.state, "--last", "50")).stdout).toContain(
            `full${index}.piracy.example`,
          );
      } finally {
        execFileSync("umount", ["-l", state]);
      }
    },
  );

  test.skipIf(!hasProgram("dig"))(
    `a list of over 100,000 names is loaded and enforced${sharedData("lists") === null ? " (generated: no real lists beside the repository)" : ""}`,
    async () => {
      const { names } = manyNames(120_000);
      expect(names.length).toBeGreaterThan(100_000);
      const site = writeListSite(join(scratch.path, "many"), `${names.join("\n")}\n`);
      const app = await startApp("dns-filter", { site, state: join(scratch.path, "many-state"), env });
      for (const name of [names[0], names[Math.floor(names.length / 2)], names.at(-1)]) {
        const { stdout } = await run("dig", [
          "@127.0.0.1",
          "-p",
          String(app.port),
          "+tries=1",
          `www.${name}`,
        ]);
        expect(stdout).toContain("EDE: 15");
      }
      await app.stop();
    },
  );
});
