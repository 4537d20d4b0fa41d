// The validator alone: how small it is, what is not in it, and that it runs where a page allows no eval.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { parseData } from "../src/index.ts";
import { validateData } from "../src/validate-data.ts";

const folder = new URL("..", import.meta.url).pathname;
const MAX_GZIP_BYTES = 12 * 1024;

const bundled = await build({
  entryPoints: [`${folder}src/validate-data.ts`],
  bundle: true,
  format: "esm",
  platform: "neutral",
  minify: true,
  metafile: true,
  write: false,
});
const code = bundled.outputFiles[0]?.text ?? "";

function documentOf(name: string): unknown {
  const data = parseData(readFileSync(`${folder}test/fixtures/${name}`, "utf8"), { file: name });
  return data.ok ? data.value : null;
}

test("it has 12 KB at most, gzipped, with its texts", () => {
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(MAX_GZIP_BYTES);
});

test("it is pure ESM: nothing is imported or required, nothing is made of text", () => {
  const outputs = Object.values(bundled.metafile.outputs);
  expect(outputs.flatMap((output) => output.imports)).toEqual([]);
  expect(Object.keys(bundled.metafile.inputs).filter((input) => input.includes("node_modules"))).toEqual([]);
  expect(code).not.toMatch(/\brequire\b|\beval\b|\bFunction\b|\bimport\b/);
});

test("it knows right from wrong", () => {
  expect(validateData(documentOf("valid/every-field.yaml"))).toMatchObject({
    ok: true,
    value: { kind: "policy" },
  });
  const judged = validateData(documentOf("invalid/misspelt-field.yaml"));
  expect(judged.ok ? [] : judged.issues.map((issue) => issue.code)).toEqual(["policy/unknown-field"]);
});

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => existsSync(path),
);

test.skipIf(executablePath === undefined)(
  `it runs in a browser under a strict content security policy${executablePath === undefined ? " (skipped: needs chromium)" : ""}`,
  { timeout: 120_000 },
  async () => {
    const documents = JSON.stringify([
      documentOf("valid/every-field.yaml"),
      documentOf("invalid/misspelt-field.yaml"),
    ]);
    const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
      "/": [
        "text/html",
        '<!doctype html><title>waiting</title><script type="module" src="/page.js"></script>',
      ],
      "/page.js": [
        "text/javascript",
        `import { validateData } from "/validate.js";
         const [sound, broken] = ${documents}.map(validateData);
         let canEval = true; try { (0, eval)("1"); } catch { canEval = false; }
         document.title = JSON.stringify([sound.ok, broken.issues.map((issue) => issue.code), canEval]);`,
      ],
      "/validate.js": ["text/javascript", code],
    };
    const server = createServer((request, response) => {
      const [type, text] = files[request.url ?? ""] ?? ["text/plain", ""];
      response.setHeader("content-type", type);
      response.setHeader(
        "content-security-policy",
        "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
      );
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await expect.poll(() => page.title(), { timeout: 60_000 }).not.toBe("waiting");
      expect(JSON.parse(await page.title())).toEqual([true, ["policy/unknown-field"], false]);
    } finally {
      await browser.close();
      server.close();
    }
  },
);
