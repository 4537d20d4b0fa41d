// The monitor in a real browser: Chromium under the page's own content security policy, by keyboard, with axe.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { loadOrCreateKey, openLog } from "@demarc/audit/node";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../support/apps.ts";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { missingPrograms, programPath } from "../support/programs.ts";
import { run } from "../support/run.ts";

const missing = missingPrograms("chromium");
const hindrance = missing.length > 0 ? `needs ${missing.join(", ")}` : networkHindrance();
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let network: Network;
let monitor: App;
let browser: Browser;

const dig = (...args: string[]) =>
  run("dig", ["@127.0.0.1", "-p", String(network.dns.port), "+tries=1", ...args]);

/** A page with everything it complains about and every host it asks. */
async function open({
  bypassCSP = false,
} = {}): Promise<{ page: Page; complaints: string[]; foreign: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP });
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on(
    "request",
    (request) =>
      !request.url().startsWith(`http://127.0.0.1:${monitor.port}/`) && foreign.push(request.url()),
  );
  await page.goto(`http://127.0.0.1:${monitor.port}/`);
  await page.waitForSelector("#in-force table");
  return { page, complaints, foreign, close: () => context.close() };
}

describe.skipIf(hindrance !== null)(`monitor${hindrance === null ? "" : ` (skipped: ${hindrance})`}`, () => {
  beforeAll(async () => {
    network = await startNetwork();
    await dig("www.piracy.example");
    await dig("-b", "127.0.0.2", "adult.example");
    monitor = await startApp("monitor", { site: network.site, state: network.state });
    browser = await chromium.launch({
      executablePath: programPath("chromium") ?? "chromium",
      args: ARGUMENTS,
    });
  });
  afterAll(async () => {
    await browser?.close();
    await monitor?.stop();
    await network?.stop();
  });

  test("shows each rule with its law, place and end, asks no other host, and has nothing to complain about", async () => {
    const { page, complaints, foreign, close } = await open();
    const row = page.locator("tr", { hasText: "de-court-2026-0115" }).first();
    await expect
      .poll(() => row.textContent())
      .toMatch(/block[\s\S]*DE[\s\S]*2027-02-01[\s\S]*ECLI:DE:LGEXMPL/);
    await page.selectOption("#place", "FR");
    expect(await page.locator("#in-force tbody tr").count()).toBe(1);
    await page.selectOption("#place", "");
    await page.screenshot({ path: join(network.scratch.path, "monitor.png"), fullPage: true });
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await close();
  });

  test("its headers forbid everything else", async () => {
    const response = await fetch(`http://127.0.0.1:${monitor.port}/`);
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
    expect((await fetch(`http://127.0.0.1:${monitor.port}/../package.json`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${monitor.port}/`, { method: "POST" })).status).toBe(405);
  });

  test("decisions appear while one looks, in the plot and in its table", async () => {
    const { page, close } = await open();
    await page.locator("#decisions summary").click();
    const cell = page.locator("#decision-table tbody td").first();
    const before = Number(await cell.textContent());
    for (let index = 0; index < 5; index += 1) await dig(`live${index}.piracy.example`);
    await expect
      .poll(
        async () =>
          (await page.locator("#decision-table tbody td").allTextContents())
            .map(Number)
            .reduce((a, b) => a + b, 0),
        { timeout: 8000 },
      )
      .toBeGreaterThanOrEqual(before + 5);
    expect(await page.locator(".plot canvas").count()).toBe(1);
    await close();
  });

  test("the log is verified and says so", async () => {
    const { page, close } = await open();
    await expect
      .poll(() => page.locator("article[aria-label=dns-filter] .verification").textContent(), {
        timeout: 15_000,
      })
      .toMatch(/^holds, /);
    await close();
  });

  test("the page checks the log itself, sees it grow, and notices another history and another key", async () => {
    const { page, complaints, close } = await open();
    const card = page.locator("article[aria-label=dns-filter] .browser-check");
    const check = () => card.textContent();
    await expect.poll(check, { timeout: 15_000 }).toMatch(/^holds: signed, \d+ entries/);
    for (let index = 0; index < 3; index += 1) await dig(`grown${index}.piracy.example`);
    await expect.poll(check, { timeout: 20_000 }).toMatch(/[1-9]\d* added since your last look, \d+ of/);

    // The same key signs a tree in which another entry is first: what was seen is not a part of it.
    const key = await loadOrCreateKey(join(network.state, "dns-filter", "key"), "demarc.example/dns-filter");
    const fork = await openLog({ dir: join(network.scratch.path, "fork"), origin: key.name, signer: key });
    await fork.appendAll(Array.from({ length: 1000 }, (_, at) => new TextEncoder().encode(`{"at":${at}}`)));
    await fork.close();
    await page.route("**/log/dns-filter/**", (route) => {
      const path = new URL(route.request().url()).pathname.slice("/log/dns-filter/".length);
      return route.fulfill({ path: join(network.scratch.path, "fork", path) });
    });
    await expect.poll(check, { timeout: 20_000 }).toMatch(/does not start with the one of \d+ entries$/);
    await page.unroute("**/log/dns-filter/**");
    await expect.poll(check, { timeout: 20_000 }).toMatch(/^holds/);

    await page.evaluate(() => {
      for (const name of Object.keys(localStorage))
        localStorage.setItem(name, JSON.stringify({ verifierKey: "x+00000000+AA==", checkpoint: "" }));
    });
    await expect.poll(check, { timeout: 20_000 }).toMatch(/^the key is not the one of your first visit/);
    expect(complaints).toEqual([]);
    await close();
  }, 90_000);

  test("of a log, only its public files have an address", async () => {
    const get = (path: string) => fetch(`http://127.0.0.1:${monitor.port}/log/${path}`);
    expect((await get("dns-filter/checkpoint")).headers.get("content-type")).toBe(
      "text/plain; charset=utf-8",
    );
    for (const path of [
      "dns-filter/state/signed",
      "dns-filter/../key",
      "nobody/checkpoint",
      "dns-filter/tile/0/0",
    ])
      expect((await get(path)).status, path).toBe(404);
  });

  test("why, by keyboard alone: the exception, and the order that yields to it", async () => {
    const { page, close } = await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Skip");
    await page.locator("nav a", { hasText: "Why?" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("archive.piracy.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("DE");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#answer table");
    const answer = await page.locator("#answer").textContent();
    expect(answer).toMatch(/Passes.*de-court-2026-0601-archive/);
    expect(answer).toContain("overridden by de-court-2026-0601-archive");
    await close();
  });

  test("a question that can not be read is told at its field", async () => {
    const { page, close } = await open();
    await page.fill("input[name=name]", "www.piracy.example");
    await page.fill("input[name=territory]", "Germany");
    await page.click("button[type=submit]");
    await expect.poll(() => page.locator("#answer").textContent()).toContain("did you mean DE?");
    expect(await page.getAttribute("input[name=territory]", "aria-invalid")).toBe("true");
    await close();
  });

  test("a refused policy set is shown with its line while the last good one stays", async () => {
    const file = join(network.site, "policies", "courts.yaml");
    const good = readFileSync(file, "utf8");
    const statusLine = good.split("\n").indexOf("    status: in-force") + 1;
    const { page, close } = await open();
    writeFileSync(file, good.replace("status: in-force", "staus: in-force"));
    await expect
      .poll(() => page.locator(".refused").first().textContent(), { timeout: 15_000 })
      .toContain(`policies/courts.yaml:${statusLine}:5`);
    writeFileSync(file, good);
    await expect.poll(() => page.locator(".refused").count(), { timeout: 15_000 }).toBe(0);
    await close();
  });

  test.each(["light", "dark"] as const)("axe finds no violation in the %s scheme", async (colorScheme) => {
    const { page, close } = await open({ bypassCSP: true });
    await page.emulateMedia({ colorScheme });
    await page.addScriptTag({ content: axeSource });
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`);
    });
    expect(violations).toEqual([]);
    await close();
  });
});
