// Site folders for tests: the example site, or a small one around a list.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { root } from "./apps.ts";

/** A folder that is removed with `remove()`. */
export interface Scratch {
  readonly path: string;
  readonly remove: () => void;
}

/** A new folder below the system's temporary one. */
export function scratchFolder(): Scratch {
  const path = mkdtempSync(join(tmpdir(), "demarc-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A copy of the example site that a test may change. */
export function copyExampleSite(to: string): string {
  cpSync(join(root, "examples", "site"), to, { recursive: true });
  return to;
}

/** Real data beside the repository, or null with the reason where it is absent. */
export function sharedData(...path: string[]): string | null {
  const file = join(root, "..", "shared", "data", ...path);
  return existsSync(file) ? file : null;
}

/** A site with one voluntary blocking rule around one list of names, for clients anywhere. */
export function writeListSite(
  folder: string,
  list: string,
  { format = "domains" }: { readonly format?: string } = {},
): string {
  mkdirSync(join(folder, "policies"), { recursive: true });
  mkdirSync(join(folder, "lists"), { recursive: true });
  writeFileSync(join(folder, "lists", "names.txt"), list);
  const ref = "https://lists.example/names.txt";
  writeFileSync(join(folder, "policy-set.yaml"), stringify(listSet(ref)));
  writeFileSync(join(folder, "policies", "list.yaml"), stringify(listPolicy(ref, list, format)));
  writeFileSync(
    join(folder, "networks.yaml"),
    stringify({
      source: "test",
      dataDate: "2026-11-01",
      clients: [{ prefix: "127.0.0.0/8", territory: "DE" }],
      hosts: [],
    }),
  );
  return folder;
}

const OPERATOR = {
  name: "Example Access GmbH",
  type: "operator",
  jurisdiction: "DE",
  contact: "mailto:transparency@isp.example",
};

function listSet(ref: string): object {
  return {
    specVersion: "1.0",
    id: "https://isp.example/policy-set/list",
    version: "1.0.0",
    title: { en: "One list" },
    operator: OPERATOR,
    default: "allow",
    layers: [{ id: "operator", policies: ["policies/list.yaml"] }],
    lists: [{ ref, path: "lists/names.txt" }],
  };
}

function listPolicy(ref: string, list: string, format: string): object {
  return {
    specVersion: "1.0",
    id: "https://isp.example/policies/list",
    version: "1.0.0",
    title: { en: "One list" },
    publisher: OPERATOR,
    published: "2026-11-01T00:00:00Z",
    rules: [
      {
        id: "list-rule",
        title: { en: "Names on a list" },
        status: "in-force",
        category: "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        selectors: [{ type: "list", ref, sha256: createHash("sha256").update(list).digest("hex"), format }],
        effect: { action: "block", notice: { http: 403, ede: 15 } },
        scope: {
          territories: ["DE"],
          connectors: ["operator-establishment"],
          minConfidence: 0.8,
          whenUnknown: "skip",
        },
        legalBasis: {
          kind: "operator-policy",
          discretion: "voluntary",
          citations: [
            {
              scheme: "document",
              id: "https://isp.example/terms",
              sha256: "0".repeat(64),
              title: "Terms of service",
            },
          ],
          authority: OPERATOR,
          issued: "2026-01-01",
        },
        effective: "2026-01-01T00:00:00Z",
        expires: "2036-01-01T00:00:00Z",
        justification: {
          aim: "network-security",
          necessity: "The terms of service name this list.",
          leastRestrictive: "Only the listed names.",
          overblocking: "assessed",
        },
        remedy: { url: "https://isp.example/appeal", body: "Example Access GmbH" },
      },
    ],
  };
}

/** Names of the largest plain list of the real data, or generated ones of the same shape where it is absent. */
export function manyNames(atLeast: number): { readonly names: string[]; readonly source: string } {
  const folder = sharedData("lists");
  if (folder !== null) {
    const names = readdirSync(folder)
      .filter((file) => file.endsWith("-nl.txt"))
      .sort()
      .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"))
      .filter((line) => /^[a-z0-9.-]+\.[a-z]+$/.test(line));
    return { names: [...new Set(names)], source: "real lists beside the repository" };
  }
  const names = Array.from(
    { length: atLeast },
    (_, index) => `n${index.toString(36)}.list${index % 977}.example`,
  );
  return { names, source: "generated names (no real lists beside the repository)" };
}
