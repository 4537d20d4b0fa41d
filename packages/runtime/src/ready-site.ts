// A site as it is enforced: what was found in its folder, without what only tools need. All of it but the image and the map of
// networks is plain data, so that it can be made in another thread than the one that answers packets.
import type { PolicyReference } from "@demarc/audit";
import { type NetworkMap, parseNetworkMap } from "@demarc/jurisdiction";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { digestOfBytes } from "./digest-of-bytes.ts";
import type { Site } from "./load-site.ts";
import { type RuleFacts, ruleFacts } from "./rule-facts.ts";

/** What is sent from thread to thread. The bytes of the image are in shared memory. */
export interface SentSite
  extends Pick<
    Site,
    "imageBytes" | "lists" | "networksData" | "evidence" | "audit" | "witnessPolicy" | "issues"
  > {
  /** SHA-256 of the image's bytes. */
  readonly object: string;
  /** By their position in the image. */
  readonly rules: readonly RuleFacts[];
  /** None of a last good site, which has no documents left. */
  readonly policies: readonly (PolicyReference & { readonly path: string })[];
  readonly documents: readonly SiteDocument[];
}

/** A document of the site as it was read. */
export interface SiteDocument {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What a policy is enforced from. */
export interface ReadySite extends SentSite {
  readonly image: PolicyImage;
  readonly networks: NetworkMap | null;
}

/** A loaded site, ready to be enforced. */
export function readySite(site: Site): ReadySite {
  const { image, networks, lists, networksData, evidence, audit, witnessPolicy, issues } = site;
  return {
    image,
    networks,
    lists,
    networksData,
    evidence,
    audit,
    witnessPolicy,
    issues,
    imageBytes: site.imageBytes,
    object: digestOfBytes(site.imageBytes),
    rules: image.rules.map(ruleFacts),
    policies: site.policies.map(({ path, document, digest }) => ({
      path,
      id: document.id,
      version: document.version,
      digest,
    })),
    documents: [...site.sources].map(([path, bytes]) => ({ path, sha256: digestOfBytes(bytes), bytes })),
  };
}

/** The same to be sent to another thread. The image's bytes are copied to shared memory; `transfer` are to be handed over. */
export function sentSite(site: ReadySite): {
  readonly sent: SentSite;
  readonly transfer: readonly ArrayBuffer[];
} {
  const imageBytes = new Uint8Array(new SharedArrayBuffer(site.imageBytes.length));
  imageBytes.set(site.imageBytes);
  // What is no plain data is made again by the other thread.
  const sent = { ...site, imageBytes, image: null, networks: null };
  const buffers = site.documents.map(({ bytes }) => bytes.buffer);
  const transfer = buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
  return { sent, transfer: [...new Set(transfer)] };
}

/** What another thread sent, ready to be enforced. It checked the image's digest. Null where the bytes are no image all the same. */
export function receivedSite(sent: SentSite): ReadySite | null {
  const opened = openImage(sent.imageBytes, { digest: "trust" });
  if (!opened.ok) return null;
  const networks = parseNetworkMap(sent.networksData);
  return { ...sent, image: opened.value, networks: networks.ok ? networks.value : null };
}
