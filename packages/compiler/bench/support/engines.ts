// The filter engines that npm has, each with a list of names as its rules.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contender } from "./compare.ts";

const folder = join(import.meta.dirname, "../peers/node_modules");

/** A peer's ES module: `require.resolve` knows CommonJS only. */
export async function loadPeer<T>(name: string): Promise<T> {
  const manifest = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")) as Manifest;
  const entry = manifest.exports?.["."]?.import ?? manifest.main ?? "index.js";
  const path = typeof entry === "string" ? entry : entry.default;
  return (await import(pathToFileURL(join(folder, name, path)).href)) as T;
}

interface Manifest {
  readonly main?: string;
  readonly exports?: { readonly "."?: { readonly import?: string | { readonly default: string } } };
}

interface Ghostery {
  readonly FiltersEngine: {
    parse(text: string, options: object): { match(request: unknown): { match: boolean } };
  };
  readonly Request: { fromRawDetails(details: object): unknown };
}
interface AdGuard {
  readonly DnsEngine: new (storage: unknown) => { match(name: string): { basicRule: unknown } };
  readonly RuleStorage: new (lists: readonly unknown[]) => unknown;
  readonly Engine: {
    createSync(options: { filters: readonly { id: number; content: string }[] }): {
      matchRequest(request: unknown): { getBasicResult(): unknown };
    };
  };
  readonly Request: new (url: string, source: string, type: number) => unknown;
  readonly RequestType: { readonly Script: number };
  readonly StringRuleList: new (id: number, text: string, ignoreCosmetic: boolean) => unknown;
}
interface UblockEngine {
  useLists(lists: readonly object[]): Promise<void>;
  matchRequest(details: object): number;
}
interface Ublock {
  readonly StaticNetFilteringEngine: { create(): Promise<UblockEngine> };
}
let snfe: UblockEngine | undefined;

/**
 * Each engine with the rules `||NAME^`, or with rules as they are. They answer about requests, so a name is asked as
 * `https://NAME/`.
 */
export async function filterEngines(
  list: readonly string[],
  kind: "names" | "rules" = "names",
): Promise<readonly Contender[]> {
  const text = `${(kind === "rules" ? list : list.map((name) => `||${name}^`)).join("\n")}\n`;
  const urlOf = (asked: string): string => (kind === "rules" ? asked : `https://${asked}/`);
  const share = 0.02;
  const from = { sourceUrl: "https://page.invalid/", type: "script" };
  const ghostery = await loadPeer<Ghostery>("@ghostery/adblocker");
  const engine = ghostery.FiltersEngine.parse(text, { loadCosmeticFilters: false });
  const adguard = await loadPeer<AdGuard>("@adguard/tsurlfilter");
  const adguardOf = (): Contender => {
    if (kind === "names") {
      const list = new adguard.StringRuleList(1, text, true);
      const dns = new adguard.DnsEngine(new adguard.RuleStorage([list]));
      return {
        name: "@adguard/tsurlfilter DnsEngine",
        share,
        ask: (name) => dns.match(name).basicRule !== null,
      };
    }
    const network = adguard.Engine.createSync({ filters: [{ id: 1, content: text }] });
    const { Request, RequestType } = adguard;
    const requestOf = (url: string): unknown => new Request(url, from.sourceUrl, RequestType.Script);
    return {
      name: "@adguard/tsurlfilter Engine",
      share,
      ask: (url) => network.matchRequest(requestOf(url)).getBasicResult() !== null,
    };
  };
  const ublock = await loadPeer<Ublock>("@gorhill/ubo-core");
  // There can be one only; it takes another list in place of the one before.
  snfe ??= await ublock.StaticNetFilteringEngine.create();
  const only = snfe;
  await only.useLists([{ name: "list", raw: text }]);
  return [
    {
      name: "@ghostery/adblocker",
      share,
      ask: (name) => engine.match(ghostery.Request.fromRawDetails({ ...from, url: urlOf(name) })).match,
    },
    adguardOf(),
    {
      name: "uBlock Origin (ubo-core)",
      share,
      ask: (name) =>
        only.matchRequest({ originURL: "https://page.invalid/", url: urlOf(name), type: "script" }) !== 0,
    },
  ];
}
