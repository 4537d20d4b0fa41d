// The last good site, kept in the state directory: a restart with a broken site's folder goes on with it.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type NetworkMap, parseNetworkMap } from "@demarc/jurisdiction";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { Effect } from "effect";
import { type AuditConfig, parseAuditConfig } from "./audit-config.ts";
import { type EvidenceConfig, parseEvidenceConfig } from "./evidence-config.ts";
import type { Site } from "./load-site.ts";
import { replaceFile } from "./replace-file.ts";

/** What is needed to decide. */
export interface LastGood {
  readonly image: PolicyImage;
  readonly imageBytes: Uint8Array;
  readonly networks: NetworkMap | null;
  readonly lists: Site["lists"];
  readonly evidence: EvidenceConfig;
  readonly audit: AuditConfig;
  readonly witnessPolicy: string | null;
}

/** Keeps a site; a failure to write is logged and costs nothing but the restart. */
export const keepLastGood = (directory: string, site: Site): Effect.Effect<void> =>
  Effect.try({
    try: () => {
      mkdirSync(join(directory, "last-good"), { recursive: true });
      replaceFile(join(directory, "last-good", "networks.json"), JSON.stringify(site.networksData));
      replaceFile(join(directory, "last-good", "lists.json"), JSON.stringify(site.lists));
      replaceFile(join(directory, "last-good", "evidence.json"), JSON.stringify(site.evidence));
      const { audit, witnessPolicy } = site;
      replaceFile(join(directory, "last-good", "audit.json"), JSON.stringify({ audit, witnessPolicy }));
      replaceFile(join(directory, "last-good", "image"), site.imageBytes);
    },
    catch: (cause) => (cause instanceof Error ? cause.message : String(cause)),
  }).pipe(Effect.catch((message) => Effect.logWarning(`the last good image could not be kept: ${message}`)));

/** Reads it back; null when there is none, or when it is damaged. */
export const readLastGood = (directory: string): Effect.Effect<LastGood | null> =>
  Effect.sync(() => {
    try {
      const imageBytes = new Uint8Array(readFileSync(join(directory, "last-good", "image")));
      const opened = openImage(imageBytes);
      const networks = parseNetworkMap(
        JSON.parse(readFileSync(join(directory, "last-good", "networks.json"), "utf8")),
      );
      const lists = JSON.parse(
        readFileSync(join(directory, "last-good", "lists.json"), "utf8"),
      ) as Site["lists"];
      return opened.ok
        ? {
            image: opened.value,
            imageBytes,
            networks: networks.ok ? networks.value : null,
            lists,
            evidence: readEvidence(join(directory, "last-good", "evidence.json")),
            ...readAudit(join(directory, "last-good", "audit.json")),
          }
        : null;
    } catch {
      return null;
    }
  });

// What an older version kept has none.
function readEvidence(file: string): EvidenceConfig {
  const config = existsSync(file) ? parseEvidenceConfig(JSON.parse(readFileSync(file, "utf8"))) : null;
  return config?.ok === true ? config.value : { sources: [] };
}

function readAudit(file: string): Pick<LastGood, "audit" | "witnessPolicy"> {
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
