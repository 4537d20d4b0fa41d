// A small site on disk, and the folder that it lives in for one test.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAddress } from "@demarc/net";
import { Effect, type Scope } from "effect";

/** A folder that is gone after the test. */
export const scratch: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "demarc-runtime-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
);

/** Names of a list, one a line. */
export const LIST = "one.listed.example\ntwo.listed.example\n";
export const LIST_REF = "https://feeds.example/names.txt";

/** The subscriber that the site's map places in DE, and one that it does not know. */
export const CLIENT = address("198.51.100.77");
export const STRANGER = address("203.0.113.9");

export const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

export const SET = `specVersion: "1.0"
id: https://isp.example/policy-set
version: 1.0.0
title: { en: Small site }
operator: { name: Example Access, type: operator, jurisdiction: DE, contact: "mailto:noc@isp.example" }
default: allow
layers:
  - { id: law, title: { en: Law }, policies: [policies/rules.yaml] }
lists:
  - { ref: "${LIST_REF}", path: lists/names.txt }
`;

const NETWORKS = `source: address plan
dataDate: "2026-01-01"
clients:
  - { prefix: 198.51.100.77/32, territory: DE, dataClasses: [personal-data] }
hosts:
  - { prefix: 192.0.2.0/24, territory: FR }
`;

/** What a rule of the site says; the rest is the same for all. */
export interface RuleText {
  readonly id: string;
  readonly selector: string;
  readonly action?: string;
  readonly territory?: string;
  readonly effective?: string;
  readonly expires?: string;
  readonly law?: string;
  readonly tests?: string;
}

/** One rule as YAML, valid unless its parts are not. */
export function ruleText(rule: RuleText): string {
  const law = `    legalBasis:
      kind: court-order
      discretion: mandatory
      citations: [{ scheme: ecli, id: "ECLI:DE:LGEXMPL:2026:0115.14O100.25.00" }]
      authority: { name: Landgericht Example, type: court, jurisdiction: DE }
      issued: 2020-01-15
`;
  return `  - id: ${rule.id}
    title: { en: Rule ${rule.id} }
    status: in-force
    category: other
    selectors: [${rule.selector}]
    effect: { action: ${rule.action ?? "block"}${rule.action === undefined ? ", notice: {}" : ""} }
    scope: { territories: [${rule.territory ?? "DE"}], connectors: [subject-location], minConfidence: 0.5, whenUnknown: skip }
${rule.law ?? law}    effective: ${rule.effective ?? "2020-01-01T00:00:00Z"}
    expires: ${rule.expires ?? "2099-01-01T00:00:00Z"}
    justification: { aim: rights-of-others, necessity: n, leastRestrictive: l, overblocking: assessed }
    remedy: { url: "https://isp.example/appeal", body: Landgericht Example }
${rule.tests === undefined ? "" : `    tests: [${rule.tests}]\n`}`;
}

export const BLOCK: RuleText = {
  id: "court",
  selector: "{ type: domain, value: piracy.example, match: subdomains }",
};
export const OBSERVE: RuleText = {
  id: "watch",
  selector: "{ type: domain, value: parked.test, match: subdomains }",
  action: "observe",
};
export const listRule = (sha256: string = digest(LIST)): RuleText => ({
  id: "listed",
  selector: `{ type: list, ref: "${LIST_REF}", sha256: "${sha256}", format: domains }`,
});

/** The policy with these rules. */
export function policyText(...rules: readonly RuleText[]): string {
  return `specVersion: "1.0"
id: https://policies.example/rules
version: 1.0.0
title: { en: Rules }
publisher: { name: Example Access, type: operator, jurisdiction: DE, contact: "mailto:noc@isp.example" }
published: 2020-01-01T00:00:00Z
rules:
${rules.map(ruleText).join("")}`;
}

/** Files of a site by path; null leaves one out. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array | null>>;

const SITE_FILES: SiteFiles = {
  "policy-set.yaml": SET,
  "policies/rules.yaml": policyText(BLOCK, OBSERVE, listRule()),
  "lists/names.txt": LIST,
  "networks.yaml": NETWORKS,
};

/** Writes the small site into `folder`, with `files` in place of its own. */
export function writeSite(folder: string, files: SiteFiles = {}): string {
  for (const [path, content] of Object.entries({ ...SITE_FILES, ...files })) {
    if (content === null) continue;
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Reads an address that a test is sure of. */
export function address(text: string): Uint8Array {
  const read = parseAddress(text);
  if (!read.ok) throw new Error(read.issue.message);
  return read.value;
}
