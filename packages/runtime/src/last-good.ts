// The last good site, kept in the state directory: a restart with a broken site's folder goes on with it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type NetworkMap, parseNetworkMap } from "@demarc/jurisdiction";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { Effect } from "effect";
import { type EvidenceConfig, parseEvidenceConfig } from "./evidence-config.ts";
import type { Site } from "./load-site.ts";

/** What is needed to decide. */
export interface LastGood {
  readonly image: PolicyImage;
  readonly imageBytes: Uint8Array;
  readonly networks: NetworkMap | null;
  readonly lists: Site["lists"];
  readonly evidence: EvidenceConfig;
}

/** Keeps a site; a failure to write is logged and costs nothing but the restart. */
export const keepLastGood = (directory: string, site: Site): Effect.Effect<void> =>
  Effect.try({
    try: () => {
      mkdirSync(join(directory, "last-good"), { recursive: true });
      replace(join(directory, "last-good", "networks.json"), JSON.stringify(site.networksData));
      replace(join(directory, "last-good", "lists.json"), JSON.stringify(site.lists));
      replace(join(directory, "last-good", "evidence.json"), JSON.stringify(site.evidence));
      replace(join(directory, "last-good", "image"), site.imageBytes);
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

function replace(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
