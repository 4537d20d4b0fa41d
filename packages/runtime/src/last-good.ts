// The last good site, kept in the state directory: a restart with a broken site's folder goes on with it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseNetworkMap } from "@demarc/jurisdiction";
import { openImage } from "@demarc/matcher";
import { parseAuditConfig } from "./audit-config.ts";
import { digestOfBytes, sha256 } from "./digest-of-bytes.ts";
import { type EvidenceConfig, parseEvidenceConfig } from "./evidence-config.ts";
import type { ReadySite } from "./ready-site.ts";
import { ruleFacts } from "./rule-facts.ts";

/** What is kept of a site. */
type Kept = Pick<ReadySite, "imageBytes" | "networksData" | "lists" | "evidence" | "audit" | "witnessPolicy">;

/**
 * Keeps a site, the whole of it or nothing: a folder beside the old one takes its place. Gives why it could not be kept, which costs
 * nothing but the restart, or null.
 */
export function keepLastGood(directory: string, site: Kept): string | null {
  const place = join(directory, FOLDER);
  const fresh = `${place}.new`;
  const old = `${place}.old`;
  try {
    remove(fresh);
    mkdirSync(fresh, { recursive: true });
    const write = (file: string, content: string | Uint8Array) => writeFileSync(join(fresh, file), content);
    write("networks.json", JSON.stringify(site.networksData));
    write("lists.json", JSON.stringify(site.lists));
    write("evidence.json", JSON.stringify(site.evidence));
    write("audit.json", JSON.stringify({ audit: site.audit, witnessPolicy: site.witnessPolicy }));
    write("image", site.imageBytes);
    // Between the two a reader finds the old one under its other name.
    if (existsSync(place)) {
      remove(old);
      renameSync(place, old);
    }
    renameSync(fresh, place);
    remove(old);
    return null;
  } catch (cause) {
    try {
      remove(fresh);
    } catch {
      // What is left of it is in nobody's way, and the first fault is what counts.
    }
    return cause instanceof Error ? cause.message : String(cause);
  }
}

const FOLDER = "last-good";

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Reads it back; null when there is none, or when it is damaged. */
export function readLastGood(directory: string): ReadySite | null {
  const place = join(directory, FOLDER);
  return readKept(existsSync(place) ? place : `${place}.old`);
}

function readKept(folder: string): ReadySite | null {
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
