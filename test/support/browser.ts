// A page in Chromium under a content security policy that allows nothing but its own server.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { chromium } from "playwright-core";

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
// Whether the policy is in force.
const PROBE = `try { (0, eval)("1"); } catch { document.title = "refused"; }`;
const TIMEOUT_MS = 30_000;

/** What the server shows, and the module that the page runs; it calls `report(value)` once. */
export interface PageOptions {
  readonly executablePath: string;
  /** Folders by the path that they are shown under. */
  readonly folders: Readonly<Record<string, string>>;
  /** Modules by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly script: string;
}

/** What the page reported, everything it complained about, and every URL of another server that it asked for. */
export interface PageResult {
  readonly reported: unknown;
  readonly canEval: boolean;
  readonly complaints: readonly string[];
  readonly foreign: readonly string[];
}

/** Opens the page and waits for its report or its first complaint. */
export async function runInPage(options: PageOptions): Promise<PageResult> {
  const files: Readonly<Record<string, string>> = {
    ...options.files,
    "/": '<!doctype html><script type="module" src="/page.js"></script>',
    "/probe": '<!doctype html><script type="module" src="/probe.js"></script>',
    "/probe.js": PROBE,
    "/page.js": `const report = (value) => { globalThis.reported = JSON.stringify(value); };\n${options.script}`,
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://page.example").pathname;
    response.setHeader("content-security-policy", POLICY);
    try {
      const body = files[path] ?? readFileSync(inFolders(options.folders, path));
      response.setHeader("content-type", typeOf(path)).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({
    executablePath: options.executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const foreign: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => request.url().startsWith(origin) || foreign.push(request.url()));
    await page.goto(origin);
    const end = Date.now() + TIMEOUT_MS;
    let reported: string | undefined;
    while (reported === undefined && complaints.length === 0 && Date.now() < end) {
      reported = await page.evaluate("globalThis.reported");
      if (reported === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const result = { reported: JSON.parse(reported ?? "null"), complaints: [...complaints], foreign };
    // A page of its own, since what the policy refuses here is a complaint.
    await page.goto(`${origin}probe`);
    return { ...result, canEval: (await page.title()) !== "refused" };
  } finally {
    await browser.close();
    server.close();
  }
}

function inFolders(folders: PageOptions["folders"], path: string): string {
  const found = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
  if (found === undefined) throw new Error(`nothing is shown at ${path}`);
  return join(found[1], normalize(`/${path.slice(found[0].length)}`));
}

function typeOf(path: string): string {
  if (!path.includes(".")) return "text/html";
  return path.endsWith(".js") ? "text/javascript" : "application/octet-stream";
}
