// The same image and the same request give the same decision and the same explanation wherever the matcher runs: the
// built package is loaded here, in a thread over shared memory, in Chromium, in Deno and in Bun, and the texts compared.
// So are the readings of names, in which each engine's own URL parser has a part.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMainThread, Worker } from "node:worker_threads";
import type * as Matcher from "@demarc/matcher";
import type * as Net from "@demarc/net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInPage } from "../support/browser.ts";
import { programPath } from "../support/programs.ts";
import { type Asked, answersOf, readingsOf } from "./ask.ts";
import { compiledVectors } from "./vectors.ts";
import type { Given } from "./worker.ts";

// What the package publishes, not its source: the tests' own imports get the source.
function entryOf(name: string): string {
  const folder = fileURLToPath(new URL(`../../packages/${name}/`, import.meta.url));
  const published = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    exports: { ".": { default: string } };
  };
  return join(folder, published.exports["."].default);
}
const entries = { matcher: entryOf("matcher"), net: entryOf("net") };
const matcher = pathToFileURL(entries.matcher).href;
const net = pathToFileURL(entries.net).href;
const program = fileURLToPath(new URL("./program.ts", import.meta.url));

const compiled = compiledVectors();
const asked: readonly Asked[] = compiled.map(({ image, requests }) => ({ image, requests }));
const folder = mkdtempSync(join(tmpdir(), "demarc-environments-"));
const names = (
  JSON.parse(
    readFileSync(new URL("../../packages/net/test/vectors/names.json", import.meta.url), "utf8"),
  ) as { text: string }[]
).map(({ text }) => text);
let expected: readonly string[] = [];
let readings: readonly string[] = [];

beforeAll(async () => {
  for (const { image, bytes } of compiled) writeFileSync(join(folder, image), bytes);
  writeFileSync(join(folder, "asked.json"), JSON.stringify(asked));
  writeFileSync(join(folder, "names.json"), JSON.stringify(names));
  const images = compiled.map(({ image }) => {
    const file = readFileSync(join(folder, image));
    return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  });
  expected = answersOf((await import(/* @vite-ignore */ matcher)) as typeof Matcher, images, asked);
  readings = readingsOf((await import(/* @vite-ignore */ net)) as typeof Net, names);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the main thread gives what the vectors say, for texts and for bytes", () => {
  expect(isMainThread).toBe(true);
  expect(expected.length).toBeGreaterThan(300);
  const answers = expected.map((text) => {
    const [decision, explanation] = JSON.parse(text) as [Matcher.Decision, Matcher.Explanation];
    expect(explanation.decision).toEqual(decision);
    return { verdict: decision.verdict, rule: decision.rule?.id ?? null };
  });
  expect(answers).toEqual(compiled.flatMap((file) => file.expected.flatMap((each) => [each, each])));
});

test("a thread over shared memory", async () => {
  const images = compiled.map(({ bytes }) => {
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    return shared;
  });
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { matcher, images, asked } satisfies Given,
    execArgv: [],
  });
  const answers = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  // While the thread asks, this one asks the same bytes: neither disturbs the other.
  const ours = answersOf((await import(/* @vite-ignore */ matcher)) as typeof Matcher, images, asked);
  expect(await answers).toEqual(expected);
  expect(ours).toEqual(expected);
});

const chromium = programPath("chromium");

test.skipIf(chromium === null)(
  `Chromium under a strict content security policy${chromium === null ? " (skipped: needs chromium)" : ""}`,
  { timeout: 60_000 },
  async () => {
    const page = await runInPage({
      executablePath: chromium ?? "",
      folders: { "/images/": folder, "/matcher/": dirname(entries.matcher), "/net/": dirname(entries.net) },
      files: { "/ask.js": stripTypeScriptTypes(readFileSync(new URL("./ask.ts", import.meta.url), "utf8")) },
      script: `
        import * as matcher from "/matcher/index.js";
        import * as net from "/net/index.js";
        import { answersOf, readingsOf } from "/ask.js";
        const asked = await (await fetch("/images/asked.json")).json();
        const images = await Promise.all(
          asked.map(async ({ image }) => (await fetch("/images/" + image)).arrayBuffer()),
        );
        const names = await (await fetch("/images/names.json")).json();
        report({ answers: answersOf(matcher, images, asked), readings: readingsOf(net, names) });`,
    });
    expect(page.complaints).toEqual([]);
    expect(page.foreign).toEqual([]);
    expect(page.canEval).toBe(false);
    expect(page.reported).toEqual({ answers: expected, readings });
  },
);

// Each may read the images and the built package; Deno asks for every right, so this also shows that none else is needed.
const PROGRAMS = {
  deno: [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-config",
    "--no-lock",
    "--no-remote",
    "--no-npm",
    `--allow-read=${[folder, dirname(entries.matcher), dirname(entries.net), dirname(program)].join(",")}`,
  ],
  bun: ["run", "--no-install"],
} as const;

for (const [name, args] of Object.entries(PROGRAMS)) {
  const path = programPath(name);
  const works = path !== null && spawnSync(path, ["--version"]).status === 0;
  const why = works ? "" : ` (skipped: needs ${name}; npm ci brings it where it has a build)`;
  test.skipIf(!works)(`${name}${why}`, { timeout: 60_000 }, () => {
    const result = spawnSync(path ?? name, [...args, program, matcher, net, folder], {
      encoding: "utf8",
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
      env: { HOME: folder, DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    });
    expect(result.stderr).toBe("");
    expect(JSON.parse(result.stdout)).toEqual({ answers: expected, readings });
  });
}
