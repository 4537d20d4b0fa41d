// A policy set that comes into force, as the log tells of it: what entries name, and the objects behind the names.
import type {
  DataSource,
  EngineReference,
  EntryLaw,
  Ground,
  PolicyReference,
  PolicySetReference,
} from "@demarc/audit";
import type { PolicyImage, RuleRecord } from "@demarc/matcher";
import { canonicalBytes } from "./canonical-bytes.ts";
import { loadedEngine, loadedTerritories } from "./engine.ts";
import { digestOfBytes, type Site } from "./load-site.ts";

/** Data that places addresses, with the SHA-256 of its file. */
export interface NamedData {
  readonly name: string;
  readonly digest: string;
}

/** What a decision entry says of a rule. */
export interface RuleFacts {
  readonly id: string;
  readonly layer: string;
  readonly policy: PolicyReference;
  readonly ground: Ground;
  readonly law: EntryLaw;
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

/** What an activation is made of. A last good site has no documents left, only its image. */
export type Activated = Pick<Site, "image" | "imageBytes" | "lists"> &
  Partial<Pick<Site, "policies" | "sources">>;

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
  const object = digestOfBytes(site.imageBytes);
  const policy = policySetReference(site.image, object);
  const policies = (site.policies ?? []).map(({ document, digest }) => ({
    id: document.id,
    version: document.version,
    digest,
  }));
  const data = dataOf(site.lists, databases);
  const engine = loadedEngine();
  const sources = [...(site.sources ?? new Map<string, Uint8Array>())];
  const manifest = canonicalBytes({
    v: 1,
    kind: "policy-set",
    policy: { ...policy },
    engine: { ...engine.reference },
    image: { sha256: object, bytes: site.imageBytes.length },
    policies: (site.policies ?? []).map(({ path, document, digest }) => ({
      path,
      id: document.id,
      version: document.version,
      digest,
    })),
    documents: sources.map(([path, bytes]) => ({ path, sha256: digestOfBytes(bytes), bytes: bytes.length })),
    lists: site.lists.map((list) => ({ ...list })),
    data: data.digest,
  });
  return {
    policy,
    policies,
    engine: engine.reference,
    rules: site.image.rules.map(ruleFacts),
    manifest: digestOfBytes(manifest),
    data,
    objects: [
      manifest,
      site.imageBytes,
      ...sources.map(([, bytes]) => bytes),
      ...data.objects,
      ...engine.objects,
    ],
  };
}

/** What entries say of a rule. */
export function ruleFacts(rule: RuleRecord): RuleFacts {
  const { id, version, digest } = rule.policy;
  const { kind, authority, citations } = rule.legalBasis;
  return {
    id: rule.id,
    layer: rule.layer,
    policy: { id, version, digest },
    ground: groundOf(rule),
    law: { kind, authority, citations },
  };
}

// RFC 8932 section 5.3.2 asks for the reason in these four words.
function groundOf(rule: RuleRecord): Ground {
  const { kind, discretion } = rule.legalBasis;
  if (discretion === "mandatory") return "legal-mandatory";
  if (kind === "operator-policy" || kind === "contract" || kind === "consent")
    return rule.category.startsWith("security") ? "security" : "other";
  return "legal-voluntary";
}
