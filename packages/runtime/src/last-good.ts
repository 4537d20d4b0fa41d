// The last good site, kept in the state directory: a restart with a broken site's folder goes on with it.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseNetworkMap } from "@demarc/jurisdiction";
import { openImage } from "@demarc/matcher";
import { parseAuditConfig } from "./audit-config.ts";
import { digestOfBytes, sha256 } from "./digest-of-bytes.ts";
import { type EvidenceConfig, parseEvidenceConfig } from "./evidence-config.ts";
import type { ReadySite } from "./ready-site.ts";
import { replaceFile } from "./replace-file.ts";
import { ruleFacts } from "./rule-facts.ts";

/** Keeps a site; gives why it could not be kept, which costs nothing but the restart, or null. */
export function keepLastGood(directory: string, site: ReadySite): string | null {
  try {
    const folder = join(directory, "last-good");
    mkdirSync(folder, { recursive: true });
    replaceFile(join(folder, "networks.json"), JSON.stringify(site.networksData));
    replaceFile(join(folder, "lists.json"), JSON.stringify(site.lists));
    replaceFile(join(folder, "evidence.json"), JSON.stringify(site.evidence));
    const { audit, witnessPolicy } = site;
    replaceFile(join(folder, "audit.json"), JSON.stringify({ audit, witnessPolicy }));
    replaceFile(join(folder, "image"), site.imageBytes);
    return null;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** Reads it back; null when there is none, or when it is damaged. */
export function readLastGood(directory: string): ReadySite | null {
  const folder = join(directory, "last-good");
  const dataOf = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));
  try {
    const imageBytes = new Uint8Array(readFileSync(join(folder, "image")));
    const opened = openImage(imageBytes, { sha256 });
    if (!opened.ok) return null;
    const networksData = dataOf("networks.json");
    const networks = parseNetworkMap(networksData);
    return {
      image: opened.value,
      imageBytes,
      object: digestOfBytes(imageBytes),
      rules: opened.value.rules.map(ruleFacts),
      policies: [],
      documents: [],
      networks: networks.ok ? networks.value : null,
      networksData,
      lists: dataOf("lists.json") as ReadySite["lists"],
      evidence: readEvidence(join(folder, "evidence.json")),
      ...readAudit(join(folder, "audit.json")),
      issues: [],
    };
  } catch {
    return null;
  }
}

// What an older version kept has none.
function readEvidence(file: string): EvidenceConfig {
  const config = existsSync(file) ? parseEvidenceConfig(JSON.parse(readFileSync(file, "utf8"))) : null;
  return config?.ok === true ? config.value : { sources: [] };
}

function readAudit(file: string): Pick<ReadySite, "audit" | "witnessPolicy"> {
  if (!existsSync(file)) return { audit: {}, witnessPolicy: null };
  const { audit, witnessPolicy } = JSON.parse(readFileSync(file, "utf8")) as Readonly<
    Record<string, unknown>
  >;
  const config = parseAuditConfig(audit);
  return {
    audit: config.ok ? config.value : {},
    witnessPolicy: typeof witnessPolicy === "string" ? witnessPolicy : null,
  };
}
