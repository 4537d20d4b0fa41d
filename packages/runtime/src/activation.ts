// A policy set that comes into force, as the log tells of it: what entries name, and the objects behind the names.
import type { DataSource, EngineReference, PolicyReference, PolicySetReference } from "@demarc/audit";
import type { PolicyImage } from "@demarc/matcher";
import { canonicalBytes } from "./canonical-bytes.ts";
import { digestOfBytes } from "./digest-of-bytes.ts";
import { loadedEngine, loadedTerritories } from "./engine.ts";
import type { ReadySite } from "./ready-site.ts";
import type { RuleFacts } from "./rule-facts.ts";

/** Data that places addresses, with the SHA-256 of its file. */
export interface NamedData {
  readonly name: string;
  readonly digest: string;
}

/** Everything that a log says and stores of one activation. Digests are taken from the bytes that are enforced. */
export interface Activation {
  readonly policy: PolicySetReference;
  readonly policies: readonly PolicyReference[];
  readonly engine: EngineReference;
  /** By their position in the image. */
  readonly rules: readonly RuleFacts[];
  /** SHA-256 of the manifest that names every part. */
  readonly manifest: string;
  readonly data: { readonly digest: string; readonly sources: readonly DataSource[] };
  /** To be stored before the entry. */
  readonly objects: readonly Uint8Array[];
}

/** What an activation is made of. */
export type Activated = Pick<
  ReadySite,
  "image" | "imageBytes" | "object" | "rules" | "policies" | "documents" | "lists"
>;

/** The set of an image as entries name it; `object` is the SHA-256 of the image's bytes. */
export function policySetReference(image: PolicyImage, object: string): PolicySetReference {
  const { id, version, digest } = image.set;
  return { set: id, version, digest, image: image.digest, object };
}

/** The data that requests are resolved and lists compiled with: SHA-256 of its manifest, sources, and the objects. */
export function dataOf(
  lists: Activated["lists"],
  databases: readonly NamedData[],
): {
  readonly digest: string;
  readonly sources: readonly DataSource[];
  readonly objects: readonly Uint8Array[];
} {
  const territories = loadedTerritories();
  const { name, version, digest: code } = territories.reference;
  const sources: DataSource[] = [
    ...(code === null ? [] : [{ kind: "territories", name, version, digest: code } as const]),
    ...databases.map(({ name: source, digest }) => ({ kind: "database", name: source, digest }) as const),
    ...lists.map(({ ref, digest }) => ({ kind: "list", name: ref, digest }) as const),
  ];
  const manifest = canonicalBytes({
    v: 1,
    kind: "data",
    sources: sources.map((source) => ({ ...source })),
  });
  return { digest: digestOfBytes(manifest), sources, objects: [manifest, ...territories.objects] };
}

/** The activation of a site. */
export function activationOf(site: Activated, databases: readonly NamedData[]): Activation {
  const policy = policySetReference(site.image, site.object);
  const data = dataOf(site.lists, databases);
  const engine = loadedEngine();
  const manifest = canonicalBytes({
    v: 1,
    kind: "policy-set",
    policy: { ...policy },
    engine: { ...engine.reference },
    image: { sha256: site.object, bytes: site.imageBytes.length },
    policies: site.policies.map((each) => ({ ...each })),
    documents: site.documents.map(({ path, sha256, bytes }) => ({ path, sha256, bytes: bytes.length })),
    lists: site.lists.map((list) => ({ ...list })),
    data: data.digest,
  });
  return {
    policy,
    policies: site.policies.map(({ id, version, digest }) => ({ id, version, digest })),
    engine: engine.reference,
    rules: site.rules,
    manifest: digestOfBytes(manifest),
    data,
    objects: [
      manifest,
      site.imageBytes,
      ...site.documents.map(({ bytes }) => bytes),
      ...data.objects,
      ...engine.objects,
    ],
  };
}
